# La justesse des étiquettes.
eval-no-plan = « gold » se juge d’après un plan : nommez-le avec --plan DOSSIER
eval-empty = { $file } : aucune ligne n’a d’étiquette, de tabulation et de texte
eval-no-column = { $file } : il n’y a pas de colonne { $column }; il y a { $there }
eval-bad-line = { $file }:{ $line } : { $cause }
eval-bad-gain = « { $gain } » n’est pas un gain : écrivez un nombre entier, 0 pour ce que personne n’a besoin de voir
eval-unknown-label = « { $label } » n’est pas une étiquette de cette tâche : écrivez { $known }; ou nommez celles qui veulent dire oui avec --positive
eval-title = { $task }, { NUMBER($count) ->
    [one] 1 texte
   *[other] { $count } textes
}
eval-accuracy = exactitude
eval-macro-f1 = F1 moyenne
eval-macro-recall = rappel moyen
eval-calibration = erreur de calibrage
eval-class = classe
eval-expected = attendus
eval-precision = précision
eval-recall = rappel
eval-f1 = F1
eval-matrix = Attendu (lignes), dit (colonnes) :
eval-shown = confiance affichée
eval-right = part juste
eval-count = étiquettes
eval-mistakes = Erreurs, les plus assurées d’abord :
eval-copies-title = quasi-copies, { NUMBER($posts) ->
    [one] 1 publication
   *[other] { $posts } publications
}, { NUMBER($clusters) ->
    [one] 1 groupe
   *[other] { $clusters } groupes
}
eval-pairs-right = paires réunies à raison
eval-pairs-wrong = paires réunies à tort
eval-pairs-missed = paires manquées
eval-order-title = ordre : nDCG des 100 premières places
eval-event = événement
eval-posts = publications
eval-order-model = modèle
eval-order-desk = comptoir
eval-order-random = sans ordre
eval-mean = moyenne
eval-quantity = mesure
eval-gold-title = gold, { NUMBER($count) ->
    [one] 1 publication
   *[other] { $count } publications
}
eval-gold-hostility = hostilité de 1 et plus
eval-gold-threat = menaces
eval-gold-asks-english = question ou demande, anglais
eval-gold-asks-french = question ou demande, français
eval-gold-initiatives = initiatives
eval-gold-relevant = pertinence
eval-gold-sentiment = sentiment, part juste
eval-gold-language = langue, part juste
eval-gold-now = exige une réponse maintenant, en P1 ou P2
eval-gold-ignored = peut être ignoré, ni l’un ni l’autre
eval-gold-calibration = erreur de calibrage
# Ce que le plan apprend.
learn-nothing = aucune correction ne tient dans ces inscriptions
learn-bad-line = { $file }:{ $line } : pas une inscription de registre : { $cause }
learn-summary = { $lessons } corrections : { $known } déjà partagées par le plan; { $labels } étiquettes et { $tests } tests proposés; { $open } tests attendent une personne : aucun mot trouvé, ou une question de points
eval-bad-time = « { $found } » n’est pas une heure : écrivez 2026-11-20T16:41:28-08:00, ou des secondes depuis 1970
eval-surges-title = poussées, { NUMBER($posts) ->
    [one] 1 publication
   *[other] { $posts } publications
}, { NUMBER($bursts) ->
    [one] 1 flambée
   *[other] { $bursts } flambées
}
eval-surges-desk = comme au comptoir
eval-surges-even = à ≤ 0,25 fausse
eval-surges-strictness = seuils multipliés par
eval-surges-false-rate = fausses alertes par sujet et semaine
eval-surges-recall-8 = signalées, saillance de 8 et plus
eval-surges-recall-16 = … de 16 et plus
eval-surges-recall-4-8 = … de 4 à 8
eval-surges-recall-4 = … de moins de 4
eval-surges-delay-median = délai en minutes, médiane
eval-surges-delay-p90 = … 9 sur 10 en moins de
