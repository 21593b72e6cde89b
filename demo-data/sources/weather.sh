#!/bin/sh
# Weather warnings as mentions: one for each new line of a text file or of a page on the web.
#
#   [[source]]
#   id = "weather"
#   kind = "command"
#   command = ["sh", "weather.sh", "warnings.txt"]     # or an address that begins with https://
#   cwd = "demo-data/sources"
#   signal = "stdin"                                   # looks whenever it is asked
#   every = "10m"
#
# A line is `ID|TEXT`, or `ID|-` when a warning was withdrawn. The state is the number of lines that were told; when
# the file has become shorter, everything is told again, which does no harm: frontdesk knows what it has seen.
set -u

from=${1:?"E! usage: weather.sh FILE|URL"}

# The state is JSON: a number. Anything else counts as none.
told=$(cat "${FRONTDESK_STATE:-/dev/null}")
case $told in '' | *[!0-9]*) told=0 ;; esac

look() {
    case $from in
        http://* | https://*) curl -fsS --max-time 30 "$from" ;;
        *) cat -- "$from" ;;
    esac
}

# A text as JSON: control characters dropped, backslashes and quotes escaped.
json() { printf '%s' "$1" | tr -d '\000-\037\177' | sed 's/\\/\\\\/g; s/"/\\"/g; s/^/"/; s/$/"/'; }

tell() {
    lines=$(look) || { echo "W! $from cannot be read" >&2; return; }
    count=$(printf '%s\n' "$lines" | wc -l | tr -d ' ')
    [ -n "$lines" ] || count=0
    [ "$count" -ge "$told" ] || told=0
    [ "$count" -gt "$told" ] || return
    printf '%s\n' "$lines" | tail -n +"$((told + 1))" | while IFS='|' read -r id text; do
        case $id:$text in
            :*) ;;
            *:-) printf '{"type":"delete","id":%s}\n' "$(json "$id")" ;;
            *) printf '{"type":"mention","id":%s,"text":%s,"author":{"name":"Weather warnings"}}\n' "$(json "$id")" "$(json "$text")" ;;
        esac
    done
    told=$count
    # Only now: what stands before a state is kept before the state is.
    printf '{"type":"state","value":%s}\n' "$told"
}

# One newline comes at once and then one every time frontdesk asks; without a signal the input is empty: look once.
if read -r _; then
    tell
    while read -r _; do tell; done
else
    tell
fi
