"""Behind a proxy with a certificate, as a real installation stands: forms, cookies, links (E8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Response, expect

from couples.settings import Settings
from tests.journeys import tls
from tests.journeys.prepared import signed_couple
from tests.journeys.service import Service
from tests.journeys.story import Story, link_in
from tests.journeys.tls import Site
from tests.mail.tls_peer import own_context
from tests.servers import SmtpPeer, free_port

pytestmark = pytest.mark.browser
NEW = "lanterns over the canal"


@dataclass
class Installation:
    """The service behind its proxy, letters that arrive, one browser, and a site of others."""

    service: Service
    story: Story
    page: Page
    elsewhere: Site
    requests: list[Request] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)

    def watch(self) -> None:
        """Remember every request and its answer."""

        def asked(request: Request) -> None:
            self.requests.append(request)

        def answered(answer: Response) -> None:
            self.answers.append(answer)

        self.page.on("request", asked)
        self.page.on("response", answered)

    def press(self, name: str) -> None:
        """Press a button that sends a form."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()

    def go_elsewhere(self) -> dict[str, str]:
        """Leave for another host as by a link; return what its server is told."""
        with self.page.expect_navigation():
            self.page.evaluate(f"location.assign('https://localhost:{self.elsewhere.port}/')")
        return next(headers for path, headers in reversed(self.elsewhere.asked) if path == "/")


@pytest.fixture
def installation(tmp_path: Path, smtp_peer: SmtpPeer, chromium: Browser) -> Iterator[Installation]:
    """Run the real service with an address that begins with https."""
    service, port = Service(tmp_path, smtp_peer.url), free_port()
    service.url = f"https://127.0.0.1:{port}"
    service.environ |= {"PUBLIC_URL": service.url, "PROXY_HOPS": "1"}
    assert Settings.from_environ(service.environ).is_https
    context = own_context(tmp_path)
    with (
        tls.serving(port=port, behind=service.port, context=context),
        tls.serving(page=b"<!doctype html><title>x</title>", context=context) as elsewhere,
    ):
        try:
            service.start()
            signed_couple(service)
            yield from _visited(service, smtp_peer, chromium, elsewhere)
        finally:
            service.stop()
    assert not service.complaints()


def _visited(
    service: Service, peer: SmtpPeer, chromium: Browser, elsewhere: Site
) -> Iterator[Installation]:
    story = Story(service, peer, chromium)
    context = chromium.new_context(ignore_https_errors=True, locale="en-GB")
    context.set_default_timeout(10_000)
    made = Installation(service, story, context.new_page(), elsewhere)
    made.watch()
    yield made
    context.close()


def test_E8_forms_work_over_tls_and_no_link_reaches_another_host_or_a_log(
    installation: Installation,
) -> None:
    links = [set_a_new_password(installation)]
    sign_in(installation)
    links.append(answer_by_link(installation))
    hosts = {urlsplit(one.url).netloc for one in installation.requests}
    ours = urlsplit(installation.service.url).netloc
    assert hosts == {ours, f"localhost:{installation.elsewhere.port}"}
    for link in links:
        token = link.rpartition("/")[2].partition("?")[0]
        assert len(token) > 40
        assert token not in installation.service.log()
        assert token not in repr(installation.elsewhere.asked)


def set_a_new_password(one: Installation) -> str:
    """Ask for the letter, follow its link, choose a password: two forms behind the CSRF check."""
    one.page.goto(one.service.url + "/reset")
    one.page.get_by_label("Email").fill("maya@example.org")
    one.press("Send me the letter")
    expect(one.page).to_have_url(one.service.url + "/reset/sent")
    link = link_in(one.story.letter("maya@example.org"), "/reset/")
    assert link.startswith(one.service.url)
    one.page.goto(link)
    assert "Referer" not in one.go_elsewhere(), "the address of a link is nobody else's"
    one.page.goto(link)
    one.page.get_by_label("Password").first.fill(NEW)
    one.press("Set this password")
    expect(one.page).to_have_url(one.service.url + "/signin")
    posted = next(each for each in reversed(one.requests) if each.method == "POST")
    # Flask-WTF asks for it over HTTPS: with no-referrer, every form would be refused.
    assert posted.headers["referer"].startswith(one.service.url)
    return link


def sign_in(one: Installation) -> None:
    """Sign in with the new password; the cookie goes over HTTPS to this host alone."""
    one.page.get_by_label("Email").fill("maya@example.org")
    one.page.get_by_label("Password").first.fill(NEW)
    one.press("Sign in")
    expect(one.page).to_have_url(re.compile(re.escape(one.service.url) + "/overview"))
    for answer in one.answers:
        if answer.url.startswith(one.service.url):
            assert answer.status < 400, answer.url
            assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
            assert answer.headers["referrer-policy"] == "same-origin"
    cookies = {each["name"]: each for each in one.page.context.cookies(one.service.url)}
    session = cookies["__Host-pages"]
    assert (session["secure"], session["httpOnly"], session["sameSite"]) == (True, True, "Lax")
    assert (session["domain"], session["path"]) == ("127.0.0.1", "/")
    assert all(each["secure"] for each in cookies.values())


def answer_by_link(one: Installation) -> str:
    """Answer a round by its letter's link, in a browser that knows nobody."""
    one.page.context.clear_cookies()
    one.story.move_on(days=4)
    link = link_in(one.story.letter("jonas@example.org"), "/week/")
    one.page.goto(link)
    assert "Referer" not in one.go_elsewhere()
    one.page.goto(link)
    overall = one.page.get_by_role("group", name=re.compile("^Overall, how satisfied"))
    overall.get_by_role("radio").first.locator("xpath=ancestor::label[1]").click()
    # As long as a person takes at the least.
    one.page.wait_for_timeout(1100)
    one.press("Share when it opens")
    expect(one.page).to_have_url(re.compile("/done$"))
    return link
