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
desk-layer-walk = Parcours de l’arbre de décision
desk-layer-page = Aide, rapports, résumés
desk-layer-sources = Sources
desk-layer-quarantine = Éléments illisibles d’une source
desk-keys-header =
    Les touches du bureau, une ligne pour chacune : on = les touches, run = la commande, desc = vos propres mots.
    Ne mettez dans keys.toml que les lignes à changer; une ligne remplace ce qui se trouvait sur ses touches.
    run = "none" libère les touches. Les touches d’une suite sont séparées par une espace : on = "R s".
desk-keys-column-keys = touches
desk-keys-column-command = commande
desk-keys-column-does = ce qu’elle fait
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
desk-notice-personal = Cette réponse nomme une personne : copiez-la pour une mention à la fois.
desk-notice-no-page = Cette mention n’a pas de page à ouvrir.
desk-notice-open-failed = La page n’a pas pu être ouverte : { $cause }
desk-notice-no-tiers = Le plan n’a pas de matrice d’escalade (escalation.toml).
desk-notice-walk-open = Une question reste ouverte : répondez-y d’abord.
desk-notice-walk-unchanged = Vous n’avez rien répondu que le plan ne réponde déjà; rien n’est consigné.
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
desk-label-is-so = c’est le cas
desk-label-take-away = présent; sera retiré
desk-menu-suggested = suggéré par le plan
desk-menu-no-reason = sans motif
desk-menu-no-clause = aucune clause
desk-menu-may-apply = pourrait s’appliquer
desk-snooze-one-hour = une heure
desk-snooze-two-hours = deux heures
desk-snooze-three-hours = trois heures
desk-snooze-next-opening = prochaine ouverture, dès demain
desk-snooze-next-week = dans une semaine
desk-page-copy-by-hand = Copiez ce texte à la main
# views
view-urgent = Urgentes
view-open = À traiter
view-mine = À moi
view-snoozed = Reportées
view-closed = Fermées
view-all = Toutes
view-detail = Mention
view-log = Registre des réponses
view-demo-clock = heure de démo { $moment }
view-new = { $count ->
    [one] { $count } nouvelle
   *[other] { $count } nouvelles
}
view-marked = { $count ->
    [one] { $count } marquée
   *[other] { $count } marquées
}
view-found = { $n ->
    [one] { $count } trouvée
   *[other] { $count } trouvées
}
view-due-left = d’ici
view-due-late = retard
view-due = à traiter d’ici { $span }
view-overdue = en retard de { $span }
view-until = jusqu’à { $moment }
view-empty-loading = Lecture…
view-empty-filtered = Rien ici ne correspond au filtre. { $key } l’enlève.
view-empty-urgent = Rien d’urgent. { $key } montre tout ce qui est à traiter.
view-empty-open = Plus rien à traiter : chaque mention a sa décision. { $key } montre ce qui a été décidé.
view-empty-mine = Rien n’est à vous. { $key } vous attribue la mention sous le curseur.
view-empty-snoozed = Rien n’est reporté. { $key } reporte la mention sous le curseur.
view-empty-closed = Rien n’est encore décidé.
view-empty-all = Aucune mention pour l’instant. Elles paraissent ici à mesure que les sources les apportent.
view-detail-none = Aucune mention n’est sélectionnée.
view-detail-missing = Cette mention n’est plus conservée.
view-detail-loading = Lecture…
view-claimed-by = entre les mains de { $who }
view-changed = modifiée depuis la décision
view-author-deleted = supprimée par son auteur
view-not-relevant = ne nous concerne pas
view-audience-followers = réservée aux abonnés : répondez en privé
view-audience-named = message privé : répondez en privé
view-author-bot = compte automatisé
view-compose-not-public = pas dit en public : n’envoyez ceci qu’à son auteur
view-extras = Autres données de la source
view-backlog = antérieure
view-followers = { $count ->
    [one] { $count } abonné
   *[other] { $count } abonnés
}
view-followers-unknown = ? abonnés
view-network-kind = { $kind } { $network }
view-captured-by = saisie par { $who }
view-likes = { $n ->
    [one] { $count } j’aime
   *[other] { $count } j’aime
}
view-reposts = { $n ->
    [one] { $count } partage
   *[other] { $count } partages
}
view-replies = { $n ->
    [one] { $count } réponse
   *[other] { $count } réponses
}
view-language-unsure = { $language }?
view-reply = Réponse
view-reply-holding = Message d’attente
view-reply-template = Modèle
view-reply-rumour = Réponse à la rumeur
view-reply-copied = Copiée, pas encore publiée
view-reply-posted = Répondu
view-reply-none = Le plan n’a pas de réponse pour cette mention.
view-reply-too-long = { $count ->
    [one] { $count } caractère de trop pour ce réseau.
   *[other] { $count } caractères de trop pour ce réseau.
}
view-approved = approuvée
view-approved-by = approuvée par { $who }
view-next-update = promet une mise à jour d’ici { $minutes } min
view-copied-by = copiée par { $who }, { $moment }
view-posted-by = publication confirmée par { $who }, { $moment }
view-labels = Ses mots
view-labels-correct = { $key } corrige
view-labels-unsure = incertain, { $percent } %
view-labels-toward = { $label } envers { $target }
view-labels-urgency-1 = quand possible
view-labels-urgency-2 = aujourd’hui
view-labels-urgency-3 = maintenant
view-labels-type = type : { $name }
view-labels-plan = le plan dit { $says } · { $id } ({ $place })
view-labels-person = une personne dit { $says }
view-labels-copies = quasi-copies
view-labels-first = la première : { $author }, { $moment }
view-labels-same = les mêmes mots que la première
view-labels-differs = s’en écarte : { $words }
view-way = Arbre de décision
view-overridden = Choix d’une personne : { $why }
view-walk-yes = oui
view-walk-no = non
view-walk-open = à répondre
view-walk-by-plan = plan
view-walk-by-person = vous
view-walk-against = vous, contre le plan
view-walk-answer-first = la suite dépend de votre réponse
view-way-by = réponse de { $who }
view-way-assumed-yes = présumé oui
view-way-assumed-no = présumé non
view-why = Pourquoi { $level }
view-score = { $score } points
view-floor = pas sous { $level } : { $name }
view-cap = pas au-dessus de { $level } : { $name }
view-why-nothing = Aucune règle du plan n’a donné de points.
view-why-stakeholder = de la part de { $group }
view-why-posture = { $posture } : { $initiative }
view-why-initiative = points de base : { $initiative }
view-why-reach = { $count ->
    [one] portée : { $count } abonné
   *[other] portée : { $count } abonnés
}
view-why-reach-unknown = portée inconnue
view-why-velocity = { $count ->
    [one] vitesse : { $count } réaction à l’heure
   *[other] vitesse : { $count } réactions à l’heure
}
view-why-velocity-unknown = vitesse inconnue
view-why-limit = limité à 100
view-relevance = Nous concerne parce que
view-initiatives = Initiatives
view-spokesperson = porte-parole { $who }
view-expectations = attend
view-concerns = craint
view-needs = a besoin
view-sensitivities = attention
view-channels = joindre par
view-messages = Messages clés
view-protocol = protocole : { $kind }
view-protocol-suspends = réponses suspendues
view-protocol-capture = La capture est conservée avec chaque inscription.
view-election = Période électorale jusqu’au { $date } : { $title }
view-election-candidate = nomme une candidature
view-election-short = période électorale jusqu’au { $date }
view-rumours = Rumeurs
view-places = Lieux
view-place-here = ici
view-place-elsewhere = ailleurs
view-place-words = { $place } : { $words }
view-clauses = Clauses qui pourraient s’appliquer
view-clauses-remark = une personne décide
view-tier = Escalade, palier { $tier } : { $title }
view-tier-backup = relève : { $who }
view-tier-out-of-hours = hors des heures : { $how }
view-tier-within = accusé de réception attendu en { $span }
view-series = série de documents { $series } { $title }, { $keep }
view-kept-years = { $count ->
    [one] conservation de { $count } an
   *[other] conservation de { $count } ans
}
view-kept-days = { $count ->
    [one] conservation de { $count } jour
   *[other] conservation de { $count } jours
}
view-kept-permanent = conservation permanente
view-message-from = à partir du { $date }
view-message-until = jusqu’au { $date }
view-message-expired = échu le { $date }
view-fact-verified = vérifié le { $date }
view-fact-unverified = personne ne l’a vérifié
view-fact-expired = expiré le { $date }
view-versions = Versions antérieures
view-records = Actes sur ce cas
view-author = Du même auteur
view-author-counts = { $total } conservées, { $open } à traiter
view-author-first = Rien d’autre n’est conservé de ce compte.
view-log-empty = Aucune décision pour l’instant. Chacune paraît ici une fois enregistrée.
view-note = « { $note } »
view-act-copied = a copié { $reply }
view-act-posted = a publié { $reply }
view-act-linked = a ajouté l’adresse { $permalink }
view-act-escalated = l’a transmise au palier { $tier } : { $to }
view-act-snoozed = a reporté à { $moment }
view-act-claimed = l’a prise en main
view-act-released = l’a redonnée
view-act-captured = l’a saisie à la main
view-act-relabelled = étiqueté à la main : { $labels }
view-act-opened = l’a rouverte
view-act-overridden = arbre de décision : plutôt { $outcome }
view-answer-yes = { $step } : oui
view-answer-no = { $step } : non
view-act-undone = { $count ->
    [one] a annulé un acte
   *[other] a annulé { $count } actes
}
view-act-edited = { $message } (modifié)
view-act-own-words = ses propres mots
view-act-chain-break = registre endommagé; la chaîne reprend ici
view-posture = vigilance { $posture }
view-posture-of = { $posture } : { $initiative }
view-late = { $count } en retard
view-sources = { $live }/{ $all } en direct
view-no-sources = aucune source
view-source-failed = { $source } arrêtée
view-source-silent = { $source } muette depuis { $span }
view-source-retrying = { $source } hors d’atteinte
view-source-paused = { $source } en pause
view-source-lag = { $source } : { $count } en attente
view-source-lag-bytes = { $source } : { $count } Mo à lire
view-bad-items = { $count ->
    [one] { $count } illisible
   *[other] { $count } illisibles
}
view-reassessing = nouveau plan : { $done } sur { $of }
view-assessing = importation : { $done } sur { $of } évaluées
view-saved = enregistré
view-saving = enregistre { $count }
view-unrecorded = { $count ->
    [one] { $count } non enregistré
   *[other] { $count } non enregistrés
}
view-more-banners = (+{ $count })
view-menu-palette = Commandes
view-menu-disposition = Qu’en fait-on?
view-menu-reason = { $disposition } : pourquoi sans réponse?
view-menu-clause = { $disposition } : quelle clause?
view-menu-change-reason = Une autre raison
view-menu-escalate = Transmettre à…
view-menu-snooze = Reporter à…
view-menu-label = Qu’en est-il ?
view-menu-theme = Thème
view-menu-nothing = Rien ne correspond.
view-ask-permalink = Où est-ce publié?
view-ask-permalink-help = L’adresse de la réponse publiée. Vide : publiée, adresse inconnue.
view-ask-note = Note
view-ask-note-help = Entre au registre. Les notes peuvent être divulguées.
view-ask-decision-note = { $disposition } : une note?
view-ask-decision-note-help = Entre dans le même acte. Vide : sans note. Les notes peuvent être divulguées.
view-ask-branch-reason = Pourquoi une autre branche?
view-ask-branch-reason-help = Votre réponse diffère de celle d’une règle du plan. La raison va au registre et peut être divulguée.
view-ask-count = Vraiment?
view-ask-count-help = Tapez { $count } pour l’appliquer à toutes.
view-compose = Réponse sur { $network } · { $language }
view-looked-again = Elle s'y trouvait encore à { $moment }.
view-not-looked-again = pas revue depuis { $moment } : elle peut avoir changé
view-compose-changed = La mention a changé depuis que vous avez commencé. Vous voyez son nouveau texte.
view-compose-approval = Vous avez changé les mots approuvés : le plan demande d’abord une approbation.
view-compose-edited = Vos propres mots : aucune approbation n’entre au registre.
view-capture = Saisir une publication
view-capture-help = Collez la publication. Ces lignes avant elle sont comprises : @compte, son adresse,
view-capture-lines = date : 2026-11-20 16:05 · par : qui l’a signalée · fichier : ce qui l’accompagne
view-capture-said = dite { $moment }
view-capture-by = signalée par { $who }
view-capture-file = avec { $file }
view-first-what = Un bureau d’accueil pour ce que votre communauté dit en ligne : chaque mention avec les raisons de son importance, ce qu’en dit votre plan de réponse, et un registre de vos décisions.
view-first-demo = Essayer la démo
view-first-demo-help = Une ville fictive, un vendredi difficile. Rien n’est conservé.
view-first-plan = Faire un plan
view-first-plan-help = Cinq questions, puis un plan de départ commenté pour votre propre ville.
view-first-file = Ouvrir un fichier
view-first-file-help = Les mentions d’un fichier, un objet JSON par ligne, lues selon un premier plan.
view-first-keys = 1 2 3 ou Entrée choisit, q quitte.
view-first-path-keys = Tapez ou collez le chemin du fichier. Entrée l’ouvre, Échap revient en arrière.

# Ce que l’écriture du journal a trouvé.
desk-log-torn = { $file } : une ligne coupée de { $bytes } octets, à la position { $offset }, a été mise de côté dans { $kept }. Tout ce qui précède tient.
desk-log-completed = { $file } : il ne manquait au dernier enregistrement, à la position { $offset }, que sa fin de ligne; elle a été ajoutée.
desk-log-damage = { $file }, ligne { $line } : { $cause }. Lancez « frontdesk log verify »; le prochain enregistrement en fera état.
desk-log-cut-short = { $written } sur { $size } enregistrés : une action groupée a été interrompue par la fin du programme.
# import
desk-layer-import = Choix des colonnes d’une exportation
import-path = Importer un fichier
import-path-help = Le chemin d’une exportation : CSV, TSV, Excel, NDJSON ou JSON. On peut la déposer ici.
import-looking = Lecture du début du fichier…
import-title = Importer { $file }
import-columns = { $form } · { $count ->
    [one] { $count } colonne
   *[other] { $count } colonnes
}
import-first = La première mention qui en sort
import-undated = sans date
import-anonymous = auteur inconnu
import-beside = { $count ->
    [one] { $count } colonne gardée à côté
   *[other] { $count } colonnes gardées à côté
}
import-known = Ce sont les colonnes de { $profile } : Entrée importe le fichier tel quel.
import-no-text = Aucune colonne n’est encore le texte : allez à celle qui contient ce que les gens ont écrit et pressez sa touche.
import-no-mention = Aucune des premières rangées n’a de texte dans cette colonne.
import-dates = { $bad ->
    [one] { $bad } date sur { $of } est illisible : « { $first } ». Cette rangée est gardée sans date.
   *[other] { $bad } dates sur { $of } sont illisibles, la première : « { $first } ». Ces rangées sont gardées sans date.
}
import-name = Comment s’appelle cette exportation?
import-name-help = Les colonnes sont enregistrées dans un profil de ce nom; la prochaine exportation de ce genre sera lue d’elle-même.
import-name-letters = Un nom prend des lettres sans accents, des chiffres, `_`, `.` et `-`.
import-name-taken = Il y a déjà un profil { $name }.
import-runs = Une importation est déjà en cours; la palette l’arrête.
import-none = Aucune importation en cours.
import-done = { $file } : { $counts }
import-stopped = { $file } : arrêtée après { $counts }; la réimporter continue à partir de là
import-failed = { $file } n’a pas pu être importé : { $cause }
view-importing = { $file } : { $rows } rangées · { $rate }/s · encore { $left }
# L’écran des sources.
view-sources-title = Sources
view-sources-none = Aucune source n’est configurée. `frontdesk source add` demande ce qu’il faut.
view-sources-elsewhere = Un autre processus les lit. Voici ce qu’il a dit à { $moment }.
view-sources-nobody = Aucun processus ne les lit. Voici ce qui a été dit à { $moment }; les ordres valent dès le prochain démarrage.
view-sources-reads = lit
view-sources-state = état
view-sources-failed = erreur
view-sources-failed-at = { $moment } : { $error }
view-sources-failed-since = { $moment }, depuis { $since } : { $error }
view-sources-heard = entendue
view-sources-new = nouveau
view-sources-new-hour = { $count } dans la dernière heure
view-sources-new-last = la dernière { $moment }
view-sources-new-usual = { $hour }, { $last }; la suivante d’habitude avant { $by }
view-sources-silent = muette depuis { $span }, plus longtemps que d’habitude
view-sources-rate = { $count }/h
view-sources-behind = en retard
view-sources-behind-items = { $count ->
    [one] { $count } élément en route
   *[other] { $count } éléments en route
}
view-sources-behind-bytes = { $count } Kio à lire
view-sources-quota = demandes
view-sources-quota-left = encore { $left }
view-sources-quota-of = encore { $left } sur { $limit }
view-sources-quota-until = { $quota }, jusqu’à { $moment }
view-sources-read = apporté
view-sources-read-count = { $count ->
    [one] { $count } élément depuis le démarrage
   *[other] { $count } éléments depuis le démarrage
}
view-sources-bad = illisible
view-sources-bad-count = { $count ->
    [one] { $count } élément n’a pas pu être lu
   *[other] { $count } éléments n’ont pas pu être lus
}
view-sources-note = à savoir
view-sources-steer-failed = L’ordre n’a pas pu être gardé : { $cause }
view-quarantine-title = Éléments illisibles · { $source }
view-quarantine-reading = Lecture…
view-quarantine-none = Tout a pu être lu de cette source.
view-quarantine-failed = Les éléments illisibles ne peuvent pas être lus : { $cause }
view-quarantine-more = De plus anciens sont dans { $file }.
view-quarantine-unknown = gardé par une autre version du programme
view-quarantine-ask = Mettre de côté tous les éléments illisibles de { $source }? Ils restent dans un fichier d’un autre nom. [{ $yes } : oui, { $no } : non]
view-quarantine-aside = Mis de côté sous { $file }
view-quarantine-nothing = Il n’y avait rien à mettre de côté
# Le bouclier devant les injures et les menaces.
desk-shield-raised = Les injures et les menaces sont de nouveau masquées.
desk-shield-lowered = Les injures et les menaces sont affichées jusqu’à la fermeture du poste; shield = false dans config.toml rend ce choix durable.
desk-shield-is-lowered = Rien n’est masqué : le bouclier est abaissé.
desk-shield-nothing = Rien n’est masqué ici.
view-covered = Une injure ou une menace est masquée; { $key } l’affiche.
view-exposures = { $n ->
    [one] { $count } exposition pendant ce quart
   *[other] { $count } expositions pendant ce quart
}
view-unshielded = { $n ->
    [one] bouclier abaissé · { $count } exposition pendant ce quart
   *[other] bouclier abaissé · { $count } expositions pendant ce quart
}
# Filtres rapides de la palette.
desk-quick-protocols = seulement là où un protocole de sécurité s’applique
desk-quick-threats = seulement les menaces
desk-quick-abuse = seulement les injures
desk-quick-heated = seulement les propos emportés ou pires
desk-quick-staff = seulement ce qui est hostile au personnel
desk-quick-negative = seulement ce qui est négatif
desk-quick-positive = seulement ce qui est positif
desk-quick-questions = seulement les questions
desk-quick-requests = seulement les demandes de service
desk-quick-complaints = seulement les plaintes
desk-quick-claims = seulement les affirmations à vérifier
desk-quick-thanks = seulement les remerciements
desk-quick-media = seulement les demandes de journalistes
desk-quick-now = seulement ce qui presse aujourd’hui ou maintenant
desk-quick-copies = seulement ce qui a été copié plus de dix fois
desk-quick-surges = seulement ce qui est en poussée
desk-quick-unhappy = seulement les clients mécontents
desk-quick-ragers = seulement les enragés et les provocateurs
# Quasi-copies.
desk-copies-none = Cette mention n’a pas de quasi-copies.
desk-copies-each = Ici, chaque quasi-copie figure à part.
view-ask-copies = { $deed } : pour toutes les quasi-copies?
view-ask-copies-help = Entrée l’inscrit pour chacune de celles qui sont ouvertes, une écriture par mention. Échap n’inscrit rien; → les affiche une à une.
# Poussées.
desk-surge-everything = l’ensemble des sujets
desk-surge-noticeable = notable
desk-surge-strong = forte
desk-surge-exceptional = exceptionnelle
desk-surge-begun = Poussée { $level } : { $subject }
desk-surge-grown = Poussée devenue { $level } : { $subject }
desk-surge-over = Fin de la poussée : { $subject }
view-surge = poussée { $level } depuis { $since } : { $subject }
view-surge-short = poussée { $level } depuis { $since }
view-surging = En poussée
view-empty-surging = Rien à traiter ne fait partie d’une poussée.
view-surge-volume = { $n ->
    [one] { $n } publication en { $minutes } min, d’ordinaire { $usual }
   *[other] { $n } publications en { $minutes } min, d’ordinaire { $usual }
}
