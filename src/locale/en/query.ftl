# The page of `frontdesk print query`.
query-page-title = The query language
query-page-intro = One language for the plan’s rules, the desk’s filter and frontdesk search. A query is found in a mention’s text as a reader sees it. Case and accents do not matter, and words match whole: water does not find underwater. ✓ is a text the query finds, ✗ one it does not.
query-page-texts = ✓ { $finds }   ✗ { $passes }

query-page-words = Words, phrases, operators
query-page-words-about = Operators are upper case. NEAR binds before NOT, NOT before AND, AND before OR; parentheses change that.
query-page-both = both words, anywhere: AND is implied
query-page-and = the same
query-page-phrase = these words, one after the other
query-page-or = one of them, or several
query-page-not = the first, and not the second
query-page-minus = the same
query-page-group = parentheses hold together
query-page-precedence = AND before OR: sewer, or else both water and main
query-page-not-first = NOT before OR: water without bottle, or else sewer
query-page-operator-word = quotes look for the word itself; “ ” and « » are quotes too

query-page-near = Words near each other
query-page-near-about = Distances are counted in words: 1 is next to each other. A hashtag counts as its words, a link or a handle as one. Beside NEAR stand words, phrases, hashtags, handles, or several of these joined by OR in parentheses.
query-page-near-any = at most 4 words on, before or after
query-page-near-order = at most 4 words on, in that order
query-page-within-two = for two words the same as NEAR/4
query-page-within = each word at a place of its own, the last of them at most 4 words after the first, in any order
query-page-within-order = the same, in the order of the phrase
query-page-near-group = one of several words near a phrase
query-page-near-handle = a handle has its place, too

query-page-wildcards = Wildcards
query-page-wildcards-about = * stands for the rest of a word, at its end or at its beginning, and ? for one letter or digit of it; œ counts as two letters. A ? at a word’s end is punctuation. They work alone, in phrases, beside NEAR, in author: and in url:.
query-page-prefix = any word that begins so, and the word itself
query-page-suffix = any word that ends so, and the word itself
query-page-letter = any one letter in that place; several ? are several letters
query-page-letter-and-more = one letter, then any rest; the * may also stand at the beginning
query-page-wild-phrase = two such words, one after the other

query-page-exact = Exactly so
query-page-exact-about = Braces look for words in exactly this case and with exactly these accents; punctuation and spaces between them do not count.
query-page-exact-words = one after the other, spelled like this
query-page-exact-near = near another word; {"{"}Brown Water{"}"}~4 works as well
query-page-exact-mark = a hashtag or a handle, spelled like this

query-page-marks = Hashtags and handles
query-page-marks-about = A hashtag also counts as the words in it, split at capitals, digits and _; words never count as a hashtag. A handle is not a word.
query-page-tag = this hashtag; case and accents do not matter
query-page-tag-prefix = any hashtag that begins so
query-page-tag-words = words find a hashtag that holds them
query-page-handle = this handle; @city also finds @city@mastodon.example

query-page-rules = What a word is
query-page-rules-about = Letters, digits and _ in a row; apostrophes, hyphens and everything else end a word, in the query as in the text. Invisible characters are passed over, so that no word can be hidden with them.
query-page-folded = case and accents do not matter
query-page-elision = d’eau and l’eau hold the word eau
query-page-apostrophe = the phrase "don t", with whatever apostrophe
query-page-hyphen = a phrase: hyphens or spaces between the words
query-page-decimal = a decimal point or comma stays inside its number
query-page-digits = numbers are words, in a hashtag as well
query-page-emoji = each emoji is a word; skin tones do not matter
query-page-ideographs = each character of a script without spaces is a word, so a run of them is found inside longer ones
query-page-no-link = a link’s letters are not words of the text: ask for them with url:

query-page-fields = Fields
query-page-fields-about = A field and its value stand together, without a space; a value with spaces stands in quotes. Numbers, dates and levels also take <, <=, > and >=. Identifiers may end with *. What is not known of a mention is not found.
query-page-stage-match = Everywhere, in rules that match a mention as well (initiatives, stakeholder groups, criteria, rumours, places):
query-page-stage-verdict = In rules on what was found out (priority, road map, escalation, protocols, messages), in the filter and in search:
query-page-stage-desk = Only in the desk’s filter and in search:
query-page-field-author = words of the author’s handle or displayed name, one after the other
query-page-field-url = words of the mention’s link or of a link in its text, one after the other; "example.org/water" asks for a page
query-page-field-network = where it was said
query-page-field-source = the source that brought it, by its id in config.toml
query-page-field-lang = its language as the source gave it, in later rules as it was found; fr also finds fr-CA, and mixed what changes between languages
query-page-field-kind = what sort of post it is
query-page-field-place = about this place of the plan; in rules that match, the rule of that place stands in for it
query-page-field-has = what came with it
query-page-field-is = what is true of it; all but reposted only where rules know what was found out
query-page-field-followers = the author’s followers
query-page-field-likes = likes when last seen
query-page-field-reposts = reposts when last seen
query-page-field-initiative = one of its initiatives
query-page-field-stakeholder = one of its stakeholder groups
query-page-field-message = one of its suggested key messages
query-page-field-rumour = a rumour it repeats
query-page-field-protocol = a safety protocol it starts; not in the protocols’ own rules
query-page-field-criterion = a criterion that speaks for or against it
query-page-field-tone = how it feels about its subject
query-page-field-hostility = 0 none, 1 heated or rude, 2 abusive, 3 a threat
query-page-field-target = at whom or what its hostility is aimed
query-page-field-danger = a danger somebody may be in
query-page-field-type = the type of post, as the road map’s model calls it
query-page-field-urgency = 0 nothing to do, 1 when convenient, 2 today, 3 now, by its words alone
query-page-field-cluster = how many near-copies there are of it, itself included
query-page-field-surge = an initiative it was part of the rise of; * is any, everything together included
query-page-field-clause = a moderation clause it may fall under
query-page-field-status = where its case stands; open is everything but closed
query-page-field-priority = P1 is the least and the most urgent: <=P2 is P1 and P2
query-page-field-age = the time since its clock started: s, m, h, d, w
query-page-field-posted = the day it was posted, by the town’s clock; 2026-11-01T09:30 is a minute of it

query-page-mistakes = What the program says of common mistakes
query-page-limits = Limits
query-page-limits-about = A query has at most { $bytes } KiB, { $depth } levels of parentheses and NOT, { $terms } words and fields (those of the places it names included) and { $wildcards } words with * or ?. A phrase has at most { $phrase } words, one with ~ at most { $within }. NEAR and ~ reach at most { $distance } words; ~ needs at least one less than the phrase has words. A word with * at its end tells at least { $prefix } letters, one with * at its beginning or with ? at least { $letters }, and one with ? its first or its last letter. A hashtag or handle takes only * at its end.
