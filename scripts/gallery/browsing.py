"""A state in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask.testing import FlaskClient

from couples.db import db
from gallery.asking import NAME, UNCHECKED, filled, pressed
from gallery.shapes import (
    Attach,
    Go,
    Meanwhile,
    Offline,
    Send,
    State,
    Step,
    Type,
    Unfold,
    World,
    WrongStatus,
)

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Response

UNFOLD = "document.querySelectorAll('details').forEach(one => one.open = true)"
# As a person fills it in, but at once; what is hidden is set as well.
FILL = """([action, name, value, fields, unchecked]) => {
  const path = url => new URL(url, location.href).pathname;
  const form = [...document.forms].find(one => one.method === 'post'
    && path(one.getAttribute('action') || location.href).endsWith(action)
    && (!name || [...document.querySelectorAll('button')].some(
      b => b.form === one && b.name === name && b.value === value)));
  if (!form) throw new Error('no form to ' + action);
  for (const [key, text] of Object.entries(fields)) {
    const found = form.elements.namedItem(key);
    if (!found) continue;
    const all = found instanceof RadioNodeList ? [...found] : [found];
    for (const one of all) {
      if (one.type === 'radio' || one.type === 'checkbox')
        one.checked = text !== unchecked && (one.type === 'checkbox' || one.value === text);
      else one.value = text;
    }
  }
  form.noValidate = true;
  const button = name && [...document.querySelectorAll('button')].find(
    b => b.form === form && b.name === name && b.value === value);
  form.requestSubmit(button || undefined);
}"""


def cookies_of(client: FlaskClient, url: str) -> list[Any]:
    """Return a test client's cookies for a real browser."""
    return [
        {"name": one.key, "value": one.value, "url": url}
        for one in client._cookies.values()  # type: ignore[union-attr]
    ]


def visit(context: BrowserContext, state: State, world: World, url: str) -> Page:
    """Open the state's address in a new page and take its steps."""
    page = context.new_page()
    statuses = _statuses_of(page)
    try:
        page.goto(url + filled(state.path, world), wait_until="load")
        for step in state.steps:
            _take(page, step, world, url)
        page.evaluate("document.fonts.ready")
        if statuses[-1] != state.status:
            raise WrongStatus(state, statuses[-1])
    except BaseException:
        page.close()
        raise
    return page


def _statuses_of(page: Page) -> list[int]:
    """Return a list in which the status of every page is noted that is shown from now on."""
    found: list[int] = []

    def note(response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == page.main_frame:
            found.append(response.status)

    page.on("response", note)
    return found


def show(context: BrowserContext, html: str) -> Page:
    """Open a file in a new page."""
    page = context.new_page()
    page.set_content(html)
    return page


def _take(page: Page, step: Step, world: World, url: str) -> None:
    match step:
        case Send():
            fields = {filled(name, world): value for name, value in step.fields.items()}
            values = [filled(step.action, world), *pressed(step, world), fields, UNCHECKED]
            with page.expect_navigation(wait_until="load"):
                page.evaluate(FILL, values)
        case Go():
            page.goto(url + filled(step.path, world), wait_until="load")
        case Meanwhile():
            step.act(world)
            db.session.remove()
        case Attach():
            page.locator(f"input[name='{step.name}']").set_input_files(
                {"name": NAME, "mimeType": "application/json", "buffer": step.made(world)}
            )
        case _:
            _act(page, step)


def _act(page: Page, step: Step) -> None:
    """Take a step that only a browser can take."""
    match step:
        case Type():
            page.locator(f"[name='{step.name}']").first.press_sequentially(step.text)
            page.locator(step.shows).first.wait_for()
        case Offline():
            page.context.set_offline(True)
            page.locator("[data-offline]").wait_for()
        case Unfold():
            page.evaluate(UNFOLD)
