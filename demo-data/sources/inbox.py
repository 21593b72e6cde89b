#!/usr/bin/env python3
"""Letters of a mail folder (Maildir) as mentions.

    [[source]]
    id = "mail"
    kind = "command"
    command = ["python3", "inbox.py", "/home/office/Maildir"]
    cwd = "demo-data/sources"
    restart_delay = "5m"        # it looks once and ends well; frontdesk starts it again after this

mbsync, getmail, fetchmail and most mail servers deliver to a Maildir. Nothing in it is changed. The state is the moment of
the newest letter that was told. Letters of that very moment are told again, which does no harm: a letter's Message-ID
is its id, and frontdesk knows what it has seen. Only the standard library is needed.
"""

import email
import email.policy
import json
import os
import pathlib
import sys
from email.utils import parseaddr, parsedate_to_datetime

LARGEST = 5_000_000  # bytes of a letter
LONGEST = 20_000  # characters of a text


def since():
    """The state frontdesk hands back, or the beginning of time."""
    try:
        state = json.loads(pathlib.Path(os.environ["FRONTDESK_STATE"]).read_text(encoding="utf-8"))
        return int(state["since"])
    except (KeyError, OSError, TypeError, ValueError):
        return 0


def tell(message):
    # ASCII only, so that no locale of the machine changes a letter; one object, one line, out at once.
    print(json.dumps({name: value for name, value in message.items() if value is not None}), flush=True)


def letters(folder):
    """Path and moment of every letter, oldest first."""
    found = []
    for part in ("new", "cur"):
        with os.scandir(folder / part) as entries:
            for entry in entries:
                if entry.is_file() and not entry.name.startswith("."):
                    found.append((entry.stat().st_mtime_ns, entry.path))
    return sorted(found)


def mention(path):
    with open(path, "rb") as file:
        letter = email.message_from_bytes(file.read(LARGEST), policy=email.policy.default)
    body = letter.get_body(preferencelist=("plain", "html"))
    text = body.get_content().strip() if body else ""
    subject = str(letter["subject"] or "").strip()
    name, address = parseaddr(str(letter["from"] or ""))
    html = body is not None and body.get_content_subtype() == "html"
    return {
        "type": "mention",
        "id": str(letter["message-id"] or "").strip() or pathlib.Path(path).name.split(":")[0],
        "text": f"{subject}\n\n{text}".strip()[:LONGEST] or "(no text)",
        "format": "html" if html else "plain",
        "author": {"name": name or None, "handle": address or None},
        "created_at": moment(letter["date"]),
        "parent_id": str(letter["in-reply-to"] or "").strip() or None,
    }


def moment(date):
    try:
        at = parsedate_to_datetime(str(date))
    except (TypeError, ValueError):
        return None
    return at.isoformat() if at.tzinfo else None


def main():
    if len(sys.argv) != 2:
        sys.exit("E! usage: inbox.py MAILDIR")
    newest = last = since()
    try:
        found = letters(pathlib.Path(sys.argv[1]))
    except OSError as error:
        sys.exit(f"E! no mail folder: {error}")
    for at, path in found:
        if at < last:
            continue
        try:
            tell(mention(path))
        except (OSError, LookupError, ValueError) as error:
            # A letter that cannot be read holds nobody up; the log says which.
            print(f"W! {path}: {error}", file=sys.stderr)
        newest = max(newest, at)
    # Only now: what stands before a state is kept before the state is.
    if newest != last:
        tell({"type": "state", "value": {"since": newest}})


if __name__ == "__main__":
    main()
