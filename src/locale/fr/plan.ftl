# plan

# query
query-did-you-mean = Vouliez-vous dire { $suggestion } ?
query-lowercase-operator = « { $word } » en minuscules est un mot à trouver, pas un opérateur.
query-empty = La requête est vide : écrivez un mot, une expression entre guillemets, un #mot-clic, un @compte ou un champ.
query-too-long = La requête dépasse { $limit } octets : répartissez-la en plusieurs règles.
query-too-deep = Les parenthèses et les NOT sont imbriqués sur plus de { $limit } niveaux : simplifiez la requête.
query-unclosed-quote = Ce guillemet n’est jamais fermé : ajoutez " à la fin.
query-unclosed-parenthesis = Cette parenthèse n’est jamais fermée : ajoutez ) à la fin.
query-unmatched-parenthesis = Cette parenthèse n’en ferme aucune : enlevez-la ou ouvrez-en une avant.
query-empty-parentheses = Il n’y a rien entre ces parenthèses.
query-missing-operand = Il manque un élément à { $operator } : ajoutez un mot à côté, ou mettez-le entre guillemets pour chercher le mot lui-même.
query-unexpected = « { $found } » ne veut rien dire ici : enlevez-le ou mettez-le entre guillemets.
query-no-words = « { $found } » ne contient ni lettre, ni chiffre, ni émoji à trouver.
query-link = Les lettres d’un lien ne sont pas des mots : utilisez has:link ou nommez les mots qui l’entourent.
query-handle-in-phrase = Un compte ne peut pas figurer dans une expression : écrivez-le hors des guillemets, par exemple merci NEAR/1f @maire.
query-wildcard = Le signe * se place seulement à la fin d’un mot, comme dans inond* ; à l’intérieur d’un mot, * et ? ne sont pas compris.
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
query-bad-value = « { $found } » n’est pas une valeur de { $field } : écrivez { $expected }.
query-bad-comparison = Le champ { $field } ne se compare pas avec { $found } : écrivez { $field }: et une valeur.
query-expected-one-of = l’une de celles-ci : { $tokens }
query-expected-number = un nombre entier, par exemple 1000
query-expected-duration = un nombre suivi de s, m, h, d ou w, par exemple 15m, 4h ou 2d
query-expected-language = un code de langue, par exemple en ou fr-CA
query-expected-id = un identifiant fait de lettres, de chiffres, de points, de traits d’union et de traits de soulignement
