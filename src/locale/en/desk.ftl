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
desk-notice-refused-some = Not done for { $refused } of { $of }: { $first }
desk-notice-nothing-selected = No mention is selected.
desk-notice-not-read = This mention is still being read, or is gone.
desk-notice-no-suggestion = The plan has no reply for this mention; i writes one.
desk-notice-blocked = This reply cannot be copied: { $why }
desk-notice-no-page = This mention has no page that could be opened.
desk-notice-open-failed = The page could not be opened: { $cause }
desk-notice-no-tiers = The plan has no escalation matrix (escalation.toml).
desk-notice-nothing-unseen = Everything here has been looked at.
desk-notice-nothing-to-undo = There is no act of yours to take back.
desk-notice-nothing-to-redo = There is no undone act of yours to do again.
desk-notice-copied-tmux = Handed to tmux for the clipboard; also in { $file }
desk-notice-copied-terminal = Sent to the terminal for the clipboard; also in { $file }
desk-notice-copied-file = Written to { $file }; this terminal’s clipboard cannot be reached
desk-notice-recorded = { $records ->
    [one] Recorded
   *[other] { $records } recorded
}
desk-notice-not-recorded = { $records ->
    [one] Not recorded; the mention is back.
   *[other] { $records } not recorded; the mentions are back.
} { $cause }
desk-notice-partly-recorded = { $recorded } of { $of } recorded. { $cause }
desk-notice-late = The response log has not answered yet; what you decide meanwhile waits in order.
desk-notice-foreign = { $actor } has just acted on this mention.
desk-notice-plan-loaded = { $findings ->
    [0] The plan was loaded again.
    [one] The plan was loaded again; plan check has { $findings } finding.
   *[other] The plan was loaded again; plan check has { $findings } findings.
}
desk-notice-plan-kept = { $problems ->
    [one] The saved plan has a problem; the last good one stays in force. { $problem }
   *[other] The saved plan has { $problems } problems; the last good one stays in force. { $problem }
}
desk-notice-store-failed = The store failed: { $cause }
desk-notice-log-damaged = The response log is damaged; writing goes on. { $cause }
desk-notice-report-written = Also written to { $file }
desk-notice-report-failed = The report could not be made: { $cause }
desk-notice-captured = Captured as { $id }
desk-notice-capture-failed = The post could not be captured: { $cause }
desk-notice-draft-failed = The draft could not be saved: { $cause }
desk-notice-drafts-kept = { $count ->
    [one] { $count } draft of an earlier session is kept.
   *[other] { $count } drafts of an earlier session are kept.
}
desk-notice-theme-failed = The theme could not be loaded: { $cause }
desk-notice-sources-elsewhere = Another frontdesk is reading the sources of this home; this desk shows what it keeps.
desk-menu-suggested = suggested by the plan
desk-menu-no-reason = no reason
desk-snooze-one-hour = one hour
desk-snooze-two-hours = two hours
desk-snooze-three-hours = three hours
desk-snooze-next-opening = next opening, from tomorrow
desk-snooze-next-week = in a week
desk-page-copy-by-hand = Copy this text by hand
