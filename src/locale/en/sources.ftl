# Settings: what can be wrong with config.toml and its environment variables.
config-unreadable = this file cannot be read: { $cause }
config-not-utf8 = this is not UTF-8 text; save the file as UTF-8
config-syntax = this is not TOML: { $cause }
config-unknown-key = there is no setting named { $key }; `frontdesk print config` shows them all
config-unknown-key-near = there is no setting named { $key }; did you mean { $suggestion }?
config-expected-text = { $key } takes text in quotes, not { $found }
config-expected-flag = { $key } takes true or false, not { $found }
config-expected-count = { $key } takes a whole number above zero, not { $found }
config-expected-factor = { $key } takes a number from 0.01 to 10000, not { $found }
config-expected-table = { $key } is a section and is written [{ $key }], not { $found }
config-expected-tables = { $key } is a list of sections, each written [[{ $key }]], not { $found }
config-expected-duration = { $key } takes a duration such as "90s", "15m" or "4h", at most "30d", not { $found }
config-expected-instant = { $key } takes a date and time with its zone such as 2026-11-20T09:00:00-08:00, not { $found }
config-expected-hashtags = { $key } takes a list of hashtags such as ["Elmtown", "#WaterMain"], each one word, not { $found }
config-expected-id = { $key } takes letters, digits, "_", "." and "-", beginning with a letter or digit, not { $found }
config-expected-url = { $key } takes an address that begins with http:// or https://, not { $found }
config-expected-stream = { $key } takes an address that begins with wss:// or ws://, not { $found }
config-expected-handle = { $key } takes the name of an account such as "alderbay.bsky.social", not { $found }
config-expected-texts = { $key } takes a list of texts such as ["one", "two"], not { $found }
config-expected-secret = { $key } is not written into this file; it takes {"{"} env = "NAME" {"}"}, {"{"} command = ["pass", "show", "…"] {"}"} or {"{"} file = "path" {"}"}
config-expected-command = { $key } takes a list of texts, the program first, such as ["python3", "inbox.py"]; no shell reads it
config-expected-variables = { $key } takes variables, each with a text or with {"{"} env = "NAME" {"}"}; the value is not shown here
config-expected-one-of = { $key } takes one of { $choices }, not { $found }
config-expected-one-of-near = { $key } takes one of { $choices }, not { $found }; did you mean { $suggestion }?
config-missing = { $key } is missing here
config-not-for-kind = { $key } is not used by a source of kind { $kind }; remove it
config-too-often = { $key } asks more often than the other side bears; every { $least } is the shortest
config-expected-listen = { $key } takes an address of this machine with a port such as "127.0.0.1:8787", not { $found }
config-expected-hook-path = { $key } takes a path that nobody guesses: a slash, then at least 16 letters, digits, "-" or "_"; it is not shown here
config-expected-subreddits = { $key } takes the names of subreddits such as ["AlderBay", "britishcolumbia"], fifty at most, not { $found }
config-expected-reddit-user = { $key } takes the name of the account whose token it is, such as "alderbay_town", not { $found }
config-expected-page = { $key } takes the id of a page or the name in its address, not { $found }
config-not-for-signature = { $key } is not used with signature = "{ $signature }"; remove it
config-open-to-all = { $key } opens this source to other machines, and a token would travel unencrypted; listen on 127.0.0.1 behind a proxy or tunnel, or take another signature
config-same-address = { $key } is the same as that of the source { $id }; give one of them another port
config-too-many = { $key } lists more than the other side bears; { $most } are the most
config-duplicate-id = another source has the id { $id } already; ids name a source everywhere and are unique
# Sources: states.
source-state-starting = starting
source-state-live = live
source-state-waiting = waiting for the file
source-state-backing-off = next try in { $span }
source-state-trying = trying again
source-state-resting = next run in { $span }
source-state-paused = paused
source-state-ended = ended
source-state-stopped = stopped
source-lag-kib = { $kib } KiB behind
source-lag-items = { $count ->
    [one] { $count } item behind
   *[other] { $count } items behind
}
source-lag-seconds = { $seconds } seconds behind
# Sources: what to know about one that works.
source-note-polled = { $seconds ->
    [one] the server's stream does not open, so it is asked every second: { $why }
   *[other] the server's stream does not open, so it is asked every { $seconds } seconds: { $why }
}
source-note-other-stream = the WebSocket does not open, so the stream comes as server-sent events: { $why }
source-note-closed = the server does not show { $timeline }: { $why }
source-note-empty = the server shows nothing under { $timeline }; it may keep such timelines closed
source-note-cut = { $timeline } went on further than could be read in one go ({ $pages } pages); what is older was left out
source-note-open = other machines reach { $address }, and what they send is not encrypted; listen on 127.0.0.1 behind a proxy or tunnel
source-note-missed = the server no longer held { $minutes } minutes of the stream when the reading went on; posts of that time are missing
# Sources: what can go wrong.
source-file = { $path } cannot be read or written: { $error }
source-input = the standard input cannot be read: { $error }
source-too-large = { $what } is larger than { $limit } MiB, the most that is read
source-too-many-files = { $path } holds more than { $limit } files; move the old ones to another folder
source-gone = { $url } is gone for good (410); remove this source or give its new address
source-timed-out = { $url } did not answer in time; it is tried again
source-unreachable = { $url } cannot be reached: { $error }
source-too-many-redirects = { $url } redirects too often, or in a circle; check the address
source-forbidden-redirect = { $url } redirects to { $target }, where a public feed may not lead; check the address
source-not-a-feed = { $url } is not RSS, Atom or JSON Feed: { $error }
source-a-page = { $url } is a page, not a feed; its feeds are: { $feeds }. Give the address of one of them
source-a-page-without-feeds = { $url } is a page, not a feed, and it names none; look for an RSS link on it
source-query = the query `{ $query }` in `match` cannot be read: { $why }
source-stream-ended = { $url } closed the stream; it is opened again
source-stream-ended-saying = { $url } ended the stream ({ $said }); it is opened again
source-no-tls = encrypted connections cannot be set up: { $error }; check that root certificates are installed
source-answered-saying = { $words }; it says: { $said }
source-bad-answer = { $url } answered with something else than its protocol says: { $error }
source-wrong-password = { $server } does not take the name { $handle } with this password; make a new app password in the account's settings and keep it where the configuration says
source-second-factor = { $server } wants a code by e-mail for { $handle }, which a program cannot read; make an app password in the account's settings and use that instead of the account's own
source-account-closed = { $server } says that the account { $handle } is closed or was taken down; sign in there yourself to see why
source-in-the-clear = the password or token would go to { $url } unencrypted; give its https:// address
source-secret-no-variable = the variable { $name } is not set; set it before frontdesk starts, or keep the secret elsewhere
source-secret-not-started = { $program } cannot be started to fetch the secret: { $error }
source-secret-failed = { $program } did not give the secret; run it by hand to see why
source-secret-unreadable = { $path } cannot be read for the secret: { $error }
source-secret-open = others can read { $path }, so what stands in it is no secret; run chmod 600 on it, and change the secret if it was seen
source-secret-empty = where the secret is kept there is nothing usable: it stands on the first line, as text
source-secret-not-base64 = the secret is not one of Standard Webhooks: after whsec_ stands base64; copy it again, or take another `signature`
source-secret-short = the secret is too short to protect anything: it needs 16 characters at least
source-port-taken = another program listens on { $address } already; close it, or give this source another port with `listen`
source-not-listening = nothing can be received on { $address }: { $error }; check `listen`
source-refused = { $count ->
    [one] 1 delivery was refused
   *[other] { $count } deliveries were refused
}, the last because { $why }
source-refused-not-signed = it carries no signature of the configured kind; check `signature` here and the settings there
source-refused-wrong-signature = it is signed with another secret; check `secret` here and there
source-refused-out-of-time = it was signed { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
} away from now; check the clocks here and there
source-status-refused = { $url } refuses access ({ $code }); check the address and its key
source-status-not-found = there is nothing at { $url } ({ $code }); check the address
source-status-too-often = { $url } is asked too often ({ $code }); give a longer `every`
source-status-server = the server of { $url } is in trouble ({ $code }); it is tried again
source-status-other = { $url } answered with status { $code }
source-not-started = { $program } cannot be started: { $error }; check `command` and `cwd`
source-ended-with-code = { $program } ended with code { $code }
source-ended-by-signal = { $program } was ended by signal { $signal }
source-ended-saying = { $ended }: { $said }
source-not-committed = the mentions could not be stored; they are read again
source-closed = the desk is closing
source-panicked = frontdesk made a mistake here, and goes on: { $text }
# Sources: bad lines and items.
source-position-line = line { $line }
source-position-item = item { $name }
source-position-row = row { $row } of { $file }
source-bad-too-long = longer than 1 MiB
source-bad-not-utf8 = not UTF-8 text
source-bad-malformed = { $cause }
source-bad-no-text = no text in it
source-bad-columns = { $found ->
    [one] { $found } cell
   *[other] { $found } cells
} in a table of { $expected } columns; a quotation mark or a line break is out of place
source-bad-too-many = too many items at a time; these were left out
source-bad-unfinished = the file was replaced before this line was finished
source-bad-torn = the program ended before this line was finished
source-bad-unknown-type = there is no message of type { $name }; there are mention, delete, state and log
source-bad-no-id = a deletion without the id of what was deleted
source-bad-large-state = a state larger than 64 KiB, the most that is kept
# Sources: tables of other tools.
source-export-file = it cannot be read: { $error }
source-export-broken = it is not a workbook that can be read: { $error }
source-export-empty = there are no rows in it
source-export-no-text = no column was found that holds the text; name it with `--map text=COLUMN`, or import the file on the desk, which shows the columns and saves them as a profile. The columns: { $columns }
source-export-no-text-profile = the profile { $profile } finds no column that holds the text; export the messages too, or name the column with `--map text=COLUMN`. The columns: { $columns }
source-export-unknown-column = there is no column "{ $column }". The columns: { $columns }
source-opml-too-large = it is larger than { $limit } MiB, the most that is read
source-opml-malformed = it is not XML from end to end: { $error }
source-opml-not = it is not OPML, the list of feeds that other readers export
source-opml-empty = there is no feed in it
source-profile-malformed = { $path } is not a profile: { $error }
source-profile-unknown = there is no profile named { $name }; there are { $known }
# frontdesk source
source-none = No source is configured. Add a [[source]] to { $file }; `frontdesk print config` shows how.
source-kept-bad = { $count ->
    [one] 1 bad item kept in { $file }
   *[other] { $count } bad items kept in { $file }
}
source-disabled = disabled
source-check-ok = { $count ->
    [one] OK, { $count } item
   *[other] OK, { $count } items
}
source-check-bad = { $count ->
    [one] { $count } bad: { $place }: { $cause }
   *[other] { $count } bad, the first: { $place }: { $cause }
}
source-check-rate = { $rate } events a second went past, of which only those that are wanted count
source-check-not-there-yet = OK, the file is not there yet and is waited for
source-check-would-listen = OK, would listen on { $address }, which is free, and its secret can be used
source-check-is-listening = OK, a running frontdesk listens on { $address }, and its secret can be used
source-check-open = attention: other machines reach this address, and what they send is not encrypted
source-check-quiet = OK, { $program } runs and printed nothing within 5 seconds
source-check-not-tried = the standard input is not tried
