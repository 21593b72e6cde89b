# Le bureau : couches, fichier des touches, modes, avis.
desk-layer-desk = Partout
desk-layer-case = La mention sélectionnée
desk-layer-feed = Fil
desk-layer-detail = Détail
desk-layer-log = Registre des réponses
desk-layer-menu = Menus et palette
desk-layer-prompt = Questions d’une ligne
desk-layer-filter = Barre de filtre
desk-layer-composer = Éditeur
desk-layer-page = Aide, rapports, résumés
desk-keys-header =
    Les touches du bureau, une ligne pour chacune : on = les touches, run = la commande, desc = vos propres mots.
    Ne mettez dans keys.toml que les lignes à changer; une ligne remplace ce qui se trouvait sur ses touches.
    run = "none" libère les touches. Les touches d’une suite sont séparées par une espace : on = "R s".
desk-keys-line = ligne { $line } : { $what }
desk-keys-nearest = { $what } Vouliez-vous dire { $nearest }?
desk-keys-shape = { $message }
desk-keys-unknown-layer = la couche { $name } n’existe pas.
desk-keys-unknown-command = la commande { $name } n’existe pas.
desk-keys-not-allowed = { $command } ne fonctionne pas dans cette couche; elle fonctionne dans { $layers }.
desk-keys-unknown-key = { $key } n’est pas une touche; écrivez j, G, ctrl-d, shift-tab, space, f1.
desk-keys-takes-text = { $key } est du texte dans cette couche; ajoutez ctrl- ou alt-, ou prenez une touche nommée.
desk-keys-duplicate = { $keys } se trouve déjà à la ligne { $first }.
desk-keys-ambiguous = { $keys } et { $other } de la ligne { $first } commencent pareil; une seule pourrait servir.
desk-notice-refused-some = Non fait pour { $refused } sur { $of } : { $first }
desk-notice-nothing-selected = Aucune mention n’est sélectionnée.
desk-notice-not-read = Cette mention est en cours de lecture, ou n’existe plus.
desk-notice-no-suggestion = Le plan n’a pas de réponse pour cette mention; i permet d’en écrire une.
desk-notice-blocked = Cette réponse ne peut pas être copiée : { $why }
desk-notice-no-page = Cette mention n’a pas de page à ouvrir.
desk-notice-open-failed = La page n’a pas pu être ouverte : { $cause }
desk-notice-no-tiers = Le plan n’a pas de matrice d’escalade (escalation.toml).
desk-notice-nothing-unseen = Tout ce qui est ici a été vu.
desk-notice-nothing-to-undo = Vous n’avez aucun acte à annuler.
desk-notice-nothing-to-redo = Vous n’avez aucun acte annulé à rétablir.
desk-notice-copied-tmux = Remis à tmux pour le presse-papiers; aussi dans { $file }
desk-notice-copied-terminal = Envoyé au terminal pour le presse-papiers; aussi dans { $file }
desk-notice-copied-file = Écrit dans { $file }; le presse-papiers de ce terminal n’est pas accessible
desk-notice-recorded = { $records ->
    [one] Consigné
   *[other] { $records } écritures consignées
}
desk-notice-not-recorded = { $records ->
    [one] Non consigné; la mention est de retour.
   *[other] { $records } écritures non consignées; les mentions sont de retour.
} { $cause }
desk-notice-partly-recorded = { $recorded } sur { $of } consignées. { $cause }
desk-notice-late = Le registre n’a pas encore répondu; ce que vous décidez entre-temps attend dans l’ordre.
desk-notice-foreign = { $actor } vient d’agir sur cette mention.
desk-notice-plan-loaded = { $findings ->
    [0] Le plan a été rechargé.
    [one] Le plan a été rechargé; plan check a { $findings } constat.
   *[other] Le plan a été rechargé; plan check a { $findings } constats.
}
desk-notice-plan-kept = { $problems ->
    [one] Le plan enregistré a un problème; le dernier bon plan reste en vigueur. { $problem }
   *[other] Le plan enregistré a { $problems } problèmes; le dernier bon plan reste en vigueur. { $problem }
}
desk-notice-store-failed = Le dépôt a échoué : { $cause }
desk-notice-log-damaged = Le registre des réponses est abîmé; l’écriture continue. { $cause }
desk-notice-report-written = Aussi écrit dans { $file }
desk-notice-report-failed = Le rapport n’a pas pu être produit : { $cause }
desk-notice-captured = Saisie sous { $id }
desk-notice-capture-failed = La publication n’a pas pu être saisie : { $cause }
desk-notice-draft-failed = Le brouillon n’a pas pu être enregistré : { $cause }
desk-notice-drafts-kept = { $count ->
    [one] { $count } brouillon d’une session antérieure est conservé.
   *[other] { $count } brouillons d’une session antérieure sont conservés.
}
desk-notice-theme-failed = Le thème n’a pas pu être chargé : { $cause }
desk-notice-sources-elsewhere = Un autre frontdesk lit les sources de ce dossier; ce bureau montre ce qu’il garde.
desk-menu-suggested = suggéré par le plan
desk-menu-no-reason = sans motif
desk-snooze-one-hour = une heure
desk-snooze-two-hours = deux heures
desk-snooze-three-hours = trois heures
desk-snooze-next-opening = prochaine ouverture, dès demain
desk-snooze-next-week = dans une semaine
desk-page-copy-by-hand = Copiez ce texte à la main
