# frontdesk source add : les types de sources, leurs questions, et ce qui se dit en chemin.
source-permission-nobody = Aucune permission n'est nécessaire :
source-permission-password = Le mot de passe ou le jeton d'un compte suffit :
source-permission-company = Une entreprise doit d'abord donner son accord :
# Ce que chaque type lit, et ce qu'il lui faut.
source-kind-folder = un dossier où vous déposez les exportations d'autres outils
source-kind-folder-needs = une exportation d'un outil que vous avez déjà : CSV, TSV, NDJSON, JSON ou Excel
source-kind-feed = nouvelles, blogues, alertes Google : RSS, Atom, JSON Feed
source-kind-feed-needs = l'adresse d'un fil, ou celle de la page qui l'annonce
source-kind-command = un programme à vous qui écrit des mentions
source-kind-command-needs = un programme ou un script; demo-data/sources en offre deux pour commencer
source-kind-ndjson = un fichier auquel autre chose ajoute des mentions
source-kind-ndjson-needs = un fichier avec un objet JSON par ligne; il peut ne pas exister encore
source-kind-webhook = ce que d'autres services envoient : Zapier, Make, n8n, alertes
source-kind-webhook-needs = une adresse à vous que l'autre service peut joindre
source-kind-jetstream = chaque message public de Bluesky dès sa parution, filtré ici
source-kind-jetstream-needs = rien d'autre qu'une ligne capable de porter tous les messages du réseau
source-kind-open311 = les demandes de service d'une ville : Open311 GeoReport
source-kind-open311-needs = l'adresse du service Open311 de la ville
source-kind-bluesky = mentions, réponses, citations et recherches sur Bluesky
source-kind-bluesky-needs = votre identifiant et un mot de passe d'application (Paramètres, Vie privée et sécurité, Mots de passe d'application)
source-kind-mastodon = mentions et mots-clics sur Mastodon, en direct
source-kind-mastodon-needs = un jeton d'accès (Préférences, Développement, Nouvelle application) qui peut lire les notifications et les messages
source-kind-facebook = publications et commentaires de votre page Facebook
source-kind-facebook-needs = un jeton d'accès de page d'une application que Meta a examinée
source-kind-reddit = nouvelles publications de subreddits
source-kind-reddit-needs = le jeton de fil privé d'un compte (reddit.com/prefs/feeds); Reddit demande aux organisations d'obtenir son accord
source-kind-stdin = ce qui arrive à frontdesk par un tube
source-kind-stdin-needs = un programme devant le tube qui écrit un objet JSON par ligne
source-kind-replay = un enregistrement rejoué, pour un exercice
source-kind-replay-needs = un fichier avec un objet JSON par ligne, chacun avec l'heure de sa publication
# Jusqu'où chaque type a été essayé.
source-tried-here = oui
source-tried-server = le logiciel même du serveur, pas le service en ligne
source-tried-recordings = des enregistrements du service en ligne
source-tried-documents = non : écrit d'après ses documents publiés
# Les questions de chaque type.
source-ask-folder-path = Le dossier, à partir de celui de config.toml
source-ask-feed-url = L'adresse du fil, ou celle de la page qui l'annonce
source-ask-command-command = Le programme et ses arguments; aucun interpréteur de commandes ne les lit
source-ask-command-cwd = Le dossier où il s'exécute, à partir de celui de config.toml (vide : celui de config.toml)
source-ask-ndjson-path = Le fichier, à partir du dossier de config.toml
source-ask-webhook-signature = Comment l'autre côté prouve qui il est
source-ask-webhook-secret = Le secret que vous partagez avec l'autre côté
source-ask-webhook-verify-token = Le jeton qui répond à la première question de Meta
source-ask-webhook-path = Le chemin sous votre adresse, que personne ne devrait deviner
source-ask-webhook-listen = Où cette machine écoute
source-ask-jetstream-match = À quoi un message doit correspondre, dans le langage de requête du plan (vide : ce que le plan juge pertinent)
source-ask-open311-url = L'adresse du service, jusqu'à ce qui précède /requests.json
source-ask-open311-jurisdiction = La juridiction, si le service en demande une (vide : aucune)
source-ask-bluesky-handle = Votre identifiant, comme ville.bsky.social
source-ask-bluesky-password = Le mot de passe d'application
source-ask-bluesky-search = Des mots à chercher, séparés par des virgules (vide : aucun)
source-ask-mastodon-server = Votre serveur, comme https://mastodon.social
source-ask-mastodon-token = Le jeton d'accès
source-ask-mastodon-hashtags = Des mots-clics à suivre, séparés par des virgules (vide : aucun)
source-ask-facebook-page = Le nom ou le numéro de la page
source-ask-facebook-token = Le jeton d'accès de la page
source-ask-reddit-subreddits = Les subreddits, séparés par des virgules
source-ask-reddit-user = Le compte auquel le jeton appartient
source-ask-reddit-token = Le jeton de fil privé
source-ask-replay-path = Le fichier, à partir du dossier de config.toml
# Secrets.
source-add-secret-where = { $what } : où se trouve ce secret?
source-add-secret-way = Numéro
source-add-secret-made-up = frontdesk en invente un; vous le donnez à l'autre côté
source-add-secret-typed = vous le tapez maintenant; il va dans un fichier que vous seul pouvez lire
source-add-secret-env = dans une variable d'environnement
source-add-secret-command = un programme l'affiche, comme : pass show ville/bluesky
source-add-secret-file = dans un fichier que vous seul pouvez lire
source-add-secret-type = Tapez-le ou collez-le; rien ne s'affiche :
source-add-secret-env-which = Le nom de la variable :
source-add-secret-command-which = Le programme et ses arguments :
source-add-secret-file-which = Le fichier, à partir du dossier de config.toml :
source-add-secret-kept = Son { $key } se trouve dans { $file }, que vous seul pouvez lire.
# En chemin.
source-add-kind = Laquelle? Son numéro ou son mot :
source-add-which-kind = dites quel type de source : { $kinds }
source-add-unknown-kind = aucun type de source ne s'appelle { $name }; il y a { $kinds }
source-add-unknown-kind-near = aucun type de source ne s'appelle { $name }; vouliez-vous dire { $near }?
source-add-needs = Il lui faut : { $needs }.
source-add-not-tried = Écrit d'après des documents publiés, sans essai contre le service en ligne.
source-add-foreign-flag = { $flag } ne sert pas aux sources de type { $kind }
source-add-missing = une source de type { $kind } demande aussi { $flags }
source-add-id = Son nom au comptoir
source-add-trying = Essai en cours…
source-add-agree = L'ajouter?
source-add-all-the-same = L'ajouter quand même?
source-add-yes = oui
source-add-no = non
source-add-stopped = rien n'a été ajouté
source-add-does-not-work = elle ne fonctionne pas encore, et rien n'a été écrit; `--no-check` l'ajoute quand même
source-add-changed = quelqu'un d'autre a modifié { $file } entre-temps; rien n'a été écrit, recommencez
source-add-done = Ajouté à { $file } : { $id }. Un comptoir ouvert lira ces réglages à son prochain démarrage.
source-add-no-feeds = { $url } n'annonce aucun fil; donnez l'adresse d'un fil
source-add-several-feeds = { $url } annonce plusieurs fils; donnez l'adresse de l'un d'eux : { $feeds }
source-add-feeds-of-page = { $url } annonce ces fils :
source-add-which-feeds = Lesquels? Des numéros séparés par des virgules, ou tous
source-add-opml-left-out = { $count ->
    [one] { $count } ligne de la liste n'a pas d'adresse du Web et est laissée de côté
   *[other] { $count } lignes de la liste n'ont pas d'adresse du Web et sont laissées de côté
}
source-add-already = { $url } est déjà configuré, sous le nom { $id }
source-add-trying-many = { $count ->
    [one] Essai de { $count } fil…
   *[other] Essai de { $count } fils…
}
source-add-agree-many = { $count ->
    [one] Ajouter le fil qui répond?
   *[other] Ajouter les { $count } fils qui répondent?
}
# frontdesk source list
source-list-unread = pas lue
source-list-error = il y a { $span } : { $text }
source-list-heard = dernière réponse il y a { $span }
source-list-quota = { $left } requêtes restantes
source-list-silent = silencieuse depuis plus longtemps que d'habitude
