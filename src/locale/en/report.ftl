# Reports.
report-situation-title = Situation: { $organization }
report-handover-title = Hand-over: { $organization }
report-window = From { $from } to { $to }.
report-volumes = Volumes
report-arrived = { $arrived } arrived, { $relevant } of them relevant
report-by-level = By priority: { $levels }
report-open-now = Open now: { $open }, late: { $late }
report-cut = The window holds more mentions than were read: the figures cover the newest { $read }.
report-initiatives = By initiative
report-column-initiative = Initiative
report-column-arrived = Arrived
report-column-open = Open
report-groups = By initiative and stakeholder group
report-questions = Top questions
report-question = { $subject }: { $count ->
    [one] asked once
   *[other] asked { $count } times
}, { $open } open. Latest: “{ $example }”
report-no-message = { $initiative } (no key message answers it)
report-elsewhere = Other subjects (no initiative matches)
report-urgent = Open P1 and P2
report-late = Also late
report-counted = { $what }: { $count }
report-decided = Decided
report-answered-with = Answered with
report-answered-freely = { $count ->
    [one] 1 answer in free words
   *[other] { $count } answers in free words
}
report-none = None.
report-more = and { $count } more
report-claimed-by = claimed by { $by }
report-wakes = back { $at }
report-due = due { $at }
report-late-by = late by { $span }
report-handover-summary = { $open } open, { $late } late, { $decided } decided in this window.
report-escalated = Escalated
report-escalated-to = { $id }: tier { $tier }, { $to }, since { $at }
report-acknowledge-by = to be acknowledged by { $at }
report-unconfirmed = Copied, not confirmed as posted
report-snoozed = Snoozed
report-notes = Notes (disclosable)
