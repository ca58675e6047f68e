"""Our pages as another site's page sees them in a real browser: the same whoever is here (B14).

`127.0.0.1` is us and `localhost` is the other site: two sites to the browser, whose cookies, frames
and windows are kept apart by nothing but what our answers say.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys import tls
from tests.journeys.service import Service
from tests.journeys.tls import Site
from tests.servers import SmtpPeer

pytestmark = pytest.mark.browser
# Private, public, what redirects, what is a file, what is not there, and a door of the script's.
PATHS = (
    "/overview", "/week", "/doc", "/private", "/settings", "/signin", "/", "/settings/export",
    "/overview/numbers.csv", "/doc/versions/1/document.pdf", "/doc/versions/1", "/nothing-here",
    "/settings/seen", "/talks", "/static/app.css",
)  # fmt: skip
OPENED = ("/overview", "/settings", "/signin")
TURNS = 10
# What the other site can find out with every means it has; nothing of it may depend on who is here.
PROBE = """
async function seen(url) {
  const told = {};
  const event = (node, add) => new Promise(done => {
    for (const name of ['load', 'error']) node.addEventListener(name, () => done(name));
    setTimeout(() => done('nothing'), 4000);
    add();
  });
  const loaded = async (kind, name, more = {}) => {
    const node = Object.assign(document.createElement(kind), more, {[name]: url});
    told[kind] = await event(node, () => document.body.append(node));
    if (kind === 'iframe') {
      told.frames = node.contentWindow.length;
      try { told.inside = String(node.contentWindow.location.href); }
      catch (problem) { told.inside = problem.name; }
    }
    if (kind === 'img') told.size = [node.naturalWidth, node.naturalHeight];
    if (kind === 'link') {
      try { told.rules = node.sheet && node.sheet.cssRules.length; }
      catch (problem) { told.rules = problem.name; }
    }
    node.remove();
  };
  await Promise.all([
    loaded('iframe', 'src'), loaded('img', 'src'), loaded('script', 'src'),
    loaded('link', 'href', {rel: 'stylesheet'}), loaded('object', 'data'),
    loaded('video', 'src'),
  ]);
  for (const mode of ['no-cors', 'cors']) {
    try {
      const answer = await fetch(url, {mode, credentials: 'include', cache: 'no-store',
                                      signal: AbortSignal.timeout(9000)});
      told[mode] = [answer.type, answer.status, answer.redirected, answer.url];
    } catch (problem) { told[mode] = problem.name; }
  }
  const [entry] = performance.getEntriesByName(url).slice(-1);
  told.timing = entry ? [entry.transferSize, entry.decodedBodySize, entry.redirectStart,
                         entry.responseStatus, entry.requestStart] : null;
  return told;
}
"""
# A window of ours that the other site opened: what stays to be seen of it, and what it answers.
WINDOW = """
async url => {
  const messages = [];
  addEventListener('message', one => messages.push(one.data));
  const opened = window.open(url);
  if (!opened) return 'no window';
  for (let tries = 0; tries < 60 && !opened.closed; tries++)
    await new Promise(done => setTimeout(done, 50));
  opened.postMessage('who is there?', '*');
  await new Promise(done => setTimeout(done, 100));
  const told = {closed: opened.closed, messages};
  for (const name of ['length', 'name', 'opener', 'location']) {
    try { told[name] = String(opened[name] && (name === 'location' ? opened[name].href
                                                                  : opened[name])); }
    catch (problem) { told[name] = problem.name; }
  }
  return told;
}
"""
TIMES = """
async ([url, times]) => {
  const took = [];
  for (let time = 0; time < times; time++) {
    const begun = performance.now();
    await fetch(url, {mode: 'no-cors', credentials: 'include', cache: 'no-store'}).catch(() => 0);
    took.push(performance.now() - begun);
  }
  return took;
}
"""


@pytest.fixture(scope="module")
def other_site() -> Iterator[Site]:
    """Serve a page of somebody else, as any page on the internet may be."""
    page = f"<!doctype html><title>x</title><body><script>{PROBE}</script>".encode()
    with tls.serving(page=page) as site:
        yield site


@pytest.fixture
def contexts(
    signed: tuple[Service, SmtpPeer], chromium: Browser
) -> Iterator[dict[str, BrowserContext]]:
    """Return two browsers: Maya is signed in here in the one, nobody in the other."""
    service, _peer = signed
    made = {name: chromium.new_context() for name in ("Maya", "nobody")}
    page = made["Maya"].new_page()
    page.goto(service.url + "/signin")
    page.get_by_label("Email").fill("maya@example.org")
    page.get_by_label("Password").first.fill("tulips on the landing")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()
    assert page.url.endswith("/overview")
    page.close()
    yield made
    for context in made.values():
        context.close()


def test_B14_another_site_sees_the_same_whoever_is_signed_in_here(
    signed: tuple[Service, SmtpPeer], contexts: dict[str, BrowserContext], other_site: Site
) -> None:
    service, _peer = signed
    told = {name: looks(one, service.url, other_site) for name, one in contexts.items()}
    for path in PATHS:
        assert told["Maya"][path] == told["nobody"][path], path
        assert told["Maya"][path]["cors"] == "TypeError"
        assert told["Maya"][path]["no-cors"] == "TypeError"
        assert told["Maya"][path]["img"] == told["Maya"][path]["script"] == "error"
        assert (told["Maya"][path]["frames"], told["Maya"][path]["inside"]) == (0, "SecurityError")

    assert told["Maya"] == told["nobody"]
    # Whoever is led to, the opener has lost hold of the window: it can neither see nor ask.
    for opened in told["Maya"]["windows"].values():
        assert opened["closed"] is True
        assert opened["messages"] == []


def looks(context: BrowserContext, ours: str, other_site: Site) -> dict[str, Any]:
    """Return all that the other site's page finds out; no cookie of ours goes with its requests."""
    page = at_other_site(context, other_site)
    sent = cookies_sent(page, ours)
    found: dict[str, Any] = {path: page.evaluate("url => seen(url)", ours + path) for path in PATHS}
    assert len(sent) >= len(PATHS)
    assert not any(sent)
    # What the probe is worth: of a page of its own site it sees everything.
    own = page.evaluate("url => seen(url)", page.url)
    assert (own["iframe"], own["inside"], own["cors"][0]) == ("load", page.url, "basic")
    found["windows"] = {path: page.evaluate(WINDOW, ours + path) for path in OPENED}
    page.close()
    return found


def cookies_sent(page: Page, ours: str) -> list[str]:
    """Return a list that grows by the cookies of every request to us, as they leave the browser.

    Asked of the browser's own protocol: Playwright waits for ever for headers of what was blocked.
    """
    sent: list[str] = []

    def leaves(event: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in event["headers"].items()}
        if ours.endswith(headers.get("host", "nowhere")):
            sent.append(headers.get("cookie", ""))

    browser = page.context.new_cdp_session(page)
    browser.on("Network.requestWillBeSentExtraInfo", leaves)
    browser.send("Network.enable")
    return sent


def at_other_site(context: BrowserContext, other_site: Site) -> Page:
    """Return a page of the other site."""
    page = context.new_page()
    page.goto(f"http://localhost:{other_site.port}/")
    return page


def test_B14_the_cookies_that_would_be_sent_are_seen(
    signed: tuple[Service, SmtpPeer], contexts: dict[str, BrowserContext]
) -> None:
    service, _peer = signed
    page = contexts["Maya"].new_page()
    sent = cookies_sent(page, service.url)
    page.goto(service.url + "/overview")
    assert any(sent), "from our own pages they are sent, and this is noticed"


def test_B14_how_long_an_answer_takes_tells_another_site_nothing(
    signed: tuple[Service, SmtpPeer], contexts: dict[str, BrowserContext], other_site: Site
) -> None:
    service, _peer = signed
    pages = {name: at_other_site(one, other_site) for name, one in contexts.items()}
    # One disturbed try is let pass: the machine may have been at something else.
    assert any(differs_little(service.url + "/overview", pages) for _try in range(2))


def differs_little(url: str, pages: dict[str, Page]) -> bool:
    """Compare medians, taking turns: both have the same neighbours on the machine."""
    took: dict[str, list[float]] = {name: [] for name in pages}
    for _turn in range(TURNS):
        for name, page in pages.items():
            took[name] += page.evaluate(TIMES, [url, 4])
    first, second = (median(times) for times in took.values())
    return abs(first - second) < max(5, 0.25 * max(first, second))
