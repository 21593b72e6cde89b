# plan

# query
query-did-you-mean = Did you mean { $suggestion }?
query-lowercase-operator = “{ $word }” in lower case is a word to find, not an operator.
query-empty = The query is empty: write a word, a phrase in quotes, a #hashtag, an @handle or a field.
query-too-long = The query is longer than { $limit } bytes: split it into several rules.
query-too-deep = Parentheses and NOT are nested deeper than { $limit } levels: write it flatter.
query-unclosed-quote = This quote is never closed: add " at its end.
query-unclosed-parenthesis = This parenthesis is never closed: add ) at its end.
query-unmatched-parenthesis = This parenthesis closes none: remove it, or open one before it.
query-empty-parentheses = Nothing stands between these parentheses.
query-missing-operand = { $operator } needs something to work on: write a word beside it, or put it in quotes to find the word.
query-unexpected = “{ $found }” means nothing here: remove it, or put it in quotes.
query-no-words = “{ $found }” holds no letter, digit or emoji to find.
query-link = The letters of a link are not words: use has:link, or name the words around it.
query-handle-in-phrase = A handle cannot stand in a phrase: write it outside the quotes, for example thanks NEAR/1f @mayor.
query-wildcard = * stands only at the end of a word, as in flood*; inside a word, * and ? are not understood.
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
query-bad-value = “{ $found }” is no value for { $field }: write { $expected }.
query-bad-comparison = { $field } cannot be compared with { $found }: write { $field }: and a value.
query-expected-one-of = one of { $tokens }
query-expected-number = a whole number, as in 1000
query-expected-duration = a number and s, m, h, d or w, as in 15m, 4h or 2d
query-expected-language = a language code, as in en or fr-CA
query-expected-id = an identifier of letters, digits, dots, hyphens and underscores
