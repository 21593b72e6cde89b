# Réglages : ce qui peut clocher dans config.toml et dans ses variables d'environnement.
config-unreadable = impossible de lire ce fichier : { $cause }
config-not-utf8 = ce texte n'est pas en UTF-8; enregistrez le fichier en UTF-8
config-syntax = ce n'est pas du TOML valide : { $cause }
config-unknown-key = aucun réglage ne s'appelle { $key }; `frontdesk print config` les montre tous
config-unknown-key-near = aucun réglage ne s'appelle { $key }; vouliez-vous dire { $suggestion }?
config-expected-text = { $key } demande un texte entre guillemets droits, et non { $found }
config-expected-flag = { $key } demande true ou false, et non { $found }
config-expected-count = { $key } demande un nombre entier supérieur à zéro, et non { $found }
config-expected-factor = { $key } demande un nombre de 0.01 à 10000, et non { $found }
config-expected-table = { $key } est une section qui s'écrit [{ $key }], et non { $found }
config-expected-tables = { $key } est une liste de sections qui s'écrivent chacune [[{ $key }]], et non { $found }
config-expected-duration = { $key } demande une durée comme "90s", "15m" ou "4h", d'au plus "30d", et non { $found }
config-expected-instant = { $key } demande une date et une heure avec leur fuseau, comme 2026-11-20T09:00:00-08:00, et non { $found }
config-expected-hashtags = { $key } prend une liste de mots-clics comme ["Elmtown", "#EauPotable"], chacun en un seul mot, et non { $found }
config-expected-id = { $key } demande des lettres, des chiffres, « _ », « . » et « - », en commençant par une lettre ou un chiffre, et non { $found }
config-expected-url = { $key } demande une adresse qui commence par http:// ou https://, et non { $found }
config-expected-stream = { $key } demande une adresse qui commence par wss:// ou ws://, et non { $found }
config-expected-handle = { $key } prend le nom d'un compte comme « alderbay.bsky.social », et non { $found }
config-expected-texts = { $key } prend une liste de textes comme ["un", "deux"], et non { $found }
config-expected-secret = { $key } ne s’écrit pas dans ce fichier; la valeur est {"{"} env = "NOM" {"}"}, {"{"} command = ["pass", "show", "…"] {"}"} ou {"{"} file = "chemin" {"}"}
config-expected-command = { $key } demande une liste de textes, le programme en premier, comme ["python3", "inbox.py"]; aucun interpréteur de commandes ne la lit
config-expected-variables = { $key } demande des variables, chacune avec un texte ou avec {"{"} env = "NOM" {"}"}; la valeur n'est pas montrée ici
config-expected-one-of = { $key } accepte { $choices }, et non { $found }
config-expected-one-of-near = { $key } accepte { $choices }, et non { $found }; vouliez-vous dire { $suggestion }?
config-missing = il manque ici { $key }
config-not-for-kind = { $key } ne sert pas aux sources de type { $kind }; supprimez cette ligne
config-too-often = { $key } interroge plus souvent que l’autre côté ne le supporte; { $least } est l’intervalle le plus court
config-expected-listen = { $key } prend une adresse de cette machine avec un port, comme "127.0.0.1:8787", et non { $found }
config-expected-hook-path = { $key } prend un chemin que personne ne devine : une barre oblique, puis au moins 16 lettres, chiffres, « - » ou « _ »; il n’est pas montré ici
config-expected-subreddits = { $key } prend des noms de subreddits comme ["BaieDesAulnes", "Quebec"], cinquante au plus, et non { $found }
config-expected-reddit-user = { $key } prend le nom du compte auquel appartient le jeton, comme "baie_des_aulnes", et non { $found }
config-expected-page = { $key } prend l’identifiant d’une page ou le nom dans son adresse, et non { $found }
config-not-for-signature = { $key } ne sert pas avec signature = "{ $signature }"; retirez-le
config-open-to-all = { $key } ouvre cette source à d’autres machines, et un jeton voyagerait en clair; écoutez sur 127.0.0.1 derrière un mandataire ou un tunnel, ou prenez une autre signature
config-same-address = { $key } est le même que celui de la source { $id }; donnez à l’une d’elles un autre port
config-too-many = { $key } en énumère plus que l'autre côté n'en supporte; le maximum est de { $most }
config-duplicate-id = une autre source porte déjà l'identifiant { $id }; un identifiant désigne une seule source, partout
# Sources : états.
source-state-starting = démarrage
source-state-live = en direct
source-state-waiting = en attente du fichier
source-state-backing-off = nouvel essai dans { $span }
source-state-trying = nouvel essai en cours
source-state-resting = prochaine exécution dans { $span }
source-state-paused = en pause
source-state-ended = terminée
source-state-stopped = arrêtée
source-lag-kib = { $kib } Kio de retard
source-lag-seconds = { $seconds } secondes de retard
source-lag-items = { $count ->
    [one] { $count } élément de retard
   *[other] { $count } éléments de retard
}
# Sources : ce qu’il faut savoir d’une source qui fonctionne.
source-note-polled = { $seconds ->
    [one] le flux du serveur ne s’ouvre pas; on l’interroge toutes les secondes : { $why }
   *[other] le flux du serveur ne s’ouvre pas; on l’interroge toutes les { $seconds } secondes : { $why }
}
source-note-other-stream = le WebSocket ne s’ouvre pas; le flux arrive par événements envoyés par le serveur (SSE) : { $why }
source-note-closed = le serveur ne montre pas { $timeline } : { $why }
source-note-empty = le serveur ne montre rien sous { $timeline }; il garde peut-être ces fils fermés
source-note-cut = { $timeline } continuait au-delà de ce qui se lit en une fois ({ $pages } pages); ce qui est plus ancien a été laissé de côté
source-note-open = d’autres machines atteignent { $address }, et ce qu’elles envoient n’est pas chiffré; écoutez sur 127.0.0.1 derrière un mandataire ou un tunnel
source-note-missed = le serveur n’avait plus { $minutes } minutes du flux quand la lecture a repris; les messages de cette période manquent
# Sources : ce qui peut mal tourner.
source-file = impossible de lire ou d'écrire { $path } : { $error }
source-input = impossible de lire l'entrée standard : { $error }
source-too-large = { $what } dépasse { $limit } Mio, la limite de lecture
source-too-many-files = { $path } contient plus de { $limit } fichiers; déplacez les anciens dans un autre dossier
source-gone = { $url } a disparu pour de bon (410); retirez cette source ou donnez sa nouvelle adresse
source-timed-out = { $url } n'a pas répondu à temps; un nouvel essai suivra
source-unreachable = impossible de joindre { $url } : { $error }
source-too-many-redirects = { $url } redirige trop souvent, ou en rond; vérifiez l'adresse
source-forbidden-redirect = { $url } redirige vers { $target }, où un fil public n'a pas le droit de mener; vérifiez l'adresse
source-not-a-feed = { $url } n'est ni du RSS, ni de l'Atom, ni du JSON Feed : { $error }
source-a-page = { $url } est une page, pas un fil; ses fils : { $feeds }. Donnez l’adresse de l’un d’eux
source-a-page-without-feeds = { $url } est une page, pas un fil, et n’en nomme aucun; cherchez-y un lien RSS
source-query = la requête « { $query } » de `match` est illisible : { $why }
source-stream-ended = { $url } a fermé le flux; il est rouvert
source-stream-ended-saying = { $url } a mis fin au flux ({ $said }); il est rouvert
source-no-tls = impossible d'établir des connexions chiffrées : { $error }; vérifiez que les certificats racines sont installés
source-answered-saying = { $words }; le serveur dit : { $said }
source-bad-answer = { $url } a répondu autre chose que ce que prévoit son protocole : { $error }
source-wrong-password = { $server } n'accepte pas le nom { $handle } avec ce mot de passe; créez un nouveau mot de passe d'application dans les paramètres du compte et rangez-le là où la configuration le dit
source-second-factor = { $server } demande pour { $handle } un code envoyé par courriel, qu'un programme ne peut pas lire; créez un mot de passe d'application dans les paramètres du compte et utilisez-le au lieu de celui du compte
source-account-closed = { $server } dit que le compte { $handle } est fermé ou a été suspendu; connectez-vous-y vous-même pour voir pourquoi
source-in-the-clear = le mot de passe ou le jeton irait à { $url } sans chiffrement; donnez son adresse https://
source-secret-no-variable = la variable { $name } n’est pas définie; définissez-la avant de lancer frontdesk, ou gardez le secret ailleurs
source-secret-not-started = { $program } ne peut être lancé pour obtenir le secret : { $error }
source-secret-failed = { $program } n’a pas donné le secret; lancez-le à la main pour voir pourquoi
source-secret-unreadable = { $path } ne peut être lu pour obtenir le secret : { $error }
source-secret-open = d’autres peuvent lire { $path }; ce qui s’y trouve n’est donc pas secret. Faites chmod 600, et changez le secret s’il a été vu
source-secret-empty = il n’y a rien d’utilisable là où le secret est gardé : il se trouve sur la première ligne, en texte
source-secret-not-base64 = ce n’est pas un secret de Standard Webhooks : après whsec_ vient du base64; copiez-le de nouveau, ou choisissez une autre `signature`
source-secret-short = le secret est trop court pour protéger quoi que ce soit : il lui faut au moins 16 caractères
source-port-taken = un autre programme écoute déjà sur { $address }; fermez-le, ou donnez un autre port à cette source avec `listen`
source-not-listening = rien ne peut être reçu sur { $address } : { $error }; vérifiez `listen`
source-refused = { $count ->
    [one] { $count } livraison refusée
   *[other] { $count } livraisons refusées
}, la dernière parce que { $why }
source-refused-not-signed = elle ne porte pas de signature du genre configuré; vérifiez `signature` ici et les réglages là-bas
source-refused-wrong-signature = elle est signée avec un autre secret; vérifiez `secret` ici et là-bas
source-refused-out-of-time = elle a été signée à { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
} de maintenant; vérifiez les horloges ici et là-bas
source-status-refused = { $url } refuse l'accès ({ $code }); vérifiez l'adresse et sa clé
source-status-not-found = il n'y a rien à { $url } ({ $code }); vérifiez l'adresse
source-status-too-often = { $url } est interrogée trop souvent ({ $code }); allongez `every`
source-status-server = le serveur de { $url } est en difficulté ({ $code }); un nouvel essai suivra
source-status-other = { $url } a répondu avec le code { $code }
source-not-started = impossible de lancer { $program } : { $error }; vérifiez `command` et `cwd`
source-ended-with-code = { $program } s'est terminé avec le code { $code }
source-ended-by-signal = { $program } a été arrêté par le signal { $signal }
source-ended-saying = { $ended } : { $said }
source-not-committed = les mentions n'ont pas pu être enregistrées; elles seront relues
source-closed = le programme se ferme
source-panicked = frontdesk a commis une erreur ici et continue : { $text }
# Sources : lignes et éléments illisibles.
source-position-line = ligne { $line }
source-position-item = élément { $name }
source-position-row = rangée { $row } de { $file }
source-bad-too-long = plus longue que 1 Mio
source-bad-not-utf8 = texte qui n'est pas en UTF-8
source-bad-malformed = { $cause }
source-bad-no-text = aucun texte
source-bad-columns = { $found ->
    [one] { $found } cellule
   *[other] { $found } cellules
} dans un tableau de { $expected } colonnes; un guillemet ou un saut de ligne n'est pas à sa place
source-bad-too-many = trop d'éléments à la fois; ceux-ci ont été laissés de côté
source-bad-unfinished = le fichier a été remplacé avant la fin de cette ligne
source-bad-torn = le programme s'est terminé avant la fin de cette ligne
source-bad-unknown-type = aucun message n'est de type { $name }; il y a mention, delete, state et log
source-bad-no-id = une suppression sans l'identifiant de ce qui a été supprimé
source-bad-large-state = un état de plus de 64 Kio, le maximum conservé
# Sources : tableaux d'autres outils.
source-export-file = impossible de le lire : { $error }
source-export-broken = ce classeur est illisible : { $error }
source-export-empty = il ne contient aucune rangée
source-export-no-text = aucune colonne ne semble contenir le texte; nommez-la avec `--map text=COLONNE`, ou importez le fichier sur le bureau, qui montre les colonnes et les enregistre dans un profil. Les colonnes : { $columns }
source-export-no-text-profile = le profil { $profile } ne trouve aucune colonne qui contient le texte; exportez aussi les messages, ou nommez la colonne avec `--map text=COLONNE`. Les colonnes : { $columns }
source-export-unknown-column = aucune colonne ne s'appelle « { $column } ». Les colonnes : { $columns }
source-opml-too-large = le fichier dépasse { $limit } Mio, la limite de lecture
source-opml-malformed = ce n’est pas du XML d’un bout à l’autre : { $error }
source-opml-not = ce n’est pas de l’OPML, la liste de fils qu’exportent les autres lecteurs
source-opml-empty = le fichier ne contient aucun fil
source-profile-malformed = { $path } n'est pas un profil : { $error }
source-profile-unknown = aucun profil ne s'appelle { $name }; il y a { $known }
# frontdesk source
source-none = Aucune source n'est configurée. Ajoutez une section [[source]] à { $file }; `frontdesk print config` montre comment.
source-kept-bad = { $count ->
    [one] { $count } élément illisible gardé dans { $file }
   *[other] { $count } éléments illisibles gardés dans { $file }
}
source-disabled = désactivée
source-check-ok = { $count ->
    [one] OK, { $count } élément
   *[other] OK, { $count } éléments
}
source-check-bad = { $count ->
    [one] { $count } illisible : { $place } : { $cause }
   *[other] { $count } illisibles, dont d'abord : { $place } : { $cause }
}
source-check-rate = { $rate } événements à la seconde sont passés, dont seuls comptent ceux qui sont voulus
source-check-not-there-yet = OK, le fichier n'existe pas encore et est attendu
source-check-would-listen = OK, écouterait sur { $address }, qui est libre, et son secret est utilisable
source-check-is-listening = OK, un frontdesk en marche écoute sur { $address }, et son secret est utilisable
source-check-open = attention : d’autres machines atteignent cette adresse, et ce qu’elles envoient n’est pas chiffré
source-check-quiet = OK, { $program } fonctionne et n'a rien écrit en 5 secondes
source-check-not-tried = l'entrée standard n'est pas essayée
