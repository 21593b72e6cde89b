# Les tests du plan, ce qu’ils touchent, et ce qu’un plan modifié fait aux mentions.
trial-failed = { $place } : ÉCHEC : « { $text } »
trial-expected = { $part } : attendu : { $expected }; obtenu : { $came }
trial-expected-only = { $part } : attendu : { $expected } et rien d’autre; obtenu : { $came }
trial-unexpected = { $part } : { $unexpected } ne devait pas sortir
trial-nothing = rien
trial-quote = « { $words } »
trial-cause-silent = { $rule } ({ $place }) ne correspond pas
trial-cause-lacks = { $rule } ({ $place }) ne correspond pas : { $lacks }
trial-cause-held = { $rule } ({ $place }) correspond à { $words }
trial-cause-held-otherwise = { $rule } ({ $place }) correspond, mais par aucun mot du texte
trial-cause-against = { $rule } ({ $place }) dit que cela ne nous concerne pas : { $words }
trial-cause-nothing-speaks = aucune initiative ni aucun critère ne dit que cela nous concerne
trial-cause-account = le compte de l’auteur est l’un de ceux de { $id } ({ $place })
trial-cause-no-account = le compte de l’auteur n’est aucun de ceux de { $id } ({ $place })
trial-cause-no-rule = { $id } ({ $place }) n’a pas de « match » à soi
trial-cause-through = avec l’initiative { $initiative } : { $ids }
trial-cause-not-through = l’initiative { $initiative }, qui amène { $ids }, ne correspond pas
trial-cause-retired = { $id } ({ $place }) est retiré
trial-cause-blocked = { $id } ne peut pas être copié : { $reason }
trial-cause-not-offered = { $id } n’est pas proposé pour cette mention de niveau { $level }
trial-cause-score = pointage de { $score }, ce qui à lui seul donne { $level }
trial-cause-points = { $points } { $name } ({ $place })
trial-cause-points-built-in = { $points } { $name }
trial-cause-floor = plancher { $name } : pas moins que { $level } ({ $place })
trial-cause-cap = plafond { $name } : pas plus que { $level } ({ $place })
trial-cause-yes = { $step } : oui ({ $place })
trial-cause-no = { $step } : non ({ $place })
trial-cause-yes-assumed = { $step } : oui, supposé tant que personne ne répond ({ $place })
trial-cause-no-assumed = { $step } : non, supposé tant que personne ne répond ({ $place })
trial-cause-language = langue reconnue : { $language }, sûr à { $percent } %
trial-cause-evidence = { $intent } : { $words }
trial-cause-no-evidence = aucun mot du texte n’indique { $intent }
trial-all-passed = { $total ->
    [one] { $total } test réussi
   *[other] Les { $total } tests sont réussis
}
trial-some-failed = { $total ->
    [one] { $total } test : réussis : { $passed }, échoués : { $failed }
   *[other] { $total } tests : réussis : { $passed }, échoués : { $failed }
}
trial-none = Le plan n’a pas de tests. Écrivez ce que les gens disent, et ce que le plan doit en faire, dans un fichier tests.toml de son dossier :
trial-none-text = Ce que les gens disent, comme ils le disent?
trial-none-keys = Puis relancez cette commande. Un test peut aussi avoir author, network, source, lang, likes, reposts et at (le moment de la publication, p. ex. 2026-11-20T09:00:00). Ce que « expect » peut demander : relevant, initiatives, top, stakeholders, messages, holdings, templates, places, rumours, protocols, clauses, language, intents, priority, path, suggested, replies; not = {"{"} … {"}"} pour ce qui ne doit pas sortir, only = true pour des listes complètes.
trial-no-match = aucun test du plan ne correspond à « { $filter } » : on cherche dans le texte, les identifiants attendus et l’endroit, comme tests.toml:12
trial-cover-share = { $what } : { $touched } sur { $of }
trial-cover-rules = Règles touchées par un test
trial-cover-untouched-head = Règles qu’aucun test ne touche :
trial-cover-untouched = { $rule } ({ $place }), { $kind }
trial-cover-outcomes = Issues de l’arbre de décision atteintes par un test
trial-cover-unreached-head = Issues qu’aucun test n’atteint :
trial-cover-branches = Réponses de l’arbre de décision données par un test
trial-cover-untaken-head = Réponses qu’aucun test ne donne :
trial-cover-untaken-yes = { $step } : oui ({ $place })
trial-cover-untaken-no = { $step } : non ({ $place })
rule-kind-initiative = initiative
rule-kind-initiative-tags = mots-clics d’une initiative
rule-kind-stakeholder = groupe d’intérêt
rule-kind-message = message clé
rule-kind-criterion = critère
rule-kind-holding = message d’attente
rule-kind-rumour = rumeur
rule-kind-place = lieu
rule-kind-place-not = lieu ailleurs
rule-kind-candidate = candidats
rule-kind-protocol = protocole de sécurité
rule-kind-template = modèle de réponse
rule-kind-clause = clause de modération
rule-kind-contribution = points
rule-kind-floor = plancher
rule-kind-cap = plafond
rule-kind-step = étape de l’arbre de décision
rule-kind-tier = palier d’escalade
trial-diff-identical = Les plans sont identiques.
trial-diff-same = Les plans disent la même chose; seuls l’écriture, l’ordre ou les commentaires diffèrent.
trial-diff-plan = { $count ->
    [one] Une différence entre les plans :
   *[other] { $count } différences entre les plans :
}
trial-diff-more = { $count ->
    [one] et une autre
   *[other] et { $count } autres
}
trial-diff-absent = rien
trial-diff-no-mentions = Aucune mention pour l’essayer : nommez un fichier avec --against, ou un dossier qui en contient avec --home.
trial-diff-no-store = il n’y a pas de mentions dans { $path } : nommez un autre dossier avec --home, ou un fichier de mentions avec --against
trial-diff-mentions = { $count ->
    [one] Essayé sur { $count } mention.
   *[other] Essayé sur { $count } mentions.
}
trial-diff-none = Rien ne change pour aucune d’elles.
trial-diff-changed = { $count ->
    [one] { $count } donne un autre résultat :
   *[other] { $count } donnent un autre résultat :
}
trial-diff-urgent = P1 : { $gained } de plus, { $lost } de moins
trial-diff-relevant = pertinentes : { $gained } de plus, { $lost } de moins
trial-diff-part = { $count ->
    [one] { $part } : { $count } mention modifiée
   *[other] { $part } : { $count } mentions modifiées
}
trial-diff-part-moves = { $count ->
    [one] { $part } : { $count } mention modifiée : { $moves }
   *[other] { $part } : { $count } mentions modifiées : { $moves }
}
trial-diff-change = { $part } : { $before } → { $after }
trial-diff-examples = { $count ->
    [one] { $count } exemple, le changement le plus urgent d’abord :
   *[other] { $count } exemples, les changements les plus urgents d’abord :
}
