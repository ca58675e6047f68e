"""The first ten minutes on a phone: how many taps, pages and seconds, as upper bounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from couples.db import new_id
from couples.pairing.services_invites import make_invite, open_invites
from tests.cast import make_person
from tests.journeys.human import Human, with_phone
from tests.journeys.story import PASSWORD, Story, link_in, plain_text

pytestmark = pytest.mark.browser

THREE_MINUTES = 180
TOPIC = "Going out, and saying when"
REQUEST = "What could you two do so you get it?"
WORDS = "Five hours’ notice before going out on a weeknight."


@pytest.fixture
def somebody(signed_story: Story) -> Iterator[Callable[[], Human]]:
    """Gives people with phones, and closes their browsers."""
    people: list[Human] = []

    def one() -> Human:
        people.append(with_phone(signed_story.browser))
        return people[-1]

    yield one
    for human in people:
        human.page.context.close()


def make_account(human: Human, story: Story, name: str) -> None:
    """From the page that asks for an address to the one about quick exit, which is read."""
    page, address = human.page, f"{name.lower()}@example.org"
    human.type("Email", address)
    human.tap(page.get_by_role("button", name="Send me the letter"))
    human.look()
    letter = story.letter(address, "Confirm your email address")
    human.read_letter(plain_text(letter))
    human.open(link_in(letter, "/confirm/"))
    human.type("First name", name)
    human.type("Password", PASSWORD)
    adult = page.get_by_role("checkbox", name=re.compile("18 or older"))
    human.tap(adult.locator("xpath=ancestor::label[1]"), leads_on=False)
    # Found by the browser, and not asked for.
    assert page.get_by_label("Language").input_value() == "en"
    assert page.get_by_label("Time zone").input_value() == "Europe/Berlin"
    human.tap(page.get_by_role("button", name="Make my page"))
    assert urlsplit(page.url).path == "/start"
    human.tap(page.get_by_role("button", name="I understand"))


def write_first_need(human: Human) -> None:
    """Choose a topic, say what would help, save."""
    page = human.page
    assert urlsplit(page.url).path == "/doc/mine/new"
    human.tap(page.get_by_role("button", name=TOPIC))
    human.type(REQUEST, WORDS)
    human.tap(page.get_by_role("button", name="Save", exact=True))
    expect(page.locator("main")).to_contain_text(TOPIC)


def pages_between(human: Human) -> list[str]:
    """Return what stood between the button that made the account and the first need."""
    paths = [urlsplit(url).path for url in human.pages]
    confirmed = max(n for n, path in enumerate(paths) if path.startswith("/confirm/"))
    return paths[confirmed + 1 : paths.index("/doc/mine/new")]


def invited_by(story: Story, to: str = "") -> str:
    """Let somebody invite: return the link to hand over, or the one in the letter to an address."""
    with story.service.inside():
        now = story.service.now()
        inviter = make_person(f"Ines{new_id()[:6]}", now)
        make_invite(inviter, now, address=to or None)
        [invite] = open_invites(inviter, now)
    return link_in(story.letter(to), "/join/") if to else f"{story.service.url}/join/{invite.code}"


def arrive_by(human: Human, way: str, story: Story, to: str) -> None:
    """Come to the invitation: by its link, by the letter with it, or by typing the code."""
    link = invited_by(story, to if way == "mail" else "")
    if way == "mail":
        human.read_letter(plain_text(story.letter(to)))
    if way != "code":
        human.open(link)
        return
    human.open(f"{story.service.url}/join")
    # In small letters, with blanks where the dashes are.
    human.type("Code", link.rpartition("/")[2].lower().replace("-", " "))
    human.tap(human.page.get_by_role("button", name="Go on"))


def test_L4_the_partner_who_starts_has_a_need_and_a_link_in_under_four_minutes(
    signed_story: Story, somebody: Callable[[], Human]
) -> None:
    human = somebody()
    page = human.page
    human.open(signed_story.service.url)
    human.tap(page.get_by_role("link", name="Start your page").first)
    make_account(human, signed_story, f"Ann{new_id()[:6]}")
    write_first_need(human)
    at_need = human.seconds()
    human.tap(page.get_by_role("link", name="Link with someone"))
    human.tap(page.get_by_role("button", name="Make a link and code"))
    human.tap(page.get_by_role("button", name="Copy link"), leads_on=False)
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    print(human.report(f"who starts (first need after {at_need:.0f} s)"))
    assert pages_between(human) == ["/start"]
    assert (human.taps <= 15, len(human.pages) <= 11) == (True, True), human.report("too long")
    assert at_need < THREE_MINUTES
    assert human.seconds() < 240


@pytest.mark.parametrize("way", ["link", "mail", "code"])
def test_who_was_invited_meets_quick_exit_and_their_press_before_a_need_within_three_minutes(
    signed_story: Story, somebody: Callable[[], Human], way: str
) -> None:
    name, human = f"Bo{new_id()[:6]}", somebody()
    arrive_by(human, way, signed_story, f"{name.lower()}@example.org")
    human.tap(human.page.get_by_role("link", name="Start your page"))
    make_account(human, signed_story, name)
    human.tap(human.page.get_by_role("button", name=re.compile("^Join with")))
    write_first_need(human)
    print(human.report(f"who was invited by {way}"))
    # The one page between (L4), and the acceptance itself: docs/decisions/0037.
    assert [path.split("/")[1] for path in pages_between(human)] == ["start", "join"]
    assert (human.taps <= 14, len(human.pages) <= 11) == (True, True), human.report("too long")
    assert human.seconds() < THREE_MINUTES


def test_a_device_that_hides_its_zone_leaves_a_guess_alone_and_any_other_knows_better(
    signed_story: Story,
) -> None:
    found, browser = {}, signed_story.browser
    address = f"cy{new_id()[:6].lower()}@example.org"
    path = ""
    for device in ("UTC", "Atlantic/Reykjavik", "Asia/Calcutta", "America/Chicago"):
        context = browser.new_context(locale="de-AT", timezone_id=device)
        page = context.new_page()
        if not path:
            page.goto(f"{signed_story.service.url}/signup")
            page.locator("input[type=email]").fill(address)
            page.locator("main form button").click()
            path = link_in(signed_story.letter(address), "/confirm/")
        page.goto(path)
        found[device] = page.locator("select[data-zone]").input_value()
        context.close()
    assert found == {
        "UTC": "Europe/Vienna",
        "Atlantic/Reykjavik": "Europe/Vienna",
        "Asia/Calcutta": "Asia/Kolkata",
        "America/Chicago": "America/Chicago",
    }


def test_the_pages_can_be_put_on_a_home_screen(
    signed_story: Story, somebody: Callable[[], Human]
) -> None:
    page = somebody().page
    page.goto(f"{signed_story.service.url}/signin")
    session = page.context.new_cdp_session(page)
    found = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # The only objection: a window without a history, such as a test's, installs nothing.
    assert [one["errorId"] for one in found] in ([], ["in-incognito"])
