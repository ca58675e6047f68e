"""Every page somebody can reach by links, and what stands on it."""

from __future__ import annotations

import re
from html import unescape

from flask.testing import FlaskClient

STARTS = (
    "/doc", "/doc/mine", "/doc/open", "/doc/rhythm", "/doc/sign", "/doc/versions", "/overview",
    "/private", "/settings", "/settings/link", "/week", "/week/past",
)  # fmt: skip
HREF = re.compile(r'<a [^>]*href="(/[^"#?]*)')
ELSEWHERE = ("/static/", "/letters", "/exit")


def crawl(client: FlaskClient) -> dict[str, str]:
    """Return the text of all pages by their addresses; no page may fail."""
    waiting, found = list(STARTS), dict[str, str]()
    while waiting:
        path = waiting.pop()
        if path in found or path.startswith(ELSEWHERE):
            continue
        answer = client.get(path)
        assert answer.status_code < 500, path
        is_page = answer.status_code == 200 and (answer.mimetype or "").startswith("text/")
        found[path] = unescape(answer.text) if is_page else ""
        waiting += HREF.findall(found[path])
    return found
