# Why and why not: what a query lacked, the account of a judgement, a correction of the plan.
query-quote = “{ $words }”
query-quotes-more = { $told } (+{ $more })
query-lack-absent = { $asked } is missing
query-lack-partly = { $asked }: { $absent } is missing
query-lack-scattered = { $asked }: the words are there, not one after the other
query-lack-apart = { $asked }: { $distance } words apart, { $allowed } allowed
query-lack-reversed = { $asked }: in the other order
query-lack-present = { $asked } stands in the way: { $found }
query-lack-excluded = { $asked } stands in the way
query-lack-value = { $asked }: it is { $found }
query-lack-no-value = { $asked } does not hold
query-lack-others = { $others ->
    [one] { $lack }, or one other
   *[other] { $lack }, or one of { $others } others
}
query-lack-more = { $told } · +{ $more }
why-level = Why { $level }
why-score = { $score } points
why-levels = P3 from { $p3 }, P2 from { $p2 }, P1 from { $p1 }
why-protocol-holds = protocol { $level }: { $name }
why-floor-holds = floor { $level }: { $name }
why-floor-idle = floor { $level }: { $name } (changes nothing)
why-cap-holds = cap { $level }: { $name }
why-cap-idle = cap { $level }: { $name } (changes nothing)
why-floors-silent = floors that did not speak: { $names }
why-caps-silent = caps that did not speak: { $names }
why-acknowledge = acknowledge by { $moment }
why-substance = answer by { $moment }
why-over = { $what } (past)
why-no-clock = no clock runs
why-road-map = Road map
why-yes = yes
why-no = no
why-assumed = assumed, for a person to answer
why-person = A person chose: { $outcome }
why-suggests = suggests: { $outcome }
why-suggested-before = the road map suggested: { $outcome }
why-initiatives = Initiatives
why-initiatives-none = no initiative matches
why-relevant = About us
why-not-relevant = Not about us
why-relevant-initiative = an initiative matches
why-nothing-for = neither an initiative nor a criterion speaks for it
why-for = for it: { $title }
why-decisive = for it, decisive: { $title }
why-against = against it: { $title }
why-set-aside = set aside: { $title }
why-groups = Groups
why-near = Nearly matched
why-near-none = no other rule is near
why-by-author = the author
why-kind-initiative = initiative { $title }
why-kind-hashtags = hashtags of { $title }
why-kind-stakeholder = group { $title }
why-kind-criterion = criterion { $title }
why-kind-holding = holding statement { $title }
why-kind-contribution = points { $title }
why-kind-floor = floor { $title }
why-kind-cap = cap { $title }
why-rise = What would make it { $level }
why-rise-points = { $points ->
    [one] { $points } more point
   *[other] { $points } more points
}
why-rise-nothing = no rule of the plan would do
why-change-floor = floor “{ $title }”
why-change-no-cap = without the cap “{ $title }”
why-change-points = { $points } { $title }
why-change-no-points = { $points } without { $title }
why-change-group = { $points } from { $title }
why-change-initiative = { $points } about { $title }
why-change-reach = { $points } { $followers ->
    [one] an author with { $followers } follower
   *[other] an author with { $followers } followers
}
why-change-lacks = { $change }: { $lacks }
why-only-handles = one of its accounts
why-kind-rumour = rumour { $title }
why-kind-place = place { $title }
why-kind-protocol = protocol { $title }
why-change-protocol = protocol “{ $title }”
why-here = { $place } is here
why-elsewhere = another { $place } is meant
why-title = Why? · { $author }

# This is wrong.
wrong-what = What is wrong?
wrong-which-missed = About which initiative?
wrong-which-priority = Which priority?
wrong-which-initiative = Not about which initiative?
wrong-which-message = Which message should answer?
wrong-which-term = Which words make the difference?
wrong-not-relevant = it is not about us
wrong-relevant = it is about us…
wrong-missed = it is about another initiative…
wrong-priority = the priority…
wrong-initiative = the initiative…
wrong-message = the message…
wrong-test-only = only the test
wrong-add = add { $term }
wrong-exclude = exclude { $term }
wrong-same = as it is now
wrong-header =
    { $what }
    Save this file to apply it to the plan; change it first if you like.
    Leave without saving, or empty the file, and nothing changes.
wrong-header-relevant = Not about us.
wrong-header-missed = About { $id }.
wrong-header-priority = The priority is { $level }.
wrong-header-initiative = Not about { $id }.
wrong-header-message = { $id } should answer.
wrong-done = { $edits ->
    [0] Test added; { $changed } of the last { $of } mentions would change.
   *[other] Test added and rule changed; { $changed } of the last { $of } mentions change.
}
wrong-cancelled = Nothing was saved; the plan is as it was.
wrong-no-editor = No editor is set (VISUAL, EDITOR); the patch is in { $file }
wrong-editor-failed = The editor failed; the plan is as it was. { $cause }
wrong-not-applied = The patch does not fit { $name }; nothing was changed. It is kept in { $file }
wrong-unreadable = This is no patch any more; nothing was changed. It is kept in { $file }
wrong-not-a-file = { $name } is no file of the plan; nothing was changed. The patch is kept in { $file }
wrong-breaks-plan = { $problems ->
    [one] With this patch the plan would have a problem; nothing was changed. { $problem } The patch is kept in { $file }
   *[other] With this patch the plan would have { $problems } problems; nothing was changed. { $problem } The patch is kept in { $file }
}
wrong-plan-broken = The plan on disk does not load, so nothing was changed. { $problem } The patch is kept in { $file }
wrong-io = The plan could not be changed: { $cause }. The patch is kept in { $file }
