# La page de `frontdesk print query`.
query-page-title = Le langage de requête
query-page-intro = Un seul langage pour les règles du plan, le filtre du bureau et frontdesk search. La requête porte sur le texte d’une mention tel qu’une personne le lit. La casse et les accents ne comptent pas, et les mots se trouvent entiers : water ne trouve pas underwater. ✓ indique un texte que la requête trouve, ✗ un texte qu’elle ne trouve pas.
query-page-texts = ✓ { $finds }   ✗ { $passes }

query-page-words = Mots, expressions, opérateurs
query-page-words-about = Les opérateurs s’écrivent en majuscules. NEAR lie avant NOT, NOT avant AND, AND avant OR ; les parenthèses changent cet ordre.
query-page-both = les deux mots, n’importe où : AND est sous-entendu
query-page-and = la même chose
query-page-phrase = ces mots, l’un après l’autre
query-page-or = l’un d’eux, ou plusieurs
query-page-not = le premier, et pas le second
query-page-minus = la même chose
query-page-group = les parenthèses forment un tout
query-page-precedence = AND avant OR : sewer, ou bien water et main ensemble
query-page-not-first = NOT avant OR : water sans bottle, ou bien sewer
query-page-operator-word = entre guillemets, le mot lui-même ; “ ” et « » sont aussi des guillemets

query-page-near = Mots proches l’un de l’autre
query-page-near-about = Les distances se comptent en mots : 1 veut dire côte à côte. Un mot-clic compte pour les mots qu’il contient, un lien ou un compte pour un mot. De chaque côté de NEAR, il faut des mots, des expressions, des mots-clics ou des comptes, ou plusieurs reliés par OR entre parenthèses.
query-page-near-any = au plus 4 mots plus loin, avant ou après
query-page-near-order = au plus 4 mots plus loin, dans cet ordre
query-page-within-two = pour deux mots, la même chose que NEAR/4
query-page-within = chaque mot à sa propre place, le dernier au plus 4 mots après le premier, dans n’importe quel ordre
query-page-within-order = la même chose, dans l’ordre de l’expression
query-page-near-group = un mot parmi plusieurs près d’une expression
query-page-near-handle = un compte a aussi sa place

query-page-wildcards = Caractères de remplacement
query-page-wildcards-about = Le signe * remplace le reste d’un mot, à sa fin ou à son début, et le signe ? une lettre ou un chiffre ; œ compte pour deux lettres. À la fin d’un mot, ? est un signe de ponctuation. On peut les employer seuls, dans une expression, à côté de NEAR, dans author: et dans url:.
query-page-prefix = tout mot qui commence ainsi, et le mot lui-même
query-page-suffix = tout mot qui finit ainsi, et le mot lui-même
query-page-letter = n’importe quelle lettre à cette place ; plusieurs ? remplacent plusieurs lettres
query-page-letter-and-more = une lettre, puis n’importe quelle suite ; le * peut aussi se placer au début
query-page-wild-phrase = deux mots de ce genre, l’un après l’autre

query-page-exact = Exactement ainsi
query-page-exact-about = Les accolades cherchent les mots avec exactement ces majuscules et ces accents ; la ponctuation et les espaces entre eux ne comptent pas.
query-page-exact-words = l’un après l’autre, écrits ainsi
query-page-exact-near = près d’un autre mot ; {"{"}Eau Brune{"}"}~4 est aussi possible
query-page-exact-mark = un mot-clic ou un compte, écrit ainsi

query-page-marks = Mots-clics et comptes
query-page-marks-about = Un mot-clic compte aussi pour les mots qu’il contient, séparés aux majuscules, aux chiffres et au signe _ ; des mots ne comptent jamais pour un mot-clic. Un compte n’est pas un mot.
query-page-tag = ce mot-clic ; la casse et les accents ne comptent pas
query-page-tag-prefix = tout mot-clic qui commence ainsi
query-page-tag-words = les mots trouvent un mot-clic qui les contient
query-page-handle = ce compte ; @ville trouve aussi @ville@mastodon.example

query-page-rules = Ce qu’est un mot
query-page-rules-about = Une suite de lettres, de chiffres et de _ ; l’apostrophe, le trait d’union et tout le reste terminent un mot, dans la requête comme dans le texte. Les caractères invisibles sont ignorés : ils ne peuvent cacher aucun mot.
query-page-folded = la casse et les accents ne comptent pas
query-page-elision = d’eau et l’eau contiennent le mot eau
query-page-apostrophe = l’expression "don t", quelle que soit l’apostrophe
query-page-hyphen = une expression : traits d’union ou espaces entre les mots
query-page-decimal = la virgule ou le point décimal reste dans son nombre
query-page-digits = les nombres sont des mots, dans un mot-clic aussi
query-page-emoji = chaque émoji est un mot ; la couleur de peau ne compte pas
query-page-ideographs = chaque caractère d’une écriture sans espaces est un mot : une suite se trouve aussi dans une plus longue
query-page-no-link = les lettres d’un lien ne sont pas des mots du texte : cherchez-les avec url:

query-page-fields = Champs
query-page-fields-about = Le champ et sa valeur se touchent, sans espace ; une valeur qui contient des espaces se met entre guillemets. Les nombres, les dates et les niveaux acceptent aussi <, <=, > et >=. Un identifiant peut finir par *. Ce qu’on ne sait pas d’une mention ne se trouve pas.
query-page-stage-match = Partout, y compris dans les règles qui repèrent une mention (initiatives, parties prenantes, critères, rumeurs, lieux) :
query-page-stage-verdict = Dans les règles sur ce qui a été établi (priorité, arbre de décision, escalade, protocoles, messages), le filtre et la recherche :
query-page-stage-desk = Seulement dans le filtre du bureau et la recherche :
query-page-field-author = des mots du compte ou du nom affiché de l’auteur, l’un après l’autre
query-page-field-url = des mots du lien de la mention ou d’un lien de son texte, l’un après l’autre ; "example.org/eau" désigne une page
query-page-field-network = où cela a été dit
query-page-field-source = la source qui l’a apportée, par son identifiant dans config.toml
query-page-field-lang = sa langue selon la source, dans les règles suivantes selon l’analyse ; fr trouve aussi fr-CA, et mixed ce qui passe d’une langue à l’autre
query-page-field-kind = le genre de publication
query-page-field-place = concerne ce lieu du plan ; dans une règle qui repère, la règle du lieu en tient la place
query-page-field-has = ce qui l’accompagne
query-page-field-is = ce qui est vrai d’elle ; tout sauf reposted seulement là où l’analyse est connue
query-page-field-followers = les abonnés de l’auteur
query-page-field-likes = les mentions « J’aime » à la dernière lecture
query-page-field-reposts = les partages à la dernière lecture
query-page-field-initiative = l’une de ses initiatives
query-page-field-stakeholder = l’une de ses parties prenantes
query-page-field-message = l’un des messages clés proposés
query-page-field-rumour = une rumeur qu’elle répète
query-page-field-protocol = un protocole de sécurité qu’elle déclenche ; pas dans les règles des protocoles
query-page-field-criterion = un critère qui parle pour ou contre elle
query-page-field-tone = son sentiment envers son sujet
query-page-field-hostility = 0 aucune, 1 vive ou impolie, 2 injurieuse, 3 menace
query-page-field-target = ce que vise son hostilité
query-page-field-danger = un danger qui menace quelqu’un
query-page-field-type = le type de publication, selon le modèle de la feuille de route
query-page-field-urgency = 0 rien à faire, 1 quand possible, 2 aujourd’hui, 3 maintenant, d’après ses seuls mots
query-page-field-cluster = le nombre de quasi-copies, elle comprise
query-page-field-surge = une initiative dont elle suivait la poussée; * désigne n’importe laquelle, l’ensemble compris
query-page-field-clause = une clause de modération qui pourrait s’appliquer
query-page-field-status = où en est son dossier ; open veut dire tout sauf fermé
query-page-field-priority = P1 est la plus petite valeur et la plus urgente : <=P2 donne P1 et P2
query-page-field-age = le temps écoulé depuis le départ de son délai : s, m, h, d, w
query-page-field-posted = le jour de sa publication, à l’heure de la ville ; 2026-11-01T09:30 en est une minute

query-page-mistakes = Ce que le programme dit des erreurs courantes
query-page-limits = Limites
query-page-limits-about = Une requête compte au plus { $bytes } Kio, { $depth } niveaux de parenthèses et de NOT, { $terms } mots et champs (ceux des lieux nommés compris) et { $wildcards } mots avec * ou ?. Une expression compte au plus { $phrase } mots, ou { $within } avec ~. NEAR et ~ portent au plus à { $distance } mots ; avec ~, la distance est d’au moins un de moins que le nombre de mots. Un mot qui finit par * donne au moins { $prefix } lettres ; un mot qui commence par * ou qui contient ? en donne au moins { $letters }, et un mot avec ? sa première ou sa dernière lettre. Un mot-clic ou un compte n’accepte que * à sa fin.
