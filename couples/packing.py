"""The stylesheet, the script and the icon, packed once as tightly as it goes and kept in memory.

Packing takes a quarter of a second and two megabytes, once in a process, when a browser first asks.
Flask-Compress, which packs the rest, keeps nothing that is streamed, and static files are: it would
pack them anew for everybody, and therefore less tightly.
"""

from __future__ import annotations

from functools import lru_cache

import brotli
from flask import Flask, Response, request

# Where the system has no list of types, Python knows scripts by their older name.
PACKED = ("text/css", "text/javascript", "application/javascript", "image/svg+xml")


def start(app: Flask) -> None:
    """Pack static files for browsers that can unpack them; the rest is left to Flask-Compress.

    It has to start after Flask-Compress: what starts last sees an answer first.
    """
    app.after_request(_pack)


def _pack(response: Response) -> Response:
    if not _can_be_packed(response):
        return response
    response.direct_passthrough = False
    response.set_data(_packed(response.get_data()))
    response.headers["Content-Encoding"] = "br"
    etag, is_weak = response.get_etag()
    if etag and not is_weak:
        response.set_etag(f"{etag}:br")
    response.make_conditional(request)
    return response


def _can_be_packed(response: Response) -> bool:
    return (
        request.endpoint == "static"
        and request.method == "GET"
        and response.status_code == 200
        and response.mimetype in PACKED
        and request.accept_encodings.quality("br") > 0
    )


@lru_cache(maxsize=8)
def _packed(text: bytes) -> bytes:
    packed: bytes = brotli.compress(text, quality=11, lgwin=16)
    return packed
