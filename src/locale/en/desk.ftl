# The desk: layers, key file, modes, notices.
desk-layer-desk = Everywhere
desk-layer-case = The selected mention
desk-layer-feed = Feed
desk-layer-detail = Detail
desk-layer-log = Response log
desk-layer-menu = Menus and palette
desk-layer-prompt = One-line questions
desk-layer-filter = Filter bar
desk-layer-composer = Composer
desk-layer-page = Help, reports, briefs
desk-keys-header =
    The desk’s keys, one line for each: on = the keys, run = the command, desc = your own words for it.
    Put only the lines you want to change into keys.toml; a line replaces what stood on its keys.
    run = "none" takes the keys away. Keys of a sequence are set apart by a space: on = "R s".
desk-keys-line = line { $line }: { $what }
desk-keys-nearest = { $what } Did you mean { $nearest }?
desk-keys-shape = { $message }
desk-keys-unknown-layer = there is no layer { $name }.
desk-keys-unknown-command = there is no command { $name }.
desk-keys-not-allowed = { $command } does not work in this layer; it works in { $layers }.
desk-keys-unknown-key = { $key } is not a key; write j, G, ctrl-d, shift-tab, space, f1.
desk-keys-takes-text = { $key } is text in this layer; add ctrl- or alt-, or use a named key.
desk-keys-duplicate = { $keys } already stands on line { $first }.
desk-keys-ambiguous = { $keys } and { $other } of line { $first } begin alike; only one could ever run.
