# cli
cli-no-command = rien à faire sans terminal. Essayez `frontdesk demo` dans un terminal, `frontdesk plan new DOSSIER` pour créer un plan, ou `frontdesk --help`.
# list
cli-home-none = aucun dossier de travail connu; nommez-en un avec --home DOSSIER
cli-home-not-set-up = rien n’est encore configuré ({ $path } n’existe pas). Essayez `frontdesk demo`, créez un plan avec `frontdesk plan new DOSSIER`, ou écrivez ce fichier (`frontdesk print config` l’affiche avec des commentaires).
cli-home-no-source = { $path } ne nomme aucune source à lire; ajoutez une section [[source]] ou essayez `frontdesk source add`
cli-home-store = la base de données a échoué : { $cause }. Rien de ce qui a été consigné n’est perdu : le journal des réponses le conserve.
cli-home-taken = un autre processus lit déjà les sources de { $path }; arrêtez-le d’abord
cli-home-io = { $path } : { $cause }
cli-query-error = requête, caractère { $column } : { $problem }
# watch
cli-watch-silent = { $source } est muette depuis plus longtemps que d’habitude; sa dernière nouvelle mention est arrivée à { $last }
cli-watch-status = { $new } nouvelles, { $versions } modifiées, { $sources ->
    [one] { $sources } source
   *[other] { $sources } sources
}
cli-watch-runtime = impossible de démarrer la lecture des sources : { $cause }
# serve
cli-serve-none = aucune source de genre « webhook » n’est configurée; ajoutez-en une à { $path }, `frontdesk print config` montre comment
cli-serve-listens = { $source } écoute sur http://{ $address }, au `path` de config.toml
cli-serve-reach = Qui livre n’atteint une adresse de bouclage que par un mandataire inverse avec TLS ou un tunnel sur cette machine, comme
    caddy reverse-proxy --from crochets.exemple.org --to ADRESSE
    cloudflared tunnel --url http://ADRESSE
  On y inscrit https://HÔTE et le `path`. SIGTERM ou Ctrl-C termine sans perdre de livraison.
cli-serve-waits = un autre frontdesk lit ce dossier et reçoit les livraisons; on attend sa fin
# source import
cli-import-new = { $count ->
    [one] { $shown } nouvelle
   *[other] { $shown } nouvelles
}
cli-import-changed = { $count ->
    [one] { $shown } modifiée
   *[other] { $shown } modifiées
}
cli-import-seen = { $count ->
    [one] { $shown } déjà vue
   *[other] { $shown } déjà vues
}
cli-import-bad = { $count ->
    [one] { $shown } illisible
   *[other] { $shown } illisibles
}
cli-import-done = { $file } : { $counts } (profil { $profile }, source { $source })
cli-import-first-bad = la première illisible : { $place } : { $cause }; toutes sont gardées dans { $file }
cli-import-stopped = arrêt; ce qui a été importé reste, et réimporter le fichier continue à partir de là
cli-import-quarantine = impossible de garder les rangées illisibles : { $error }
cli-import-head = { $file } : { $form }, lu avec le profil { $profile }; les dates sans fuseau sont à l'heure de { $zone }
cli-import-extra = (autre)
cli-import-progress = { $bar } { $percent } % · { $rows } rangées · { $rate }/s · encore { $left } · Ctrl-C arrête
cli-import-assessing = { $bar } { $done } évaluées sur { $of }, les plus récentes d’abord · { $rate }/s · encore { $left } · Ctrl-C laisse le reste au bureau
cli-import-unassessed = { $count ->
    [one] { $shown } est gardée et trouvable, mais pas encore évaluée; le bureau ou `frontdesk watch` continue
   *[other] { $shown } sont gardées et trouvables, mais pas encore évaluées; le bureau ou `frontdesk watch` continue
}
cli-import-elsewhere = le bureau ou le `frontdesk watch` ouvert les évalue, les plus récentes d’abord
# decide
cli-decide-unknown = aucune mention ne porte l’identifiant { $id }; `frontdesk list` affiche les identifiants
cli-decide-ambiguous = plusieurs mentions portent l’identifiant { $id }; nommez l’une de celles-ci : { $ids }
cli-decide-store-behind = consigné, mais la base de données n’a pas pu suivre; elle le fera au prochain démarrage : { $cause }
# triage
triage-no-file = Impossible de lire { $file } : { $cause }. Indiquez un fichier contenant un objet JSON par ligne, ou - pour l’entrée standard.
triage-strict = { $count ->
    [one] { $count } ligne a été ignorée.
   *[other] { $count } lignes ont été ignorées.
}
triage-too-long = plus de { $limit } octets; ligne ignorée
triage-not-json = JSON non valide à la colonne { $column } : { $cause }; ligne ignorée
triage-not-an-object = pas un objet JSON; ligne ignorée
triage-no-text = aucun texte; ligne ignorée
# refusal
refusal-stale-base = Quelqu’un est intervenu depuis que vous avez consulté cette mention. Revoyez-la, puis décidez.
refusal-already-decided = La décision est déjà prise : { $disposition }.
refusal-clause-needed = Une modération consignée cite une clause du plan. Nommez l’une de celles-ci : { $clauses }.
refusal-unknown-clause = Le plan n’a pas de clause { $clause }. Nommez l’une de celles-ci : { $clauses }.
refusal-no-clauses = Il n’y a pas de clause { $clause } : le plan n’a aucune clause de modération (moderation.toml).
refusal-cites-no-clause = On cite une clause pour une modération consignée ou un rappel des règles, pas dans ce cas : { $disposition }.
refusal-not-decided = Rien n’est encore décidé : il n’y a aucun motif à changer.
refusal-same-reason = Ce motif est déjà en place.
refusal-same-labels = Elle porte déjà ces étiquettes.
refusal-empty-text = Le texte est vide. Écrivez d’abord quelque chose.
refusal-edited-needs-approval = Vous avez modifié le texte approuvé et le plan demande d’abord une approbation. Mettez la mention en attente d’approbation ou utilisez le texte approuvé.
refusal-nothing-copied = Aucune réponse n’a été copiée : il n’y a rien à confirmer. Copiez-en d’abord une.
refusal-already-posted = La réponse copiée est déjà confirmée comme publiée. Ajoutez une note pour corriger.
refusal-not-said-in-public = Cette mention n’a pas été faite en public : rien de public n’y répond ({ $disposition }). Répondez en privé.
refusal-not-posted = Aucune réponse n’a encore été publiée : elle n’a donc pas d’adresse.
refusal-not-a-link = Ce n’est pas une adresse Web. Elle doit commencer par http:// ou https://.
refusal-no-such-tier = Il n’y a pas de palier d’escalade { $tier }. Choisissez de 0 à 3.
refusal-already-escalated = La mention est déjà transmise au palier { $tier }.
refusal-snooze-in-the-past = Ce moment est déjà passé. Choisissez-en un plus tard.
refusal-already-awaiting-fact = La mention attend déjà un fait.
refusal-already-awaiting-approval = La mention attend déjà une approbation.
refusal-already-awaiting-author = La mention attend déjà son auteur.
refusal-closed = La mention est fermée. Rouvrez-la d’abord.
refusal-not-closed = La mention est déjà ouverte.
refusal-claimed-by = { $who } s’en occupe. Demandez-lui d’abord de la libérer.
refusal-not-claimed = Personne ne s’en occupe.
refusal-already-captured = La mention est déjà consignée.
refusal-nothing-to-undo = Vous n’avez rien fait ici qui puisse être annulé.
refusal-nothing-to-redo = Il n’y a rien à rétablir ici.
refusal-later-act-stands = { $who } est intervenu depuis. Ajoutez plutôt une note.
refusal-cannot-be-undone = Une réponse publiée et une mention saisie à la main ne s’annulent pas. Ajoutez une note pour corriger.
blocked-author-deleted = Son auteur a supprimé la mention : pas de réponse publique.
blocked-draft = Ce message est encore une ébauche. Il doit d’abord être approuvé.
blocked-retired = Ce message n’est plus utilisé.
blocked-not-yet-valid = Ce message est utilisable à partir du { $date }.
blocked-expired = Ce message est échu depuis le { $date }.
blocked-no-approver = Personne n’est désigné pour approuver ce message d’attente.
blocked-no-approver-of-line = Personne n’est désigné pour approuver cette réponse à la rumeur.
blocked-protocol = Un protocole de sécurité suspend les réponses : { $title }. Suivez d’abord ses étapes.
blocked-election = Retenu pendant la période électorale, jusqu’au { $date } : { $title }.
blocked-rumour = Cette rumeur n’est pas encore vérifiée. Demandez au responsable du fait : { $owner }.
blocked-variable = { $name } n’a pas de valeur pour cette mention. Rédigez la réponse vous-même ou choisissez-en une autre.
blocked-no-owner = personne n’est désigné
blocked-fact-unverified = Il repose sur le fait { $fact }, que personne n’a vérifié. Demandez au responsable : { $owner }.
blocked-fact-expired = Il repose sur le fait { $fact }, échu depuis le { $date }. Demandez au responsable : { $owner }.
reply-check-transparency = Dit-elle qui parle?
reply-check-sourcing = Dit-elle où l’on peut vérifier?
reply-check-timeliness = Arrive-t-elle encore à temps?
reply-check-tone = Le ton convient-il à l’organisme?
reply-check-influence = Rejoint-elle les voix qui portent?
reply-brief-title = Escalade, palier { $tier } : { $title }
reply-brief-to = À : { $to }
reply-brief-channel = Par : { $channel }
reply-brief-said = { $author } a écrit sur { $network } :
reply-brief-why = Pourquoi c’est important : { $level } ({ $word }); { $reasons }
reply-brief-ask-by = Ce que nous demandons : dire d’ici le { $due } qui répond et ce que nous pouvons dire.
reply-brief-ask = Ce que nous demandons : dire qui répond et ce que nous pouvons dire.
reply-brief-suggested = Texte suggéré ({ $message }) : { $text }
reply-brief-blocked = Pas encore utilisable : { $why }
# log
log-error-io = Le journal des réponses est inutilisable : { $path } : { $cause }. Vérifiez le disque et les permissions, puis réessayez.
log-error-busy = Un autre programme écrit dans le journal des réponses ({ $path }). Rien n’a été consigné; réessayez dans un instant.
log-error-stale-base = Quelqu’un est intervenu sur { $mention } depuis que vous l’avez consultée. Rien n’a été consigné; revoyez-la, puis décidez.
log-error-json = L’enregistrement n’a pas pu être écrit : { $cause }. Rien n’a été consigné.
log-no-home = Il n’y a pas de dossier personnel. Indiquez-en un avec --home DIR.
log-export-failed = L’exportation n’a pas pu être écrite dans { $path } : { $cause }.
log-verify-counts = { $records ->
    [one] { $records } enregistrement
   *[other] { $records } enregistrements
} dans { $files ->
    [one] { $files } fichier
   *[other] { $files } fichiers
}
log-verify-redacted = { $count ->
    [one] { $count } enregistrement caviardé : son texte ne peut être vérifié, sa place est juste
   *[other] { $count } enregistrements caviardés : leur texte ne peut être vérifié, leur place est juste
}
log-verify-chain-breaks = { $count ->
    [one] { $count } enregistrement signale des dommages constatés auparavant
   *[other] { $count } enregistrements signalent des dommages constatés auparavant
}
log-verify-head = poste { $desk } : dernier enregistrement { $seq }, empreinte { $hash }
log-verify-sound = La chaîne est intacte.
log-verify-problems = { $count ->
    [one] { $count } problème : le journal n’est pas tel qu’il a été écrit.
   *[other] { $count } problèmes : le journal n’est pas tel qu’il a été écrit.
}
log-damage-unreadable = n’est pas un enregistrement
log-damage-hash-mismatch = modifié après l’écriture : son empreinte ne correspond pas
log-damage-prev-mismatch = ne suit pas l’enregistrement précédent
log-damage-seq-mismatch = un enregistrement manque avant celui-ci, ou il figure deux fois
log-damage-torn-tail = tronqué : la ligne n’est pas terminée
log-damage-redaction-unexplained = caviardé, et aucun enregistrement ne dit par qui ni pourquoi
log-act-decided = décidé
log-act-copied = réponse copiée
log-act-posted = réponse publiée
log-act-linked = adresse ajoutée
log-act-escalated = transmise
log-act-snoozed = reporté
log-act-awaited = mis en attente
log-act-noted = note
log-act-claimed = pris en charge
log-act-released = libéré
log-act-captured = saisi à la main
log-act-overridden = branche remplacée
log-act-opened = rouvert
log-act-undone = annulé
log-act-chain-break = dommages constatés
log-act-unknown = acte d’une version ultérieure

# demo and desk
cli-demo-where = démo : tout se trouve dans { $place }
cli-demo-kept = démo : tout est conservé dans { $place }; frontdesk --home ce-dossier demo reprend là
cli-no-terminal = le bureau a besoin d’un terminal. Essayez « frontdesk demo » dans un terminal, créez un plan avec « frontdesk plan new DIR » ou évaluez un fichier avec « frontdesk triage --plan DIR FICHIER »
cli-log-deed = { $deed } : { $detail }
cli-log-clause = clause { $clause }
cli-log-series = série { $series }
cli-file-set-up = des réglages et un premier plan ont été créés; modifiez-les dans { $path } et à côté
cli-file-missing = Ce fichier n’existe pas. Vérifiez le chemin.
cli-file-is-folder = C’est un dossier. Nommez un fichier.
