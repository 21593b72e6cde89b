# cli
cli-no-command = rien à faire sans terminal. Essayez `frontdesk demo` dans un terminal, `frontdesk plan new DOSSIER` pour créer un plan, ou `frontdesk --help`.
# list
# watch
# decide
