"""Writes a town's feeds as feedgen makes them: `feeds.py FOLDER COUNT` leaves rss.xml and atom.xml with so many entries."""

import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from feedgen.feed import FeedGenerator

folder, count = Path(sys.argv[1]), int(sys.argv[2])
begin = datetime(2026, 11, 20, 9, 0, tzinfo=timezone.utc)

feed = FeedGenerator()
feed.id("tag:elmtown.example,2026:news")
feed.title("Elmtown Sentinel")
feed.link(href="https://sentinel.example/", rel="alternate")
feed.description("News of Elmtown")
feed.language("en")
for number in range(count):
    entry = feed.add_entry()
    entry.id(f"tag:elmtown.example,2026:{number}")
    entry.title(f"Water main broken again, no. {number} é 水")
    entry.link(href=f"https://sentinel.example/story/{number}")
    entry.description(f"<p>Crews are at work &amp; residents wait, day {number}.</p>")
    entry.author(name="Rita Moreau", email="rita@sentinel.example")
    entry.published(begin + timedelta(hours=number))
    entry.updated(begin + timedelta(hours=number))

# Whoever reads meanwhile gets the old file or the new one.
for name, text in {"rss.xml": feed.rss_str(), "atom.xml": feed.atom_str()}.items():
    new = folder / f".{name}"
    new.write_bytes(text)
    new.rename(folder / name)
