"""The whole road in a browser, step by step; each step leaves the people where the next begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.journeys.story import PASSWORD, Reader, Story, link_in

BERLIN = ZoneInfo("Europe/Berlin")
OPENS = datetime(2027, 3, 4, 19, tzinfo=BERLIN)
CLOSES = datetime(2027, 3, 7, 21, tzinfo=BERLIN)
MORNING = datetime(2027, 3, 8, 8, tzinfo=BERLIN)
WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)
MOMENT = timedelta(seconds=2)
OPEN_LETTER = "A few minutes, when it suits you"
CLOSED_LETTER = "Your pages are open now"
TIME = "Unhurried time together"
NOTICE = "Going out, and saying when"
FIRST_WORDS = "Two evenings a week, laptops shut by eight."
WORDS = "Two evenings a week, laptops shut by nine."
REQUEST = "Evenings without a laptop on the table."


@dataclass
class Road:
    """The story and its two people."""

    story: Story
    maya: Reader
    jonas: Reader


def address(name: str) -> str:
    """Return a person's address."""
    return f"{name.lower()}@example.org"


def sign_up(reader: Reader, name: str, zone: str) -> None:
    """From a typed address through the letter to the page about quick exit."""
    reader.write("Email", address(name))
    reader.look("signup")
    reader.press("Send me the letter")
    reader.look("sent")
    letter = reader.story.letter(address(name), "Confirm your email address")
    reader.open(link_in(letter, "/confirm/"))
    reader.look("confirm")
    reader.write("First name", name)
    reader.choose("Time zone", zone)
    reader.write("Password", PASSWORD)
    reader.tick(re.compile("18 or older"), role="checkbox")
    reader.press("Make my page")
    reader.at("/start")
    reader.look("start")
    reader.press("I understand")


def sign_in(reader: Reader, name: str) -> None:
    """Sign in and stay signed in on this device."""
    reader.open("/signin")
    reader.look("signin")
    reader.write("Email", address(name))
    reader.write("Password", PASSWORD)
    reader.tick(re.compile("Keep me signed in"), role="checkbox")
    reader.press("Sign in")


def sign_out(reader: Reader) -> None:
    """Sign out from the settings."""
    reader.open("/settings")
    reader.press("Sign out")
    reader.sees("You’re signed out.")


def write_need(reader: Reader, topic: str, request: str) -> None:
    """Choose a topic and write its three answers; with scripts they save themselves."""
    reader.open("/doc/mine/new")
    reader.look("need-new")
    reader.press(re.compile(f"^{topic}"))
    reader.write("What did you feel you weren’t getting before?", "Evenings went by unnoticed.")
    reader.write("What could you two do so you get it?", request)
    reader.write("What would you look after yourself?", "I leave work at work.")
    reader.tick("5, very much")
    if reader.scripts:
        expect(reader.page.locator("[data-saved]")).to_contain_text("Saved at")
        reader.page.reload()
        field = reader.page.get_by_label("What could you two do so you get it?")
        expect(field).to_have_value(request)
        reader.look("need-write")
    reader.press("Save")
    reader.at("/doc/mine")
    reader.sees(topic)
    reader.look("needs")


def invite(maya: Reader) -> str:
    """Make a link to hand over; return it."""
    maya.open("/settings/link")
    maya.look("link-none")
    maya.press("Make a link and code")
    maya.look("link-open")
    return maya.page.locator("code.code").inner_text()


def join(jonas: Reader, link: str) -> None:
    """Look at the invitation, make an account of one's own, and only then accept."""
    jonas.open(link)
    jonas.sees("Maya has started a page for the two of you.")
    jonas.sees("This server is run by the people next door.")
    jonas.look("invite")
    jonas.follow("Start your page")
    sign_up(jonas, "Jonas", "Europe/Lisbon")
    jonas.look("invite-in")
    jonas.press("Join with Maya")
    jonas.watch.check()


def open_together(road: Road) -> None:
    """Both say ready; neither sees whether the other has; both pages open at one moment."""
    maya, jonas = road.maya, road.jonas
    say_ready(maya)
    maya.sees("Your page is folded")
    maya.look("folded")
    jonas.open("/doc")
    jonas.does_not_see(REQUEST, "ready to open")
    say_ready(jonas)
    for one in (jonas, maya):
        one.open("/doc")
        one.sees("Both pages are ready")
        one.look("reveal")
        one.press("Open both pages")
        one.sees("Both pages are open")
        one.look("open")


def say_ready(reader: Reader) -> None:
    """Read everything once more, and fold the page."""
    reader.open("/doc")
    reader.look("doc-writing")
    reader.follow("Read it through")
    reader.look("read")
    reader.press("I’m ready to open our pages")


def promise(road: Road) -> None:
    """Maya suggests words, Jonas suggests others, Maya uses those."""
    maya, jonas = road.maya, road.jonas
    open_topic(maya)
    maya.sees(REQUEST)
    maya.look("side-none")
    maya.follow("Suggest words")
    maya.write("The promise, in shared words", FIRST_WORDS)
    maya.write(re.compile("What counts as kept"), "Both evenings, most weeks.")
    maya.look("words")
    maya.press("Send to Jonas")
    maya.sees("Your wording is with Jonas.")
    open_topic(jonas)
    jonas.sees("Maya suggests words")
    jonas.look("side-theirs")
    jonas.follow("Suggest different words")
    jonas.write("The promise, in shared words", WORDS)
    jonas.write(re.compile("A note beside it"), "Eight is early for me.")
    jonas.press("Send to Maya")
    open_topic(maya)
    maya.sees("Eight is early for me.")
    maya.press("Use this wording")
    maya.sees("Agreed by both")
    maya.look("side-agreed")


def open_topic(reader: Reader) -> None:
    """Go to the topic both wrote about, by its name."""
    reader.open("/doc/open")
    reader.follow(TIME)


def choose_rhythm(maya: Reader) -> None:
    """Every week, Thursday evening to Sunday evening."""
    maya.open("/doc")
    maya.look("doc-working")
    maya.follow("Choose how often")
    maya.tick("Every week")
    chosen = {"opens_weekday": 3, "opens_hour": 19, "closes_weekday": 6, "closes_hour": 21}
    for name, value in chosen.items():
        maya.page.locator(f"#{name}").select_option(str(value))
    maya.write(re.compile("How you’ll talk"), "Sundays, over coffee.")
    maya.look("rhythm")
    maya.press("Save")


def sign(reader: Reader, name: str) -> None:
    """Read the whole text and type one's name under it."""
    reader.open("/doc")
    reader.follow("Read and sign")
    reader.sees(WORDS)
    reader.write("Your name", name)
    reader.look("sign")
    reader.press("Sign")
