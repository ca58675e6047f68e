"""Files that people send: more room for the one page that takes them, and memory only, no disk."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar

from flask import Flask, current_app, request
from flask import Request as FlaskRequest
from werkzeug.exceptions import BadRequest

View = TypeVar("View", bound=Callable[..., Any])


class Request(FlaskRequest):
    """A request whose files never touch the disk: what is in them is private (rule S1)."""

    def _get_file_stream(self, *_what: Any, **_named: Any) -> BytesIO:
        return BytesIO()


def with_room(most_bytes: int) -> Callable[[View], View]:
    """Let a view be sent up to so many bytes, and no other one."""

    def mark(view: View) -> View:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]
        return view

    return mark


def start(app: Flask) -> None:
    """Look at the room before anything reads what was sent: the check of forms does, too."""
    app.request_class = Request
    app.before_request(_make_room)
    app.before_request(_refuse_other_bodies)


def _make_room() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    most = getattr(view, "most_bytes", None)
    if most is not None:
        request.max_content_length = most


def _refuse_other_bodies() -> None:
    """Take a form as a form only: as JSON, or with a file in a text's place, fields are no texts.

    What comes back by mail is no form; it is read by its own page.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    takes_files = hasattr(view, "most_bytes")
    has_parts = request.mimetype == "multipart/form-data"
    if request.is_json or (has_parts and not takes_files and request.files):
        raise BadRequest
