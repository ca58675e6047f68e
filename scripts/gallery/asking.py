"""A state without a browser: its page, and its forms sent as a browser sends them."""

from __future__ import annotations

import re
from io import BytesIO

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from couples.db import db
from gallery.shapes import Attach, Go, Meanwhile, Send, State, World
from tests.pages import Form, forms_of

# The value of a box that is not ticked, and the name of a file that is chosen.
UNCHECKED = "-"
NAME = "words.json"


def ask(client: FlaskClient, state: State, world: World, url: str) -> TestResponse:
    """Open the state's address and take its steps; return the last page."""
    answer = _get(client, state.path, world, url)
    for step in state.steps:
        if isinstance(step, Send):
            answer = _send(client, answer, step, world, url)
        elif isinstance(step, Go):
            answer = _get(client, step.path, world, url)
        elif isinstance(step, Meanwhile):
            step.act(world)
            db.session.remove()
        elif isinstance(step, Attach):
            world.files[step.name] = step.made(world)
            db.session.remove()
    return answer


def filled(text: str, world: World) -> str:
    """Put ids of things into an address."""
    return re.sub(r"\{(.+?)\}", lambda found: world.things[found[1]], text)


def _get(client: FlaskClient, path: str, world: World, url: str) -> TestResponse:
    return _open(client, filled(path, world), url, method="GET")


def _open(client: FlaskClient, path: str, url: str, **how: object) -> TestResponse:
    # With a context of its own, as in a server: else the first request's reader stays the reader.
    with client.application.app_context():
        answer = client.open(path, base_url=url, follow_redirects=True, buffered=True, **how)
    assert isinstance(answer, TestResponse)
    return answer


def _send(
    client: FlaskClient, shown: TestResponse, step: Send, world: World, url: str
) -> TestResponse:
    path = shown.request.path
    form = form_for(forms_of(shown.text), filled(step.action, world), pressed(step, world), path)
    fields = {filled(name, world): value for name, value in step.fields.items()}
    given: dict[str, object] = {
        name: value
        for name, value in (_standing(form) | fields).items()
        if fields.get(name) != UNCHECKED
    }
    wanted = pressed(step, world)
    given |= {wanted[0]: wanted[1]} if wanted[0] else {}
    given |= {name: (BytesIO(data), NAME) for name, data in world.files.items()}
    headers = {"Referer": url + path}
    return _open(client, form.action or path, url, method="POST", data=given, headers=headers)


def pressed(step: Send, world: World) -> tuple[str, str]:
    """Return the name and the value of the button that is meant."""
    return step.button[0], filled(step.button[1], world)


def _standing(form: Form) -> dict[str, str]:
    """Return what a form would send as it stands."""
    return {
        one.name: one.value or (one.offers[0] if one.kind == "select-one" else "")
        for one in form.fields
        if one.kind not in {"radio", "checkbox"} or one.value
    }


def form_for(forms: list[Form], action: str, button: tuple[str, str], path: str) -> Form:
    """Return the form that is meant."""
    for form in forms:
        fits = (form.action or path).endswith(action)
        if fits and (button == ("", "") or button in form.buttons):
            return form
    raise LookupError(f"no form to {action!r} with {button} on {path}: {[f.action for f in forms]}")
