# cli
cli-no-command = nothing to do without a terminal. Try `frontdesk demo` in a terminal, `frontdesk plan new DIR` to make a plan, or `frontdesk --help`.
# list
cli-home-none = no home folder is known; name one with --home DIR
cli-home-not-set-up = nothing is set up yet ({ $path } is missing). Try `frontdesk demo`, make a plan with `frontdesk plan new DIR`, or write that file (`frontdesk print config` shows it commented).
cli-home-no-source = { $path } names no source to read; add a [[source]], or try `frontdesk source add`
cli-home-store = the store failed: { $cause }. Nothing that was recorded is lost: the response log holds it.
cli-home-taken = another process reads the sources of { $path } already; end it first
cli-home-io = { $path }: { $cause }
cli-query-error = query, character { $column }: { $problem }
# watch
cli-watch-silent = { $source } is silent for longer than usual; its last new mention came at { $last }
cli-watch-status = { $new } new, { $versions } changed, { $sources ->
    [one] { $sources } source
   *[other] { $sources } sources
}
cli-watch-runtime = the sources cannot be started: { $cause }
# serve
cli-serve-none = no source of kind "webhook" is configured; add one to { $path }, `frontdesk print config` shows how
cli-serve-listens = { $source } listens on http://{ $address }, at the `path` of config.toml
cli-serve-reach = Whoever delivers reaches a loopback address only through a reverse proxy with TLS or a tunnel on this machine, such as
    caddy reverse-proxy --from hooks.example.org --to ADDRESS
    cloudflared tunnel --url http://ADDRESS
  What is entered there is https://HOST and the `path`. SIGTERM or Ctrl-C ends this without losing a delivery.
cli-serve-waits = another frontdesk reads this home, and is delivered to; waiting until it ends
# source import
cli-import-new = { $count ->
    [one] { $shown } new
   *[other] { $shown } new
}
cli-import-changed = { $count ->
    [one] { $shown } changed
   *[other] { $shown } changed
}
cli-import-seen = { $count ->
    [one] { $shown } seen before
   *[other] { $shown } seen before
}
cli-import-bad = { $count ->
    [one] { $shown } bad
   *[other] { $shown } bad
}
cli-import-done = { $file }: { $counts } (profile { $profile }, source { $source })
cli-import-first-bad = the first bad one: { $place }: { $cause }; all are kept in { $file }
cli-import-stopped = stopped; what was imported stays, and importing the file again goes on from there
cli-import-quarantine = the bad rows cannot be kept: { $error }
cli-import-head = { $file }: { $form }, read by the profile { $profile }; dates without a zone are in { $zone }
cli-import-extra = (extra)
cli-import-progress = { $bar } { $percent } % · { $rows } rows · { $rate }/s · { $left } left · Ctrl-C stops
cli-import-assessing = { $bar } { $done } of { $of } assessed, the newest first · { $rate }/s · { $left } left · Ctrl-C leaves the rest to the desk
cli-import-unassessed = { $count ->
    [one] { $shown } is kept and searchable but not assessed yet; the desk or `frontdesk watch` goes on
   *[other] { $shown } are kept and searchable but not assessed yet; the desk or `frontdesk watch` goes on
}
cli-import-elsewhere = the desk or `frontdesk watch` that runs assesses them, the newest first
# decide
cli-decide-unknown = no mention has the id { $id }; `frontdesk list` prints the ids
cli-decide-ambiguous = several mentions have the id { $id }; name one of { $ids }
cli-decide-store-behind = recorded, but the store could not follow and will do so at the next start: { $cause }
# triage
triage-no-file = { $file } could not be read: { $cause }. Name a file with one JSON object a line, or - for standard input.
triage-strict = { $count ->
    [one] { $count } line was skipped.
   *[other] { $count } lines were skipped.
}
triage-too-long = longer than { $limit } bytes; skipped
triage-not-json = not JSON at column { $column }: { $cause }; skipped
triage-not-an-object = not a JSON object; skipped
triage-no-text = no text; skipped
# refusal
refusal-stale-base = Somebody has acted on this mention since you looked. Look again, then decide.
refusal-already-decided = It is already decided: { $disposition }.
refusal-clause-needed = Recorded moderation cites a clause of the plan. Name one of these: { $clauses }.
refusal-unknown-clause = The plan has no clause { $clause }. Name one of these: { $clauses }.
refusal-no-clauses = There is no clause { $clause }: the plan has no moderation clauses (moderation.toml).
refusal-cites-no-clause = A clause is cited for recorded moderation or a reminder of the guidelines, not for this: { $disposition }.
refusal-not-decided = Nothing is decided yet, so there is no reason to change.
refusal-same-reason = That reason already stands.
refusal-same-labels = It is labelled so already.
refusal-empty-text = The text is empty. Write something first.
refusal-edited-needs-approval = You changed the approved words, and the plan asks for an approval first. Set it to wait for approval, or use the approved text.
refusal-nothing-copied = No reply has been copied, so there is nothing to confirm as posted. Copy one first.
refusal-already-posted = The copied reply is already confirmed as posted. Add a note to correct it.
refusal-not-said-in-public = This mention was not said in public, so nothing public answers it: { $disposition }. Answer in private.
refusal-not-posted = No reply has been posted yet, so it has no address.
refusal-not-a-link = That is not a web address. It must start with http:// or https://.
refusal-no-such-tier = There is no escalation tier { $tier }. Choose 0 to 3.
refusal-already-escalated = It is already escalated to tier { $tier }.
refusal-snooze-in-the-past = That time has already passed. Choose a later one.
refusal-already-awaiting-fact = It already waits for a fact.
refusal-already-awaiting-approval = It already waits for an approval.
refusal-already-awaiting-author = It already waits for its author.
refusal-closed = It is closed. Reopen it first.
refusal-not-closed = It is already open.
refusal-claimed-by = { $who } has it. Ask them to release it first.
refusal-not-claimed = Nobody has claimed it.
refusal-already-captured = It is already on record.
refusal-nothing-to-undo = You have done nothing here that could be undone.
refusal-nothing-to-redo = There is nothing to redo here.
refusal-later-act-stands = { $who } has acted since. Add a note instead.
refusal-cannot-be-undone = A posted reply and a captured post cannot be undone. Add a note to correct them.
blocked-author-deleted = Its author has deleted the mention: no public reply.
blocked-draft = This message is still a draft. It has to be approved first.
blocked-retired = This message is no longer in use.
blocked-not-yet-valid = This message may be used from { $date }.
blocked-expired = This message expired on { $date }.
blocked-no-approver = Nobody is named who approves this holding statement.
blocked-no-approver-of-line = Nobody is named who approves this response line.
blocked-protocol = A safety protocol suspends replies: { $title }. Follow its steps first.
blocked-election = Held back in the election period until { $date }: { $title }.
blocked-rumour = This rumour is not verified yet. Ask the fact’s owner: { $owner }.
blocked-variable = { $name } has no value for this mention. Write the reply yourself, or choose another.
blocked-no-owner = nobody is named
blocked-fact-unverified = It rests on the fact { $fact }, which nobody has verified. Ask its owner: { $owner }.
blocked-fact-expired = It rests on the fact { $fact }, which expired on { $date }. Ask its owner: { $owner }.
reply-check-transparency = Does it say who is speaking?
reply-check-sourcing = Does it say where this can be checked?
reply-check-timeliness = Is it still in time?
reply-check-tone = Is the tone right for the office?
reply-check-influence = Does it reach those whose voice carries?
reply-brief-title = Escalation, tier { $tier }: { $title }
reply-brief-to = To: { $to }
reply-brief-channel = By: { $channel }
reply-brief-said = { $author } wrote on { $network }:
reply-brief-why = Why it matters: { $level } ({ $word }); { $reasons }
reply-brief-ask-by = What we ask: say by { $due } who answers and what we may say.
reply-brief-ask = What we ask: say who answers and what we may say.
reply-brief-suggested = Suggested line ({ $message }): { $text }
reply-brief-blocked = Not yet usable: { $why }
# log
log-error-io = The response log could not be used: { $path }: { $cause }. Check the disk and the permissions, then try again.
log-error-busy = Another program is writing to the response log ({ $path }). Nothing was recorded; try again in a moment.
log-error-stale-base = Somebody has acted on { $mention } since you looked. Nothing was recorded; look again, then decide.
log-error-json = The record could not be written: { $cause }. Nothing was recorded.
log-no-home = There is no home folder. Name one with --home DIR.
log-export-failed = The export could not be written to { $path }: { $cause }.
log-verify-counts = { $records ->
    [one] { $records } record
   *[other] { $records } records
} in { $files ->
    [one] { $files } file
   *[other] { $files } files
}
log-verify-redacted = { $count ->
    [one] { $count } redacted record: its text cannot be checked, its place is right
   *[other] { $count } redacted records: their text cannot be checked, their places are right
}
log-verify-chain-breaks = { $count ->
    [one] { $count } record tells of damage found earlier
   *[other] { $count } records tell of damage found earlier
}
log-verify-head = desk { $desk }: last record { $seq }, hash { $hash }
log-verify-sound = The chain is whole.
log-verify-problems = { $count ->
    [one] { $count } problem: the log is not what was written.
   *[other] { $count } problems: the log is not what was written.
}
log-damage-unreadable = not a record
log-damage-hash-mismatch = changed after it was written: its hash does not fit
log-damage-prev-mismatch = does not follow the record before it
log-damage-seq-mismatch = a record is missing before it, or it stands twice
log-damage-torn-tail = torn: the line does not end
log-damage-redaction-unexplained = redacted, and no record says who and why
log-act-decided = decided
log-act-copied = reply copied
log-act-posted = reply posted
log-act-linked = address added
log-act-escalated = escalated
log-act-snoozed = snoozed
log-act-awaited = set to wait
log-act-noted = note
log-act-claimed = claimed
log-act-released = released
log-act-captured = captured by hand
log-act-overridden = branch overridden
log-act-opened = reopened
log-act-undone = undone
log-act-chain-break = damage found
log-act-unknown = act of a later version

# demo and desk
cli-demo-where = demo: everything is in { $place }
cli-demo-kept = demo: everything is kept in { $place }; frontdesk --home that-folder demo goes on there
cli-no-terminal = the desk needs a terminal. Try “frontdesk demo” in one, make a plan with “frontdesk plan new DIR”, or assess a file with “frontdesk triage --plan DIR FILE”
cli-log-deed = { $deed }: { $detail }
cli-log-clause = clause { $clause }
cli-log-series = series { $series }
cli-file-set-up = settings and a first plan were made; change them in { $path } and beside it
cli-file-missing = There is no such file. Check the path.
cli-file-is-folder = This is a folder. Name a file.
