# How right the labels are.
eval-no-plan = gold is judged under a plan: name it with --plan DIR
eval-empty = { $file }: no line has a label, a tab and a text
eval-no-column = { $file }: there is no column { $column }; there are { $there }
eval-bad-line = { $file }:{ $line }: { $cause }
eval-bad-gain = “{ $gain }” is no gain: write a whole number, 0 for what nobody needs to see
eval-unknown-label = “{ $label }” is no label of this task: write { $known }; or name the labels that mean yes with --positive
eval-title = { $task }, { NUMBER($count) ->
    [one] 1 text
   *[other] { $count } texts
}
eval-accuracy = accuracy
eval-macro-f1 = macro F1
eval-macro-recall = macro recall
eval-calibration = calibration error
eval-class = class
eval-expected = expected
eval-precision = precision
eval-recall = recall
eval-f1 = F1
eval-matrix = Expected (rows), said (columns):
eval-shown = confidence shown
eval-right = share right
eval-count = labels
eval-mistakes = Mistakes, the surest first:
eval-copies-title = near copies, { NUMBER($posts) ->
    [one] 1 post
   *[other] { $posts } posts
}, { NUMBER($clusters) ->
    [one] 1 cluster
   *[other] { $clusters } clusters
}
eval-pairs-right = pairs put together rightly
eval-pairs-wrong = pairs put together wrongly
eval-pairs-missed = pairs missed
eval-order-title = order: nDCG of the first 100 places
eval-event = event
eval-posts = posts
eval-order-model = model
eval-order-desk = desk
eval-order-random = no order
eval-mean = mean
eval-quantity = quantity
eval-gold-title = gold, { NUMBER($count) ->
    [one] 1 post
   *[other] { $count } posts
}
eval-gold-hostility = hostility of 1 and more
eval-gold-threat = threats
eval-gold-asks-english = question or request, English
eval-gold-asks-french = question or request, French
eval-gold-initiatives = initiatives
eval-gold-relevant = relevant
eval-gold-sentiment = sentiment, share right
eval-gold-language = language, share right
eval-gold-now = needs an answer now, in P1 or P2
eval-gold-ignored = can be ignored, in neither
eval-gold-calibration = calibration error
# What the plan learns.
learn-nothing = no correction stands in these records
learn-bad-line = { $file }:{ $line }: no record of a response log: { $cause }
learn-summary = { $lessons } corrections: { $known } the plan agrees with already; { $labels } labels and { $tests } tests proposed; { $open } tests need a person: no words were found, or it is a matter of points
eval-bad-time = “{ $found }” is no time: write 2026-11-20T16:41:28-08:00, or seconds since 1970
eval-surges-title = surges, { NUMBER($posts) ->
    [one] 1 post
   *[other] { $posts } posts
}, { NUMBER($bursts) ->
    [one] 1 burst
   *[other] { $bursts } bursts
}
eval-surges-desk = as on the desk
eval-surges-even = at ≤ 0.25 false
eval-surges-strictness = alarms multiplied by
eval-surges-false-rate = false calls a topic and week
eval-surges-recall-8 = called, standing out by 8 and more
eval-surges-recall-16 = … by 16 and more
eval-surges-recall-4-8 = … by 4 to 8
eval-surges-recall-4 = … by less than 4
eval-surges-delay-median = delay in minutes, median
eval-surges-delay-p90 = … 9 of 10 within
