# cli
cli-no-command = nothing to do without a terminal. Try `frontdesk demo` in a terminal, `frontdesk plan new DIR` to make a plan, or `frontdesk --help`.
# list
# watch
# decide
