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
desk-layer-walk = Walking the road map
desk-layer-page = Help, reports, briefs
desk-layer-sources = Sources
desk-layer-quarantine = Bad items of a source
desk-keys-header =
    The desk’s keys, one line for each: on = the keys, run = the command, desc = your own words for it.
    Put only the lines you want to change into keys.toml; a line replaces what stood on its keys.
    run = "none" takes the keys away. Keys of a sequence are set apart by a space: on = "R s".
desk-keys-column-keys = keys
desk-keys-column-command = command
desk-keys-column-does = what it does
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
desk-notice-personal = This reply names one person: copy it for one mention at a time.
desk-notice-no-page = This mention has no page that could be opened.
desk-notice-open-failed = The page could not be opened: { $cause }
desk-notice-no-tiers = The plan has no escalation matrix (escalation.toml).
desk-notice-walk-open = A question is still open: answer it first.
desk-notice-walk-unchanged = You answered nothing that the plan does not answer itself; nothing is recorded.
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
desk-label-is-so = is so
desk-label-take-away = there; taken away
desk-menu-suggested = suggested by the plan
desk-menu-no-reason = no reason
desk-menu-no-clause = no clause
desk-menu-may-apply = may apply
desk-snooze-one-hour = one hour
desk-snooze-two-hours = two hours
desk-snooze-three-hours = three hours
desk-snooze-next-opening = next opening, from tomorrow
desk-snooze-next-week = in a week
desk-page-copy-by-hand = Copy this text by hand
# views
view-urgent = Urgent
view-open = Open
view-mine = Mine
view-snoozed = Snoozed
view-closed = Closed
view-all = All
view-detail = Mention
view-log = Response log
view-demo-clock = demo time { $moment }
view-new = { $count } new
view-marked = { $count } marked
view-found = { $n ->
    [one] { $count } found
   *[other] { $count } found
}
view-due-left = in
view-due-late = late
view-due = due in { $span }
view-overdue = late by { $span }
view-until = until { $moment }
view-empty-loading = Reading…
view-empty-filtered = Nothing here matches the filter. { $key } takes it away.
view-empty-urgent = Nothing is urgent. { $key } shows everything that is open.
view-empty-open = Nothing is open: every mention has its decision. { $key } shows what was decided.
view-empty-mine = Nothing is yours. { $key } claims the mention under the cursor.
view-empty-snoozed = Nothing is put off. { $key } puts the mention under the cursor off.
view-empty-closed = Nothing is decided yet.
view-empty-all = No mentions yet. They appear here as the sources bring them.
view-detail-none = No mention is selected.
view-detail-missing = This mention is no longer kept.
view-detail-loading = Reading…
view-claimed-by = with { $who }
view-changed = changed since decided
view-author-deleted = deleted by its author
view-not-relevant = not about us
view-audience-followers = for followers only: answer in private
view-audience-named = private message: answer in private
view-author-bot = automated account
view-compose-not-public = not said in public: send this to its author only
view-extras = More from the source
view-backlog = backlog
view-followers = { $count ->
    [one] { $count } follower
   *[other] { $count } followers
}
view-followers-unknown = ? followers
view-network-kind = { $network } { $kind }
view-captured-by = entered by { $who }
view-likes = { $n ->
    [one] { $count } like
   *[other] { $count } likes
}
view-reposts = { $n ->
    [one] { $count } repost
   *[other] { $count } reposts
}
view-replies = { $n ->
    [one] { $count } reply
   *[other] { $count } replies
}
view-language-unsure = { $language }?
view-reply = Reply
view-reply-holding = Holding statement
view-reply-template = Template
view-reply-rumour = Response to the rumour
view-reply-copied = Copied, not yet posted
view-reply-posted = Answered
view-reply-none = The plan has no reply for this mention.
view-reply-too-long = { $count ->
    [one] { $count } character too long for this network.
   *[other] { $count } characters too long for this network.
}
view-approved = approved
view-approved-by = approved by { $who }
view-next-update = promises an update within { $minutes } min
view-copied-by = copied by { $who }, { $moment }
view-posted-by = confirmed as posted by { $who }, { $moment }
view-labels = Its words
view-labels-correct = { $key } corrects
view-labels-unsure = unsure, { $percent } %
view-labels-toward = { $label } toward { $target }
view-labels-urgency-1 = when convenient
view-labels-urgency-2 = today
view-labels-urgency-3 = now
view-labels-type = type: { $name }
view-labels-plan = the plan says { $says } · { $id } ({ $place })
view-labels-person = a person says { $says }
view-labels-copies = near-copies
view-labels-first = the first: { $author }, { $moment }
view-labels-same = the same words as the first
view-labels-differs = differs from it: { $words }
view-way = Road map
view-overridden = Chosen by a person: { $why }
view-walk-yes = yes
view-walk-no = no
view-walk-open = open
view-walk-by-plan = plan
view-walk-by-person = you
view-walk-against = you, not the plan
view-walk-answer-first = the way goes on with your answer
view-way-by = answered by { $who }
view-way-assumed-yes = assumed yes
view-way-assumed-no = assumed no
view-why = Why { $level }
view-score = { $score } points
view-floor = no lower than { $level }: { $name }
view-cap = no higher than { $level }: { $name }
view-why-nothing = No rule of the plan gave points.
view-why-stakeholder = from { $group }
view-why-posture = { $posture }: { $initiative }
view-why-initiative = base points: { $initiative }
view-why-reach = { $count ->
    [one] reach: { $count } follower
   *[other] reach: { $count } followers
}
view-why-reach-unknown = reach unknown
view-why-velocity = { $count ->
    [one] velocity: { $count } reaction an hour
   *[other] velocity: { $count } reactions an hour
}
view-why-velocity-unknown = velocity unknown
view-why-limit = limited to 100
view-relevance = About us because
view-initiatives = Initiatives
view-spokesperson = { $who } speaks
view-expectations = expects
view-concerns = worries
view-needs = needs
view-sensitivities = careful
view-channels = reach by
view-messages = Key messages
view-protocol = protocol: { $kind }
view-protocol-suspends = replies suspended
view-protocol-capture = The capture is kept with every record.
view-election = Election period until { $date }: { $title }
view-election-candidate = names a candidate
view-election-short = election period until { $date }
view-rumours = Rumours
view-places = Places
view-place-here = here
view-place-elsewhere = elsewhere
view-place-words = { $place }: { $words }
view-clauses = Clauses that may apply
view-clauses-remark = a person decides
view-tier = Escalation, tier { $tier }: { $title }
view-tier-backup = backup: { $who }
view-tier-out-of-hours = out of hours: { $how }
view-tier-within = to be acknowledged within { $span }
view-series = records series { $series } { $title }, { $keep }
view-kept-years = { $count ->
    [one] kept { $count } year
   *[other] kept { $count } years
}
view-kept-days = { $count ->
    [one] kept { $count } day
   *[other] kept { $count } days
}
view-kept-permanent = kept for good
view-message-from = from { $date }
view-message-until = until { $date }
view-message-expired = expired { $date }
view-fact-verified = verified { $date }
view-fact-unverified = nobody has verified it
view-fact-expired = expired { $date }
view-versions = Earlier versions
view-records = Records of this case
view-author = From this author
view-author-counts = { $total } kept, { $open } open
view-author-first = Nothing else is kept from this account.
view-log-empty = No decisions yet. Each one appears here once it is on disk.
view-note = “{ $note }”
view-act-copied = copied { $reply }
view-act-posted = posted { $reply }
view-act-linked = added its address { $permalink }
view-act-escalated = escalated to tier { $tier }: { $to }
view-act-snoozed = snoozed until { $moment }
view-act-claimed = claimed it
view-act-released = gave it back
view-act-captured = entered it by hand
view-act-relabelled = labelled by hand: { $labels }
view-act-opened = reopened it
view-act-overridden = road map: { $outcome } instead
view-answer-yes = { $step }: yes
view-answer-no = { $step }: no
view-act-undone = { $count ->
    [one] took an act back
   *[other] took { $count } acts back
}
view-act-edited = { $message } (edited)
view-act-own-words = own words
view-act-chain-break = damage in the log; the chain goes on from here
view-posture = posture: { $posture }
view-posture-of = { $posture }: { $initiative }
view-late = { $count } late
view-sources = { $live }/{ $all } live
view-no-sources = no sources
view-source-failed = { $source } stopped
view-source-silent = { $source } { $span } silent
view-source-retrying = { $source } cannot be reached
view-source-paused = { $source } paused
view-source-lag = { $source }: { $count } waiting
view-source-lag-bytes = { $source }: { $count } MB to read
view-bad-items = { $count ->
    [one] { $count } unreadable
   *[other] { $count } unreadable
}
view-reassessing = new plan: { $done } of { $of }
view-assessing = import: { $done } of { $of } assessed
view-saved = saved
view-saving = saving { $count }
view-unrecorded = { $count } not recorded
view-more-banners = (+{ $count })
view-menu-palette = Commands
view-menu-disposition = What becomes of it?
view-menu-reason = { $disposition }: why no response?
view-menu-clause = { $disposition }: which clause?
view-menu-change-reason = Another reason
view-menu-escalate = Escalate to…
view-menu-snooze = Put off until…
view-menu-label = What is so?
view-menu-theme = Theme
view-menu-nothing = Nothing matches.
view-ask-permalink = Where was it posted?
view-ask-permalink-help = The address of the posted reply. Empty: posted, address unknown.
view-ask-note = Note
view-ask-note-help = Goes into the record. Notes can be disclosed.
view-ask-decision-note = { $disposition }: a note?
view-ask-decision-note-help = Goes into the same record. Empty: no note. Notes can be disclosed.
view-ask-branch-reason = Why another branch?
view-ask-branch-reason-help = You answered otherwise than a rule of the plan. The reason goes into the record and can be disclosed.
view-ask-count = Sure?
view-ask-count-help = Type { $count } to do this to all of them.
view-compose = Reply on { $network } · { $language }
view-looked-again = It still stood there at { $moment }.
view-not-looked-again = not looked at again since { $moment }: it may have changed
view-compose-changed = The mention has changed since you began. What you see is its new text.
view-compose-approval = You changed the approved words: the plan asks for an approval first.
view-compose-edited = Your own words: no approval goes into the record.
view-capture = Capture a post
view-capture-help = Paste the post. Lines before it are understood: @handle, its address,
view-capture-lines = date: 2026-11-20 16:05 · by: who phoned it in · file: what came with it
view-capture-said = said { $moment }
view-capture-by = brought by { $who }
view-capture-file = with { $file }
view-first-what = A front desk for what your community says online: every mention with the reasons why it matters, what your response plan says about it, and a record of what you decided.
view-first-demo = Try the demo
view-first-demo-help = A fictional town on a difficult Friday. Nothing is kept.
view-first-plan = Make a plan
view-first-plan-help = Five questions, then a commented starter plan for your own town.
view-first-file = Open a file
view-first-file-help = Mentions from a file, one JSON object a line. Makes a first plan to read them by.
view-first-keys = 1 2 3 or Enter chooses, q leaves.
view-first-path-keys = Type or paste the path of the file. Enter opens it, Esc goes back.

# What the log's writer found.
desk-log-torn = { $file }: a torn line of { $bytes } bytes at offset { $offset } was set aside in { $kept }. Everything before it stands.
desk-log-completed = { $file }: the last record, at offset { $offset }, lacked only its end of line and was completed.
desk-log-damage = { $file }, line { $line }: { $cause }. Run “frontdesk log verify”; the next record tells of it.
desk-log-cut-short = { $written } of { $size } recorded: a bulk act was cut short by the end of the program.
# import
desk-layer-import = Assigning the columns of an export
import-path = Import a file
import-path-help = The path of an export: CSV, TSV, Excel, NDJSON or JSON. It may be dropped here.
import-looking = Looking at the file…
import-title = Import { $file }
import-columns = { $form } · { $count ->
    [one] { $count } column
   *[other] { $count } columns
}
import-first = The first mention it makes
import-undated = no date
import-anonymous = author unknown
import-beside = { $count ->
    [one] { $count } column beside it
   *[other] { $count } columns beside it
}
import-known = These are the columns of { $profile }: Enter imports the file as it is.
import-no-text = No column is the text yet: go to the one that holds what people wrote and press its key.
import-no-mention = None of the first rows has a text in that column.
import-dates = { $bad ->
    [one] { $bad } of { $of } dates cannot be read: “{ $first }”. Its row is kept without a date.
   *[other] { $bad } of { $of } dates cannot be read, the first: “{ $first }”. Such rows are kept without a date.
}
import-name = What is this export called?
import-name-help = The columns are saved as a profile of this name; the next export with them is read by itself.
import-name-letters = A name takes letters without accents, digits, `_`, `.` and `-`.
import-name-taken = There is a profile { $name } already.
import-runs = An import runs already; the palette stops it.
import-none = No import runs.
import-done = { $file }: { $counts }
import-stopped = { $file }: stopped after { $counts }; importing it again goes on from there
import-failed = { $file } could not be imported: { $cause }
view-importing = { $file }: { $rows } rows · { $rate }/s · { $left } left
# The sources' screen.
view-sources-title = Sources
view-sources-none = No source is configured. `frontdesk source add` asks for what it needs.
view-sources-elsewhere = Another process reads them. This is what it told at { $moment }.
view-sources-nobody = No process reads them now. This is what was told at { $moment }; orders hold from the next start.
view-sources-reads = reads
view-sources-state = state
view-sources-failed = last error
view-sources-failed-at = { $moment }: { $error }
view-sources-failed-since = { $moment }, since { $since }: { $error }
view-sources-heard = last heard
view-sources-new = new
view-sources-new-hour = { $count } in the last hour
view-sources-new-last = the last one { $moment }
view-sources-new-usual = { $hour }, { $last }; the next one usually by { $by }
view-sources-silent = silent for { $span }, longer than usual
view-sources-rate = { $count }/h
view-sources-behind = behind
view-sources-behind-items = { $count ->
    [one] { $count } item on its way
   *[other] { $count } items on their way
}
view-sources-behind-bytes = { $count } KiB to read
view-sources-quota = may ask
view-sources-quota-left = { $left } times more
view-sources-quota-of = { $left } of { $limit } times more
view-sources-quota-until = { $quota }, until { $moment }
view-sources-read = brought
view-sources-read-count = { $count ->
    [one] { $count } item since the start
   *[other] { $count } items since the start
}
view-sources-bad = bad
view-sources-bad-count = { $count ->
    [one] { $count } item that could not be read
   *[other] { $count } items that could not be read
}
view-sources-note = note
view-sources-steer-failed = The order could not be kept: { $cause }
view-quarantine-title = Bad items · { $source }
view-quarantine-reading = Reading…
view-quarantine-none = Everything from this source could be read.
view-quarantine-failed = The bad items cannot be read: { $cause }
view-quarantine-more = Older ones are in { $file }.
view-quarantine-unknown = kept by another release of the program
view-quarantine-ask = Set all bad items of { $source } aside? They stay in a file of another name. [{ $yes }: yes, { $no }: no]
view-quarantine-aside = Set aside as { $file }
view-quarantine-nothing = There was nothing to set aside
# The shield over abuse and threats.
desk-shield-raised = Abuse and threats are covered again.
desk-shield-lowered = Abuse and threats are shown until the desk is closed; shield = false in config.toml makes that lasting.
desk-shield-is-lowered = Nothing is covered: the shield is lowered.
desk-shield-nothing = Nothing is covered here.
view-covered = Abuse or a threat is covered; { $key } shows it.
view-exposures = { $n ->
    [one] { $count } exposure this shift
   *[other] { $count } exposures this shift
}
view-unshielded = { $n ->
    [one] shield lowered · { $count } exposure this shift
   *[other] shield lowered · { $count } exposures this shift
}
# Quick filters of the palette.
desk-quick-protocols = only where a safety protocol holds
desk-quick-threats = only threats
desk-quick-abuse = only abuse
desk-quick-heated = only what is heated or worse
desk-quick-staff = only what is hostile to staff
desk-quick-negative = only what is negative
desk-quick-positive = only what is positive
desk-quick-questions = only questions
desk-quick-requests = only requests for service
desk-quick-complaints = only complaints
desk-quick-claims = only claims to check
desk-quick-thanks = only thanks
desk-quick-media = only what journalists ask
desk-quick-now = only what is wanted today or now
desk-quick-copies = only what was copied more than ten times
desk-quick-surges = only what is surging
desk-quick-unhappy = only unhappy customers
desk-quick-ragers = only ragers and trolls
# Near-copies.
desk-copies-none = This mention has no near-copies.
desk-copies-each = Here each near-copy stands for itself.
view-ask-copies = { $deed }: for all near-copies?
view-ask-copies-help = Enter records it for each of the open ones, one record each. Esc records nothing; → shows them one by one.
# Surges.
desk-surge-everything = everything together
desk-surge-noticeable = noticeable
desk-surge-strong = strong
desk-surge-exceptional = exceptional
desk-surge-begun = Surge, { $level }: { $subject }
desk-surge-grown = Surge, now { $level }: { $subject }
desk-surge-over = No longer surging: { $subject }
view-surge = { $level } surge since { $since }: { $subject }
view-surge-short = { $level } surge since { $since }
view-surging = Surging
view-empty-surging = Nothing open is part of a surge.
view-surge-volume = { $n ->
    [one] { $n } post in { $minutes } min, usually { $usual }
   *[other] { $n } posts in { $minutes } min, usually { $usual }
}
