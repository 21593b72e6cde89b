# plan
plan-error = { $place }: error { $code }: { $message }
plan-warning = { $place }: warning { $code }: { $message }
plan-help = did you mean: { $suggestion }
plan-nobody = nobody named
plan-broken = the plan has { $count ->
    [one] one problem
   *[other] { $count } problems
} and cannot be used: { $place }: { $message }
plan-count-errors = { $count ->
    [one] { $count } error
   *[other] { $count } errors
}
plan-count-warnings = { $count ->
    [one] { $count } warning
   *[other] { $count } warnings
}
plan-syntax = this is not TOML: { $detail }
plan-unknown-top-key = unknown key "{ $key }" outside of tables
plan-unknown-key = unknown key "{ $key }" in { $table }
plan-missing-key = { $table } needs "{ $key }"
plan-wrong-type = "{ $key }" must be { $expected }, and this is { $found }
plan-type-text = a text
plan-type-localized = a text, or { "{" } en = "…", fr = "…" { "}" }
plan-type-integer = a whole number
plan-type-boolean = true or false
plan-type-date = a day such as 2026-12-25, without quotes
plan-type-moment = a time such as 2026-12-01T18:00:00-08:00, without quotes
plan-type-list = a list in [ ]
plan-type-table = a table
plan-type-tables = tables under a head in [[ ]]
plan-found-text = a text
plan-found-integer = a whole number
plan-found-float = a number with a fraction
plan-found-boolean = true or false
plan-found-date = a day
plan-found-moment = a day with a time
plan-found-time = a time of day
plan-found-list = a list
plan-found-table = a table
plan-unknown-token = "{ $key }" cannot be "{ $value }"; it is one of { $allowed }
plan-duplicate-id = "{ $id }" is already the name of a { $table }, at { $first }
plan-missing-reference = no { $table } is called "{ $id }"
plan-bad-form = "{ $value }" must be { $form }
plan-form-id = an id: letters, digits, "_", "." and "-", a letter or digit first
plan-form-date = a day such as 2026-12-25
plan-form-time-zone = a time zone such as America/Vancouver
plan-form-weekdays = a weekday or a range of them: mon, tue, wed, thu, fri, sat, sun, mon-fri
plan-form-opening = opening hours such as 09:00-17:00, on one day
plan-form-period = a length of time such as 15m, 4h or 2d
plan-form-hashtag = one hashtag such as #WaterMain
plan-form-handle = an account such as @alderbay
plan-form-web-address = an address that begins with https:// or http://
plan-form-retention = a time such as 7y or 90d, or permanent
plan-form-variable = the name of a variable: small letters, digits and "_", a letter first
plan-form-code = the code of a finding such as FD057
plan-out-of-range = "{ $key }" must be a number from { $min } to { $max }
plan-empty = "{ $key }" is empty
plan-query = { $rule }: { $error }
plan-loop = the road map goes in a circle: { $steps }
plan-overlap = opening hours overlap on { $day }
plan-duplicate-table = "{ $table }" stands twice; the first one is at { $first }
plan-no-organization = the plan does not say whose it is: it needs [organization] with a name
plan-no-road-map = the road map has no { $table }
plan-date-order = "{ $end }" is before "{ $start }"
plan-level-order = levels must fall from P1 to P3
plan-no-signal = the group cannot be recognized: it needs "match" or "handles"
plan-unknown-variable = no variable is called "{ $name }": write it into [variables], or write {"{{"} for a brace
plan-stray-brace = this brace begins no variable such as {"{"}link{"}"}: write {"{{"} for a brace
plan-reserved-variable = "{ $name }" is a variable of the program: give yours another name
plan-series-taken = "{ $disposition }" already belongs to a records series, at { $first }
plan-second-default-series = a series without dispositions is for all that no other series names, and there is one already, at { $first }
plan-asks-for-itself = { $field }: cannot be used here, where a query decides what it holds for: write the words out
plan-too-large = a plan may have { $megabytes } MB in all, and this is more
plan-too-many = there are more than { $limit } of { $what }
plan-too-deep = brackets and dotted keys may be nested { $limit } deep, and these go deeper
plan-too-many-parts = a plan may have { $limit } keys, texts, list items and lines in all, and this is more
plan-not-a-file = this is a folder, a pipe or a device, not a file: give it another name or take it away
plan-too-many-problems = more than { $limit } problems: the rest are not shown
plan-not-utf8 = the file is not UTF-8 text: byte { $offset } is wrong; save it as UTF-8
plan-unreadable = cannot be read: { $detail }
plan-not-found = there is no such file or folder; "frontdesk plan new" makes a plan
plan-no-plan-file = the folder has no plan.toml; "frontdesk plan new" makes a plan
plan-missing-language = { $subject }: "{ $key }" is missing in { $language }: add it
plan-message-expired = { $text ->
    [template] template
   *[message] message
} { $id } expired on { $since } and cannot be copied: renew "expires_at" or retire it
plan-message-expiring = { $text ->
    [template] template
   *[message] message
} { $id } expires on { $until }: renew it before then if it is still needed
plan-message-not-approved = message { $id } is used by initiative { $initiative } and not approved: it cannot be copied until "status" is "approved"
plan-no-approver = { $text ->
    [holding] holding statement { $id } names nobody who approves it, so it cannot be copied: add "approver"
    [rumour] the line of rumour { $id } names nobody who approved it, so it cannot be copied: add "approved_by"
    [template] template { $id } is approved, but not by whom: add "approved_by"
   *[message] message { $id } is approved, but not by whom: add "approved_by"
}
plan-fact-unverified = fact { $id } is not verified, so { $user } cannot be copied: check it and add "verified_at"; its owner: { $owner }
plan-fact-expired = fact { $id } expired on { $since }, so { $user } cannot be copied: check it again; its owner: { $owner }
plan-long-message = message { $id } ({ $language }) has { $words } words; { $limit } can be said in nine seconds: shorten it
plan-many-facts = message { $id } rests on { $facts } facts; people keep { $limit }: leave out the weakest
plan-too-long-for-network = { $subject } ({ $language }) counts { $used } on { $network }, which takes { $limit }: shorten it, or give it a variant if it can have one
plan-variant-too-long = { $subject } ({ $language }): its variant for { $network } counts { $used }, and { $limit } is the limit: shorten it
plan-initiative-ended = initiative { $id } ended on { $end }: take it out, or move "end"
plan-review-past = initiative { $id } was to be reviewed by { $review_by }: read it again, then set the next day
plan-no-messages = initiative { $id } has no key message: write one, or list one under "messages"
plan-no-backup = tier { $level } has no "backup": nobody is called when the first person does not answer; name somebody
plan-unreachable = no way through the road map leads to "{ $id }": lead to it from a "yes" or "no", or take it out
plan-duplicate-rule = { $rule } asks for the same as { $first } at { $place }: keep one of them
plan-unknown-in-query = { $rule } asks for { $field }:{ $id }, which is not in the plan: it never matches
plan-hard-grade = { $subject } ({ $language }) reads at grade { $grade }; plain language is grade { $limit } or lower: use shorter sentences and words
plan-hard-ease = { $subject } ({ $language }) has a reading ease of { $ease }; plain language has { $limit } or more: use shorter sentences and words
plan-never-matches = { $rule } can never match: { $why }
plan-never-matches-part = in { $rule }, the part “{ $part }” can never match: { $why }
plan-clash-same = it asks for { $term } and excludes it
plan-clash-excluded = it asks for { $wanted } and excludes { $excluded }
plan-clash-both = { $first } and { $second } cannot both be so
plan-matches-nearly-all = { $rule } only says what must not be there, so nearly every mention matches: add what must be there
plan-shared-terms = initiative { $initiative } and initiative { $first } ({ $place }) both match on { $terms }{ $more ->
    [0] {""}
    [one] {" "}and one more
   *[other] {" "}and { $more } more
}: such a mention shows both; leave the term to one, or add what tells them apart
plan-cap-under-floor = cap "{ $cap }" ({ $cap_level }) never counts: floor "{ $floor }" ({ $floor_level }) at { $place } has the same rule, and a floor beats a cap: keep one of them
plan-idle-floor = floor "{ $name }" raises nothing, as { $level } is the lowest level: choose a higher one, or take it out
plan-idle-cap = cap "{ $name }" lowers nothing, as { $level } is the highest level: choose a lower one, or take it out
plan-message-retired-used = message { $id } is retired and initiative { $initiative } still uses it: take it out there, or approve it again
plan-many-messages = initiative { $initiative } has { $count } messages for "{ $concern }" ({ $ids }); people keep { $limit }: merge or retire some
plan-unknown-network = { $subject } has a variant for "{ $network }", and no network of that name is known: no mention will get it unless a source calls its network so
plan-backup-is-same = { $subject }: the "backup" is { $name } again: name somebody else
plan-crisis-without-holding = initiative { $id } is in a crisis and no holding statement can be used for it: write a [[holding]] for the first hour
plan-own-account-in-group = group { $id } lists { $handle }, which is your own account: what you post would count as theirs; take it out
plan-allows-nothing = this allows { $code }, and there is no such finding now: take the table out
plan-allows-nothing-about = this allows { $code } about "{ $id }", and there is no such finding now: take the table out, or correct the id
plan-allows-no-code = this allows { $code }, which is no code: "frontdesk plan explain" lists them
plan-allows-an-error = this allows { $code }, which is an error: errors are mended, not allowed
plan-text = { $text ->
    [template] template { $id }
    [holding] holding statement { $id }
    [rumour] the line of rumour { $id }
   *[message] message { $id }
}
plan-text-not-approved = { $text ->
    [template] template { $id } is offered and not approved: it cannot be copied until "status" is "approved"
   *[message] message { $id } is used and not approved: it cannot be copied until "status" is "approved"
}
plan-clash-no-value = nothing meets { $test }
plan-not-in-roster = { $subject }: "{ $key }" names { $person }, who is not in the roster: add a [[member]], or correct the name
plan-unknown-place = initiative { $id } names the place "{ $place }", and the plan has no [[place]] with that id
plan-rumour-unverified = rumour { $id } has been unverified since { $opened }, { $days ->
    [one] { $days } day
   *[other] { $days } days
}: find out, or close it
plan-rumour-status-false = false
plan-rumour-status-misleading = misleading
plan-rumour-unanswered = rumour { $id } is { $status }, and has no { $missing ->
    [fact] "fact" for an answer to rest on
   *[line] "line" to answer with
}
plan-template-never-offered = nothing offers template { $id }: add "match", "initiatives" or "dispositions", or retire it
plan-election-past = election period { $id } ended on { $end }: take it out, or set the next one
plan-no-series = the records of { $count ->
    [one] one decision belong to no series: { $dispositions }: add it
   *[other] { $count } decisions belong to no series: { $dispositions }: add them
} to one, or add a series without "dispositions" for all others
plan-no-contacts = protocol { $id } has nobody who can be reached: give it a contact with a "phone" or a "channel"
plan-count-allowed = { $count ->
    [one] { $count } allowed
   *[other] { $count } allowed
}
plan-explain-hint = "frontdesk plan explain { $code }" says why it matters and how to mend it.
plan-fine = nothing to report
plan-bad-at = "{ $value }" is not a moment: write 2026-11-20, 2026-11-20T09:00 or 2026-11-20T09:00:00-08:00
plan-new-exists = { $path } is there already and is not an empty folder: name another one
plan-new-failed = { $path } cannot be written: { $detail }
plan-new-default-name = Our Town
plan-new-default-initiative = Budget consultation
plan-new-done = A first plan is in { $path }. Next:
plan-new-intro = Six questions make a first plan; everything can be changed later. Enter takes what stands in brackets, Ctrl-C leaves nothing behind.
plan-new-stopped = stopped before the last question: nothing was written
plan-new-name = Name of the organization?
plan-new-languages = Languages it answers in (en, fr or both)?
plan-new-time-zone = Time zone, or a city of it?
plan-new-hours = Published hours (such as mon-fri 09:00-17:00, sat 10:00-14:00)?
plan-new-initiative = A subject you expect people to talk about?
plan-new-words = What else do they write when they do (words, phrases, #hashtags with commas between; bike lane* for any ending)?
plan-new-next-check = what is wrong or unwise in it
plan-new-next-test = its examples, in tests.toml
plan-new-next-why = what it makes of a sentence, and why
plan-new-bad-empty = an answer is missing: { $question }
plan-new-bad-languages = "{ $answer }" is not understood: write en, fr or en, fr
plan-new-bad-time-zone = no time zone is called "{ $answer }": write one such as America/Vancouver or America/Montreal
plan-new-bad-time-zone-near = no time zone is called "{ $answer }": did you mean { $near }?
plan-new-bad-hours = "{ $answer }" cannot be used: write days and times such as mon-fri 09:00-17:00, sat 10:00-14:00 (mon tue wed thu fri sat sun)
plan-new-bad-words = nothing can be looked for in "{ $answer }": write words such as bike lane, #BikeLanes
plan-show-initiatives = Initiatives ({ $count })
plan-show-inactive = not active
plan-show-now = now
plan-show-negative-context = not every place of that name
plan-show-variables = Variables
plan-show-stakeholders = Stakeholder groups ({ $count })
plan-show-messages = Key messages ({ $count })
plan-show-levels = Service levels: acknowledge / answer
plan-show-tiers = Escalation ({ $count })
plan-clock-always = day and night
plan-clock-business = published hours
plan-message-draft = draft
plan-message-approved = approved
plan-message-retired = retired
plan-message-not-yet = not yet valid
plan-message-over = expired

# query
query-did-you-mean = Did you mean { $suggestion }?
query-lowercase-operator = “{ $word }” in lower case is a word to find, not an operator.
query-question-mark = The ? at the end of “{ $word }” is punctuation, not a letter.
query-empty = The query is empty: write a word, a phrase in quotes, a #hashtag, an @handle or a field.
query-too-long = The query is longer than { $limit } bytes: split it into several rules.
query-too-deep = Parentheses and NOT are nested deeper than { $limit } levels: write it flatter.
query-too-many-terms = The query asks for more than { $limit } words and fields, those of its places included: split it into several rules.
query-unclosed-quote = This quote is never closed: add " at its end.
query-unclosed-brace = This brace is never closed: add { "}" } at its end, or put it in quotes.
query-unclosed-parenthesis = This parenthesis is never closed: add ) at its end.
query-unmatched-parenthesis = This parenthesis closes none: remove it, or open one before it.
query-empty-parentheses = Nothing stands between these parentheses.
query-missing-operand = { $operator } needs something to work on: write a word beside it, or put it in quotes to find the word.
query-unexpected = “{ $found }” means nothing here: remove it, or put it in quotes.
query-no-words = “{ $found }” holds no letter, digit or emoji to find.
query-link = The letters of a link are not words: use has:link, or name the words around it.
query-handle-in-phrase = A handle cannot stand in a phrase: write it outside the quotes, for example thanks NEAR/1f @mayor.
query-wildcard = * stands at the end of a word or at its beginning, not both, as in flood* or *way; ? stands for one letter of a word, as in wat?r.
query-mark-wildcard = In a hashtag or a handle, * stands only at the end, as in #Water*.
query-exact-wildcard = Between braces every letter counts as it is: * and ? are not understood there.
query-wildcard-too-broad = A word with * at its beginning or with ? must tell at least { $least } letters, as in *way or wat?r.
query-wildcard-both-ends = A word with ? must tell its first or its last letter, as in wat?r.
query-too-many-wildcards = The query has more than { $limit } words with * or ?: split it into several rules.
query-too-many-words = A phrase like this one may have at most { $limit } words.
query-within-distance = ~ needs a number from 1 to { $largest } right behind it, and f when the order counts: "brown water"~4, "brown water"~4f.
query-within-operand = ~ and its number stand right behind a phrase of two words or more, without a space: "brown water"~4.
query-within-too-near = A phrase of { $words } words needs a distance of { $least } at least.
query-prefix-too-short = { $least ->
    [one] * needs at least { $least } letter before it.
   *[other] * needs at least { $least } letters before it.
}
query-near-distance = NEAR needs a distance from 1 to { $largest }, and f at its end when the order counts: NEAR/5, NEAR/5f.
query-near-operand = Beside NEAR stand words, phrases, #hashtags, @handles, or several of these joined by OR in parentheses; join anything else with AND.
query-unknown-field = There is no field named “{ $name }”; to find the word itself, put it in quotes.
query-field-stage = { $field } cannot be used here: it works in { $stage }.
query-stage-match = rules that match a mention
query-stage-verdict = rules on what was found out (priority, road map, escalation) and in the desk’s filter and search
query-stage-desk = the desk’s filter and search
query-missing-value = { $field } needs a value right after it, without a space.
query-unknown-place = The plan has no place with the id “{ $id }”.
query-bad-value = “{ $found }” is no value for { $field }: write { $expected }.
query-bad-comparison = { $field } cannot be compared with { $found }: write { $field }: and a value.
query-expected-one-of = one of { $tokens }
query-expected-number = a whole number, as in 1000
query-expected-date = a date, as in 2026-11-01 or 2026-11-01T09:30
query-expected-level = a number from 0 to { $most }
query-expected-duration = a number and s, m, h, d or w, as in 15m, 4h or 2d
query-expected-language = a language code, as in en or fr-CA
query-expected-id = an identifier of letters, digits, dots, hyphens and underscores
