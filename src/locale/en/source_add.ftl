# frontdesk source add: the kinds of sources, their questions, and what is said on the way.
source-permission-nobody = Nobody has to give permission:
source-permission-password = The password or token of an account is enough:
source-permission-company = A company has to say yes first:
# What each kind reads, and what it needs.
source-kind-folder = a folder into which you put exports of other tools
source-kind-folder-needs = an export of a tool you have already: CSV, TSV, NDJSON, JSON or Excel
source-kind-feed = news, blogs, comments, Google Alerts: RSS, Atom, JSON Feed
source-kind-feed-needs = the address of a feed, or of the page that names it
source-kind-command = a program of yours that prints mentions
source-kind-command-needs = a program or a script; demo-data/sources has two to start from
source-kind-ndjson = a file to which something else adds mentions
source-kind-ndjson-needs = a file with one JSON object a line; it need not be there yet
source-kind-webhook = what other services push: Zapier, Make, n8n, alerts
source-kind-webhook-needs = an address of yours that the other service can reach
source-kind-jetstream = every public post of Bluesky as it is made, matched here
source-kind-jetstream-needs = nothing but a line that carries the whole network’s posts
source-kind-open311 = a city’s service requests: Open311 GeoReport
source-kind-open311-needs = the address of the city’s Open311 service
source-kind-bluesky = mentions, replies, quotes and searches on Bluesky
source-kind-bluesky-needs = your handle and an app password (Settings, Privacy and security, App passwords)
source-kind-mastodon = mentions and hashtags on Mastodon, live
source-kind-mastodon-needs = an access token (Preferences, Development, New application) that may read notifications and statuses
source-kind-facebook = posts and comments on your Facebook Page
source-kind-facebook-needs = a Page access token of an app that Meta has reviewed
source-kind-reddit = new posts of subreddits
source-kind-reddit-needs = the private feed token of an account (reddit.com/prefs/feeds); Reddit asks organizations to seek its approval
source-kind-stdin = whatever is piped into frontdesk
source-kind-stdin-needs = a program in front of the pipe that prints one JSON object a line
source-kind-replay = a recording that is played again, for an exercise
source-kind-replay-needs = a file with one JSON object a line, each with the time it was posted
# How far each kind was tried.
source-tried-here = yes
source-tried-server = the server’s own software, not the live service
source-tried-recordings = recordings of the live service
source-tried-documents = no: built from its published documents
# The questions of each kind.
source-ask-folder-path = The folder, relative to config.toml
source-ask-feed-url = The address of the feed, or of the page that names it
source-ask-command-command = The program and its arguments; no shell reads them
source-ask-command-cwd = The folder it runs in, relative to config.toml (empty: that of config.toml)
source-ask-ndjson-path = The file, relative to config.toml
source-ask-webhook-signature = How the other side proves who it is
source-ask-webhook-secret = The secret you share with the other side
source-ask-webhook-verify-token = The token by which Meta’s first question is answered
source-ask-webhook-path = The path below your address, which nobody should guess
source-ask-webhook-listen = Where this machine listens
source-ask-jetstream-match = What a post must match, in the plan’s query language (empty: what the plan finds relevant)
source-ask-open311-url = The address of the service, up to the part before /requests.json
source-ask-open311-jurisdiction = The jurisdiction, where the service asks for one (empty: none)
source-ask-bluesky-handle = Your handle, such as town.bsky.social
source-ask-bluesky-password = The app password
source-ask-bluesky-search = Words to search for, with commas between (empty: none)
source-ask-mastodon-server = Your server, such as https://mastodon.social
source-ask-mastodon-token = The access token
source-ask-mastodon-hashtags = Hashtags to follow, with commas between (empty: none)
source-ask-facebook-page = The Page’s name or number
source-ask-facebook-token = The Page access token
source-ask-reddit-subreddits = The subreddits, with commas between
source-ask-reddit-user = The account the token belongs to
source-ask-reddit-token = The private feed token
source-ask-replay-path = The file, relative to config.toml
# Secrets.
source-add-secret-where = { $what }: where is it kept?
source-add-secret-way = Number
source-add-secret-made-up = frontdesk makes one up; you give it to the other side
source-add-secret-typed = you type it now; it goes into a file that only you can read
source-add-secret-env = in a variable of the environment
source-add-secret-command = a program prints it, such as: pass show town/bluesky
source-add-secret-file = in a file that only you can read
source-add-secret-type = Type or paste it; nothing is shown:
source-add-secret-env-which = The variable’s name:
source-add-secret-command-which = The program and its arguments:
source-add-secret-file-which = The file, relative to config.toml:
source-add-secret-kept = Its { $key } is in { $file }, which only you can read.
# On the way.
source-add-kind = Which one? Its number or its word:
source-add-which-kind = say which kind of source: { $kinds }
source-add-unknown-kind = there is no kind of source named { $name }; there are { $kinds }
source-add-unknown-kind-near = there is no kind of source named { $name }; did you mean { $near }?
source-add-needs = It needs: { $needs }.
source-add-not-tried = It was built from published documents and not tried against the live service.
source-add-foreign-flag = { $flag } is not for a source of kind { $kind }
source-add-missing = a source of kind { $kind } also needs { $flags }
source-add-id = Its name on the desk
source-add-trying = Trying it…
source-add-agree = Add it?
source-add-all-the-same = Add it all the same?
source-add-yes = yes
source-add-no = no
source-add-stopped = nothing was added
source-add-does-not-work = it does not work yet, and nothing was written; `--no-check` adds it all the same
source-add-changed = { $file } was changed by somebody else in the meantime; nothing was written, try again
source-add-done = Added { $id } to { $file }. A running desk reads the new settings when it is started again.
source-add-no-feeds = { $url } names no feed; give the address of a feed
source-add-several-feeds = { $url } names several feeds; give the address of one: { $feeds }
source-add-feeds-of-page = { $url } names these feeds:
source-add-which-feeds = Which? Numbers with commas between, or all
source-add-opml-left-out = { $count ->
    [one] { $count } line of the list has no address of the web and is left out
   *[other] { $count } lines of the list have no address of the web and are left out
}
source-add-already = { $url } is configured already, as { $id }
source-add-trying-many = { $count ->
    [one] Trying { $count } feed…
   *[other] Trying { $count } feeds…
}
source-add-agree-many = { $count ->
    [one] Add the feed that answers?
   *[other] Add the { $count } feeds that answer?
}
# frontdesk source list
source-list-unread = not read
source-list-error = { $span } ago: { $text }
source-list-heard = heard from { $span } ago
source-list-quota = { $left } requests left
source-list-silent = silent for longer than usual
