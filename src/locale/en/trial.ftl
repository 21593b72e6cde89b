# Tests of the plan, what they reach, and what a changed plan does to mentions.
trial-failed = { $place }: FAILED: “{ $text }”
trial-expected = { $part }: expected { $expected }; came { $came }
trial-expected-only = { $part }: expected { $expected } and nothing else; came { $came }
trial-unexpected = { $part }: { $unexpected } came and must not
trial-nothing = nothing
trial-quote = “{ $words }”
trial-cause-silent = { $rule } ({ $place }) did not match
trial-cause-lacks = { $rule } ({ $place }) did not match: { $lacks }
trial-cause-held = { $rule } ({ $place }) matched { $words }
trial-cause-held-otherwise = { $rule } ({ $place }) matched, though by no word of the text
trial-cause-against = { $rule } ({ $place }) says that it is not about us: { $words }
trial-cause-nothing-speaks = no initiative and no criterion says that it is about us
trial-cause-account = the author’s account is one of { $id }’s ({ $place })
trial-cause-no-account = the author’s account is none of { $id }’s ({ $place })
trial-cause-no-rule = { $id } ({ $place }) has no “match” of its own
trial-cause-through = with the initiative { $initiative }: { $ids }
trial-cause-not-through = the initiative { $initiative } did not match, which brings { $ids }
trial-cause-retired = { $id } ({ $place }) is retired
trial-cause-blocked = { $id } must not be copied: { $reason }
trial-cause-not-offered = { $id } is not offered for this mention, a { $level }
trial-cause-score = score { $score }, which alone is { $level }
trial-cause-points = { $points } { $name } ({ $place })
trial-cause-points-built-in = { $points } { $name }
trial-cause-floor = floor { $name }: no lower than { $level } ({ $place })
trial-cause-cap = cap { $name }: no higher than { $level } ({ $place })
trial-cause-yes = { $step }: yes ({ $place })
trial-cause-no = { $step }: no ({ $place })
trial-cause-yes-assumed = { $step }: yes, assumed until a person answers ({ $place })
trial-cause-no-assumed = { $step }: no, assumed until a person answers ({ $place })
trial-cause-language = taken for { $language }, { $percent }% sure
trial-cause-evidence = { $intent }: { $words }
trial-cause-no-evidence = no words of the text show { $intent }
trial-all-passed = { $total ->
    [one] { $total } test passed
   *[other] All { $total } tests passed
}
trial-some-failed = { $total ->
    [one] { $total } test: { $passed } passed, { $failed } failed
   *[other] { $total } tests: { $passed } passed, { $failed } failed
}
trial-none = The plan has no tests. Write what people say, and what the plan must make of it, in a file tests.toml in its folder:
trial-none-text = What people say, as they say it?
trial-none-keys = Then run this again. A test may also have author, network, source, lang, likes, reposts and at (when it is posted, such as 2026-11-20T09:00:00). What “expect” can ask: relevant, initiatives, top, stakeholders, messages, holdings, templates, places, rumours, protocols, clauses, language, intents, priority, path, suggested, replies; not = {"{"} … {"}"} for what must not come, only = true for lists that are complete.
trial-no-match = no test of the plan matches “{ $filter }”: it looks in the text, the expected ids and the place, such as tests.toml:12
trial-cover-share = { $what }: { $touched } of { $of }
trial-cover-rules = Rules that a test touches
trial-cover-untouched-head = Rules that no test touches:
trial-cover-untouched = { $rule } ({ $place }), { $kind }
trial-cover-outcomes = Outcomes of the road map that a test reaches
trial-cover-unreached-head = Outcomes that no test reaches:
trial-cover-branches = Answers of the road map that a test gives
trial-cover-untaken-head = Answers that no test gives:
trial-cover-untaken-yes = { $step }: yes ({ $place })
trial-cover-untaken-no = { $step }: no ({ $place })
rule-kind-initiative = initiative
rule-kind-initiative-tags = hashtags of an initiative
rule-kind-stakeholder = stakeholder group
rule-kind-message = key message
rule-kind-criterion = criterion
rule-kind-holding = holding statement
rule-kind-rumour = rumour
rule-kind-place = place
rule-kind-place-not = place elsewhere
rule-kind-candidate = candidates
rule-kind-protocol = safety protocol
rule-kind-template = reply template
rule-kind-clause = moderation clause
rule-kind-contribution = points
rule-kind-floor = floor
rule-kind-cap = cap
rule-kind-step = step of the road map
rule-kind-tier = escalation tier
trial-diff-identical = The plans are the same.
trial-diff-same = The plans say the same; only their spelling, order or comments differ.
trial-diff-plan = { $count ->
    [one] One difference between the plans:
   *[other] { $count } differences between the plans:
}
trial-diff-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
trial-diff-absent = nothing
trial-diff-no-mentions = No mentions to try it on: name a file with --against, or a home that has some with --home.
trial-diff-no-store = there is no store of mentions in { $path }: name another home with --home, or a file of mentions with --against
trial-diff-mentions = { $count ->
    [one] Tried on one mention.
   *[other] Tried on { $count } mentions.
}
trial-diff-none = Nothing changes for any of them.
trial-diff-changed = { $count ->
    [one] One comes out differently:
   *[other] { $count } come out differently:
}
trial-diff-urgent = P1: { $gained } gained, { $lost } lost
trial-diff-relevant = relevant: { $gained } newly, { $lost } no longer
trial-diff-part = { $part }: { $count } changed
trial-diff-part-moves = { $part }: { $count } changed: { $moves }
trial-diff-change = { $part }: { $before } → { $after }
trial-diff-examples = { $count ->
    [one] One example, the most urgent change first:
   *[other] { $count } examples, the most urgent changes first:
}
