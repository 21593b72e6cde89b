# plan
plan-error = { $place }: erreur { $code } : { $message }
plan-warning = { $place }: avertissement { $code } : { $message }
plan-help = vouliez-vous dire : { $suggestion }
plan-nobody = aucun
plan-broken = le plan comporte { $count ->
    [one] un problème
   *[other] { $count } problèmes
} et ne peut pas servir : { $place } : { $message }
plan-count-errors = { $count ->
    [one] { $count } erreur
   *[other] { $count } erreurs
}
plan-count-warnings = { $count ->
    [one] { $count } avertissement
   *[other] { $count } avertissements
}
plan-syntax = ce n'est pas du TOML : { $detail }
plan-unknown-top-key = clé inconnue « { $key } » hors des tables
plan-unknown-key = clé inconnue « { $key } » dans { $table }
plan-missing-key = il manque « { $key } » dans { $table }
plan-wrong-type = « { $key } » doit être { $expected }; c'est ici { $found }
plan-type-text = un texte
plan-type-localized = un texte, ou { "{" } en = "…", fr = "…" { "}" }
plan-type-integer = un nombre entier
plan-type-boolean = true ou false
plan-type-date = un jour, par exemple 2026-12-25, sans guillemets
plan-type-moment = une date avec l'heure, par exemple 2026-12-01T18:00:00-08:00, sans guillemets
plan-type-list = une liste entre [ ]
plan-type-table = une table
plan-type-tables = des tables sous un en-tête entre [[ ]]
plan-found-text = un texte
plan-found-integer = un nombre entier
plan-found-float = un nombre à virgule
plan-found-boolean = true ou false
plan-found-date = un jour
plan-found-moment = une date avec l'heure
plan-found-time = une heure
plan-found-list = une liste
plan-found-table = une table
plan-unknown-token = « { $key } » ne peut pas être « { $value } »; les valeurs possibles sont { $allowed }
plan-duplicate-id = « { $id } » désigne déjà une table { $table }, à { $first }
plan-missing-reference = aucune table { $table } ne s'appelle « { $id } »
plan-bad-form = « { $value } » doit être { $form }
plan-form-id = un identifiant : lettres, chiffres, « _ », « . » et « - », une lettre ou un chiffre en premier
plan-form-date = un jour, par exemple 2026-12-25
plan-form-time-zone = un fuseau horaire, par exemple America/Vancouver
plan-form-weekdays = un jour de la semaine ou un intervalle : mon, tue, wed, thu, fri, sat, sun, mon-fri
plan-form-opening = une plage d'ouverture, par exemple 09:00-17:00, dans une même journée
plan-form-period = une durée, par exemple 15m, 4h ou 2d
plan-form-hashtag = un mot-clic, par exemple #EauBrune
plan-form-handle = un compte, par exemple @baiedesaulnes
plan-form-web-address = une adresse qui commence par https:// ou http://
plan-form-retention = une durée, par exemple 7y ou 90d, ou permanent
plan-form-variable = le nom d'une variable : minuscules, chiffres et « _ », une lettre en premier
plan-form-code = le code d'un constat, par exemple FD057
plan-out-of-range = « { $key } » doit être un nombre de { $min } à { $max }
plan-empty = « { $key } » est vide
plan-query = { $rule } : { $error }
plan-loop = la feuille de route tourne en rond : { $steps }
plan-overlap = des heures d'ouverture se chevauchent le jour { $day }
plan-duplicate-table = « { $table } » figure deux fois; la première est à { $first }
plan-no-organization = le plan ne dit pas à qui il est : il lui faut [organization] avec un nom
plan-no-road-map = la feuille de route n'a aucune table { $table }
plan-date-order = « { $end } » précède « { $start } »
plan-level-order = les seuils doivent décroître de P1 à P3
plan-no-signal = le groupe ne peut pas être reconnu : il lui faut « match » ou « handles »
plan-unknown-variable = aucune variable ne s'appelle « { $name } » : ajoutez-la à [variables], ou écrivez {"{{"} pour une accolade
plan-stray-brace = cette accolade n'ouvre aucune variable comme {"{"}link{"}"} : écrivez {"{{"} pour une accolade
plan-reserved-variable = « { $name } » est une variable du programme : donnez un autre nom à la vôtre
plan-series-taken = « { $disposition } » appartient déjà à une série de documents, à { $first }
plan-second-default-series = une série sans dispositions vaut pour toutes les décisions qu'aucune autre ne nomme, et il y en a déjà une, à { $first }
plan-asks-for-itself = « { $field }: » ne peut pas servir ici, où une requête décide elle-même de ce qu'il désigne : écrivez les mots en toutes lettres
plan-too-large = un plan peut compter { $megabytes } Mo en tout; celui-ci dépasse cette limite
plan-too-many = il y a plus de { $limit } éléments { $what }
plan-too-deep = les crochets et les clés à points s'imbriquent sur { $limit } niveaux au plus, et il y en a davantage ici
plan-too-many-parts = un plan peut compter { $limit } clés, textes, éléments de liste et lignes en tout, et c'est davantage
plan-not-a-file = c'est un dossier, un tube ou un périphérique, pas un fichier : renommez-le ou enlevez-le
plan-too-many-problems = plus de { $limit } problèmes : les autres ne sont pas affichés
plan-not-utf8 = le fichier n'est pas du texte UTF-8 : l'octet { $offset } est fautif; enregistrez-le en UTF-8
plan-unreadable = lecture impossible : { $detail }
plan-not-found = ce fichier ou ce dossier n'existe pas; « frontdesk plan new » crée un plan
plan-no-plan-file = le dossier n'a pas de plan.toml; « frontdesk plan new » crée un plan
plan-missing-language = { $subject } : « { $key } » manque en { $language } : ajoutez-le
plan-message-expired = { $text ->
    [template] le modèle
   *[message] le message
} { $id } a expiré le { $since } et ne peut pas être copié : repoussez « expires_at » ou retirez-le
plan-message-expiring = { $text ->
    [template] le modèle
   *[message] le message
} { $id } expire le { $until } : renouvelez-le d'ici là s'il sert encore
plan-message-not-approved = le message { $id } sert à l'initiative { $initiative } et n'est pas approuvé : il ne peut pas être copié tant que « status » n'est pas « approved »
plan-no-approver = { $text ->
    [holding] le message d'attente { $id } ne nomme personne pour l'approuver et ne peut donc pas être copié : ajoutez « approver »
    [rumour] la réponse à la rumeur { $id } ne dit pas qui l'a approuvée et ne peut donc pas être copiée : ajoutez « approved_by »
    [template] le modèle { $id } est approuvé sans dire par qui : ajoutez « approved_by »
   *[message] le message { $id } est approuvé sans dire par qui : ajoutez « approved_by »
}
plan-fact-unverified = le fait { $id } n'est pas vérifié : { $user } ne peut pas servir; vérifiez le fait et ajoutez « verified_at »; responsable : { $owner }
plan-fact-expired = le fait { $id } a expiré le { $since } : { $user } ne peut pas servir; vérifiez-le de nouveau; responsable : { $owner }
plan-long-message = le message { $id } ({ $language }) compte { $words } mots; on en dit { $limit } en neuf secondes : raccourcissez-le
plan-many-facts = le message { $id } repose sur { $facts } faits; on en retient { $limit } : laissez tomber le plus faible
plan-too-long-for-network = { $subject } ({ $language }) compte { $used } sur { $network }, qui en admet { $limit } : raccourcissez le texte, ou donnez-lui une variante s'il peut en avoir
plan-variant-too-long = { $subject } ({ $language }) : sa variante pour { $network } compte { $used }, et la limite est de { $limit } : raccourcissez-la
plan-initiative-ended = l'initiative { $id } a pris fin le { $end } : ôtez-la ou repoussez « end »
plan-review-past = l'initiative { $id } devait être revue au plus tard le { $review_by } : relisez-la, puis inscrivez la prochaine date
plan-no-messages = l'initiative { $id } n'a aucun message clé : rédigez-en un, ou inscrivez-en un sous « messages »
plan-no-backup = le palier { $level } n'a pas de « backup » : personne n'est appelé si la première personne ne répond pas; nommez quelqu'un
plan-unreachable = aucun chemin de la feuille de route ne mène à « { $id } » : menez-y par un « yes » ou un « no », ou ôtez l'élément
plan-duplicate-rule = { $rule } cherche la même chose que { $first } à { $place } : gardez l'une des deux
plan-unknown-in-query = { $rule } cherche { $field }:{ $id }, qui n'est pas dans le plan : cela ne correspond jamais
plan-hard-grade = { $subject } ({ $language }) se lit au niveau { $grade }; le langage clair est de niveau { $limit } ou moins : raccourcissez les phrases et les mots
plan-hard-ease = { $subject } ({ $language }) a une facilité de lecture de { $ease }; le langage clair en a { $limit } ou plus : raccourcissez les phrases et les mots
plan-never-matches = { $rule } ne peut jamais correspondre : { $why }
plan-never-matches-part = dans { $rule }, la partie « { $part } » ne peut jamais correspondre : { $why }
plan-clash-same = { $term } est à la fois demandé et exclu
plan-clash-excluded = { $wanted } est demandé et { $excluded } est exclu
plan-clash-both = { $first } et { $second } ne peuvent être vrais ensemble
plan-matches-nearly-all = { $rule } dit seulement ce qui ne doit pas s'y trouver : presque toutes les mentions correspondent; ajoutez ce qui doit s'y trouver
plan-shared-terms = les initiatives { $initiative } et { $first } ({ $place }) correspondent toutes deux à { $terms }{ $more ->
    [0] {""}
    [one] {" "}et à un autre terme
   *[other] {" "}et à { $more } autres termes
} : une telle mention montre les deux; laissez le terme à l'une, ou ajoutez ce qui les distingue
plan-cap-under-floor = le plafond « { $cap } » ({ $cap_level }) ne compte jamais : le plancher « { $floor } » ({ $floor_level }), à { $place }, a la même règle et l'emporte : gardez l'un des deux
plan-idle-floor = le plancher « { $name } » ne relève rien, { $level } étant le niveau le plus bas : choisissez-en un plus élevé, ou ôtez-le
plan-idle-cap = le plafond « { $name } » n'abaisse rien, { $level } étant le niveau le plus élevé : choisissez-en un plus bas, ou ôtez-le
plan-message-retired-used = le message { $id } est retiré et l'initiative { $initiative } l'emploie encore : ôtez-le de là ou approuvez-le de nouveau
plan-many-messages = l'initiative { $initiative } a { $count } messages pour « { $concern } » ({ $ids }); on en retient { $limit } : fusionnez-en ou retirez-en
plan-unknown-network = { $subject } a une variante pour « { $network } », et aucun réseau de ce nom n'est connu : aucune mention ne l'obtiendra, à moins qu'une source nomme ainsi son réseau
plan-backup-is-same = { $subject } : la relève (« backup ») est encore { $name } : nommez quelqu'un d'autre
plan-crisis-without-holding = l'initiative { $id } est en crise et aucun message d'attente ne peut lui servir : rédigez un [[holding]] pour la première heure
plan-own-account-in-group = le groupe { $id } contient { $handle }, votre propre compte : vos publications passeraient pour les siennes; ôtez-le
plan-allows-nothing = cette table admet { $code }, et il n'y a pas de tel constat actuellement : ôtez-la
plan-allows-nothing-about = cette table admet { $code } au sujet de « { $id } », et il n'y a pas de tel constat actuellement : ôtez-la ou corrigez l'identifiant
plan-allows-no-code = cette table admet { $code }, qui n'est pas un code : « frontdesk plan explain » les énumère
plan-allows-an-error = cette table admet { $code }, qui est une erreur : une erreur se corrige, elle ne s'admet pas
plan-text = { $text ->
    [template] le modèle { $id }
    [holding] le message d'attente { $id }
    [rumour] la réponse à la rumeur { $id }
   *[message] le message { $id }
}
plan-text-not-approved = { $text ->
    [template] le modèle { $id } est proposé et n'est pas approuvé : il ne peut pas être copié tant que « status » n'est pas « approved »
   *[message] le message { $id } sert et n'est pas approuvé : il ne peut pas être copié tant que « status » n'est pas « approved »
}
plan-clash-no-value = rien ne satisfait à { $test }
plan-not-in-roster = { $subject } : « { $key } » nomme { $person }, qui n'est pas dans l'équipe : ajoutez un [[member]] ou corrigez le nom
plan-unknown-place = l'initiative { $id } nomme le lieu « { $place } », et le plan n'a aucun [[place]] de cet identifiant
plan-rumour-unverified = la rumeur { $id } n'est pas vérifiée depuis le { $opened }, soit { $days ->
    [one] { $days } jour
   *[other] { $days } jours
} : tirez-la au clair ou fermez-la
plan-rumour-status-false = fausse
plan-rumour-status-misleading = trompeuse
plan-rumour-unanswered = la rumeur { $id } est { $status }, et il lui manque { $missing ->
    [fact] le « fact » sur lequel appuyer une réponse
   *[line] la « line » avec laquelle répondre
}
plan-template-never-offered = rien ne propose le modèle { $id } : ajoutez « match », « initiatives » ou « dispositions », ou retirez-le
plan-election-past = la période électorale { $id } a pris fin le { $end } : ôtez-la ou inscrivez la prochaine
plan-no-series = les dossiers de { $count ->
    [one] une décision n'appartiennent à aucune série : { $dispositions } : ajoutez-la
   *[other] { $count } décisions n'appartiennent à aucune série : { $dispositions } : ajoutez-les
} à une série, ou ajoutez une série sans « dispositions » pour toutes les autres
plan-no-contacts = le protocole { $id } ne permet de joindre personne : donnez-lui un contact avec « phone » ou « channel »
plan-count-allowed = { $count ->
    [one] { $count } admis
   *[other] { $count } admis
}
plan-explain-hint = « frontdesk plan explain { $code } » dit pourquoi c'est important et comment le corriger.
plan-fine = rien à signaler
plan-bad-at = « { $value } » n'est pas un moment : écrivez 2026-11-20, 2026-11-20T09:00 ou 2026-11-20T09:00:00-08:00
plan-new-exists = { $path } existe déjà et n'est pas un dossier vide : choisissez-en un autre
plan-new-failed = impossible d'écrire dans { $path } : { $detail }
plan-new-default-name = Notre ville
plan-new-default-initiative = Consultation budgétaire
plan-new-done = Un premier plan est dans { $path }. Ensuite :
plan-new-intro = Six questions suffisent à un premier plan; tout peut changer plus tard. Entrée prend ce qui est entre crochets, Ctrl-C ne laisse rien.
plan-new-stopped = arrêté avant la dernière question : rien n'a été écrit
plan-new-name = Nom de l'organisation?
plan-new-languages = Langues de réponse (en, fr ou les deux)?
plan-new-time-zone = Fuseau horaire, ou une ville du fuseau?
plan-new-hours = Heures d'ouverture publiées (par exemple mon-fri 09:00-17:00, sat 10:00-14:00)?
plan-new-initiative = Un sujet dont vous attendez que l'on parle?
plan-new-words = Qu'écrit-on d'autre quand on en parle (mots, expressions, #motsclics, avec des virgules; piste cyclable* pour toute fin)?
plan-new-next-check = ce qui y est faux ou imprudent
plan-new-next-test = ses exemples, dans tests.toml
plan-new-next-why = ce qu'il fait d'une phrase, et pourquoi
plan-new-bad-empty = il manque une réponse : { $question }
plan-new-bad-languages = « { $answer } » n'est pas compris : écrivez en, fr ou en, fr
plan-new-bad-time-zone = aucun fuseau horaire ne s'appelle « { $answer } » : écrivez par exemple America/Montreal ou America/Vancouver
plan-new-bad-time-zone-near = aucun fuseau horaire ne s'appelle « { $answer } » : vouliez-vous dire { $near }?
plan-new-bad-hours = « { $answer } » ne convient pas : écrivez des jours et des heures, par exemple mon-fri 09:00-17:00, sat 10:00-14:00 (mon tue wed thu fri sat sun, de lundi à dimanche)
plan-new-bad-words = rien ne peut être cherché dans « { $answer } » : écrivez des mots, par exemple piste cyclable, #PisteCyclable
plan-show-initiatives = Initiatives ({ $count })
plan-show-now = en cours
plan-show-negative-context = pas tout lieu de ce nom
plan-show-variables = Variables
plan-show-inactive = inactive
plan-show-stakeholders = Groupes d'intérêt ({ $count })
plan-show-messages = Messages clés ({ $count })
plan-show-levels = Délais : accusé de réception / réponse
plan-show-tiers = Paliers d'escalade ({ $count })
plan-clock-always = jour et nuit
plan-clock-business = heures publiées
plan-message-draft = ébauche
plan-message-approved = approuvé
plan-message-retired = retiré
plan-message-not-yet = pas encore en vigueur
plan-message-over = échu

# query
query-did-you-mean = Vouliez-vous dire { $suggestion } ?
query-lowercase-operator = « { $word } » en minuscules est un mot à trouver, pas un opérateur.
query-question-mark = Le ? à la fin de « { $word } » est un signe de ponctuation, pas une lettre.
query-empty = La requête est vide : écrivez un mot, une expression entre guillemets, un #mot-clic, un @compte ou un champ.
query-too-long = La requête dépasse { $limit } octets : répartissez-la en plusieurs règles.
query-too-deep = Les parenthèses et les NOT sont imbriqués sur plus de { $limit } niveaux : simplifiez la requête.
query-too-many-terms = La requête demande plus de { $limit } mots et champs, ceux de ses lieux compris : répartissez-la en plusieurs règles.
query-unclosed-quote = Ce guillemet n’est jamais fermé : ajoutez " à la fin.
query-unclosed-brace = Cette accolade n’est jamais fermée : ajoutez { "}" } à la fin ou mettez le tout entre guillemets.
query-unclosed-parenthesis = Cette parenthèse n’est jamais fermée : ajoutez ) à la fin.
query-unmatched-parenthesis = Cette parenthèse n’en ferme aucune : enlevez-la ou ouvrez-en une avant.
query-empty-parentheses = Il n’y a rien entre ces parenthèses.
query-missing-operand = Il manque un élément à { $operator } : ajoutez un mot à côté, ou mettez-le entre guillemets pour chercher le mot lui-même.
query-unexpected = « { $found } » ne veut rien dire ici : enlevez-le ou mettez-le entre guillemets.
query-no-words = « { $found } » ne contient ni lettre, ni chiffre, ni émoji à trouver.
query-link = Les lettres d’un lien ne sont pas des mots : utilisez has:link ou nommez les mots qui l’entourent.
query-handle-in-phrase = Un compte ne peut pas figurer dans une expression : écrivez-le hors des guillemets, par exemple merci NEAR/1f @maire.
query-wildcard = Le signe * se place à la fin d’un mot ou à son début, pas aux deux, comme dans inond* ou *tion ; le signe ? remplace une lettre d’un mot, comme dans mair?e.
query-mark-wildcard = Dans un mot-clic ou un compte, le signe * se place seulement à la fin, comme dans #Eau*.
query-exact-wildcard = Entre accolades, chaque lettre compte telle quelle : * et ? n’y sont pas compris.
query-wildcard-too-broad = Un mot qui commence par * ou qui contient ? doit donner au moins { $least } lettres, comme *tion ou mair?e.
query-wildcard-both-ends = Un mot qui contient ? doit donner sa première ou sa dernière lettre, comme mair?e.
query-too-many-wildcards = La requête contient plus de { $limit } mots avec * ou ? : répartissez-la en plusieurs règles.
query-too-many-words = Une expression comme celle-ci compte au plus { $limit } mots.
query-within-distance = Le signe ~ demande tout de suite après un nombre de 1 à { $largest }, suivi de f quand l’ordre compte : "eau brune"~4, "eau brune"~4f.
query-within-operand = Le signe ~ et son nombre se placent tout de suite après une expression d’au moins deux mots, sans espace : "eau brune"~4.
query-within-too-near = Une expression de { $words } mots demande une distance d’au moins { $least }.
query-prefix-too-short = { $least ->
    [one] Le signe * doit suivre au moins { $least } lettre.
   *[other] Le signe * doit suivre au moins { $least } lettres.
}
query-near-distance = NEAR demande une distance de 1 à { $largest }, suivie de f quand l’ordre compte : NEAR/5, NEAR/5f.
query-near-operand = De chaque côté de NEAR, il faut des mots, des expressions, des #mots-clics ou des @comptes, ou plusieurs reliés par OR entre parenthèses ; reliez tout le reste par AND.
query-unknown-field = Aucun champ ne s’appelle « { $name } » ; pour chercher le mot lui-même, mettez-le entre guillemets.
query-field-stage = Le champ { $field } ne peut pas servir ici : il fonctionne dans { $stage }.
query-stage-match = les règles qui repèrent une mention
query-stage-verdict = les règles sur ce qui a été établi (priorité, arbre de décision, escalade) ainsi que dans le filtre et la recherche
query-stage-desk = le filtre et la recherche
query-missing-value = Le champ { $field } demande une valeur tout de suite après, sans espace.
query-unknown-place = Le plan n’a aucun lieu dont l’identifiant est « { $id } ».
query-bad-value = « { $found } » n’est pas une valeur de { $field } : écrivez { $expected }.
query-bad-comparison = Le champ { $field } ne se compare pas avec { $found } : écrivez { $field }: et une valeur.
query-expected-one-of = l’une de celles-ci : { $tokens }
query-expected-number = un nombre entier, par exemple 1000
query-expected-date = une date, par exemple 2026-11-01 ou 2026-11-01T09:30
query-expected-level = un nombre de 0 à { $most }
query-expected-duration = un nombre suivi de s, m, h, d ou w, par exemple 15m, 4h ou 2d
query-expected-language = un code de langue, par exemple en ou fr-CA
query-expected-id = un identifiant fait de lettres, de chiffres, de points, de traits d’union et de traits de soulignement
