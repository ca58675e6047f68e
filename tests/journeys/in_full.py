"""The agreement to its full depth, up to the promises: each step begins where the last ended."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from couples.agreement.needs import services as services_needs
from couples.agreement.needs.services import Heading
from couples.agreement.rules import NeedWords
from tests import world as worlds
from tests.cast import make_person
from tests.journeys.road import TIME, Road, sign_in
from tests.journeys.story import Reader, Story
from tests.journeys.writing import BEFORE, REQUEST
from tests.world import World

HOME = "Sharing the load at home"
PHONES = "Phones and screens"
PROMISE = "The promise, in shared words"
HEARD = "Evenings matter to you because the days go by without us."
NOT_QUITE = "You would like me to work less."
IF_THEN = "If one of us is late, then we name another evening the same day."
MAYAS = "If one of us works late, then we name another evening at once."
NEEDS = {
    "Maya": {
        "notice": ("I sat at the table and did not know.", "A message by five in the afternoon."),
        "home": ("I carried the lists in my head.", "Each of us owns whole jobs."),
    },
    "Jonas": {
        "time": ("Whenever I stopped working it was too late to count.", "Knowing ahead."),
        "notice": ("I felt I had to ask for leave.", "Five hours’ notice on weeknights."),
        "phones": ("We both looked down at dinner.", "Phones stay in the hall."),
    },
}


def arrive(story: Story) -> Road:
    """Two linked people, most of whose needs are written; both sign in."""
    world, now = World(), story.service.now()
    with story.service.inside():
        for name in NEEDS:
            world.people[name] = make_person(name, now)
        worlds.link(world, "Maya", "Jonas", now)
        for name, needs in NEEDS.items():
            for listed, (before, request) in needs.items():
                person_id = world.people[name]
                need_id = services_needs.begin_need(person_id, Heading(listed=listed), now)
                words = NeedWords(before, request, "I say so in good time.", None)
                services_needs.save_need(person_id, need_id, words, 0, now)
    road = Road(story, story.reader(), story.reader())
    sign_in(road.maya, "Maya")
    sign_in(road.jonas, "Jonas")
    return road


def before_they_begin(road: Road) -> None:
    """Maya answers one of the two questions, for herself; Jonas would rather not."""
    maya, jonas = road.maya, road.jonas
    maya.open("/private")
    maya.look("full-private-empty")
    maya.open("/doc")
    maya.look("full-doc-writing")
    maya.follow("Read the two questions")
    maya.look("full-before")
    maya.write("What do you hope will be different this time?", "That we talk before it hurts.")
    expect(maya.page.locator("[data-saved]")).to_contain_text("Saved at")
    maya.press("Save")
    maya.open("/private")
    maya.sees("That we talk before it hurts.")
    maya.look("full-private")
    jonas.open("/doc")
    jonas.press("Not for me")
    jonas.open("/doc")
    jonas.does_not_see("Two questions for you alone", "That we talk before it hurts.")


def clear_the_air(road: Road) -> None:
    """Maya would like to, Jonas as well; both write, both open, both close, and it is gone."""
    maya, jonas = road.maya, road.jonas
    maya.open("/doc")
    maya.follow("Clear the air, once")
    maya.show("full-air-none")
    maya.press("I’d like to")
    maya.look("full-air-asked")
    jonas.open("/doc")
    jonas.sees("Maya would like to clear the air, once.")
    jonas.look("full-doc-air")
    jonas.follow("What is that?")
    jonas.look("full-air-offered")
    jonas.press("I’d like to as well")
    jonas.look("full-air-writing")
    for reader, words in ((jonas, "I hid behind work."), (maya, "I went quiet for days.")):
        reader.open("/doc/air")
        reader.write("What I own up to", words)
        reader.press("I’m ready to open our texts")
        reader.look("full-air-folded" if reader is jonas else "full-air-open")
    for reader in (jonas, maya):
        reader.open("/doc/air")
        reader.sees("I went quiet for days.")
        reader.press("Close it for good")
        reader.does_not_see("Clear the air", "clear the air")
    maya.show("full-air-closed")


def write(road: Road) -> None:
    """Maya chooses a topic, is given a hint, keeps her words, and says what matters most."""
    maya = road.maya
    maya.open("/doc/mine/new")
    maya.look("full-new")
    maya.press(re.compile(f"^{TIME}"))
    maya.show("full-write-empty")
    maya.write(BEFORE, "You never had time for me. I felt like I’d gone missing.")
    hint = maya.page.locator(".field", has=maya.page.get_by_label(BEFORE)).locator(".gentle")
    expect(hint).to_contain_text("can sound like a verdict")
    maya.look("full-write-hint")
    hint.get_by_role("button", name="Keep my words").click()
    expect(hint).to_be_hidden()
    maya.write(BEFORE, "In the evenings I felt like I’d gone missing, and I missed you.")
    maya.write(REQUEST, "Two evenings a week with laptops shut by eight.")
    maya.write("What would you look after yourself?", "I say on Sunday which evenings matter.")
    maya.press(re.compile("^Save( and leave)?$"))
    maya.open("/doc/mine")
    card = maya.page.locator(".ncard", has_text=TIME)
    maya.press("5", within=card)
    expect(maya.page.locator(".ncard h2").first).to_have_text(TIME)
    maya.look("full-mine")


def open_together(road: Road) -> None:
    """Both fold their page; both open at one moment."""
    for reader in (road.maya, road.jonas):
        reader.open("/doc/read")
        reader.look("full-read")
        reader.press("I’m ready to open our pages")
        reader.look("full-folded" if reader is road.maya else "full-reveal")
    for reader in (road.maya, road.jonas):
        reader.open("/doc")
        reader.press("Open both pages")
        reader.look("full-open")


def topic(reader: Reader, name: str) -> None:
    """Go to a topic by its name, and there to where the work on it goes on."""
    reader.open("/doc/open")
    reader.follow(re.compile(f"^{name}"))


def hear(road: Road) -> None:
    """Jonas says what he hears; not quite; he puts it another way; yes, that's it."""
    maya, jonas = road.maya, road.jonas
    topic(jonas, TIME)
    jonas.look("full-side-new")
    for turn, words in (("Say what you hear", NOT_QUITE), ("Put it another way", HEARD)):
        jonas.follow(re.compile(turn))
        jonas.write("What I hear", words)
        jonas.look("full-hear")
        jonas.press("Say it to Maya")
        jonas.show("full-side-said")
        topic(maya, TIME)
        maya.sees(words)
        maya.look("full-side-answer")
        maya.press("Not quite" if words == NOT_QUITE else "Yes, that’s it")
        topic(jonas, TIME)
        jonas.show("full-side-not-quite" if words == NOT_QUITE else "full-side-yes")
    maya.sees("Yes, that’s it")


def suggest(road: Road) -> None:
    """Two suggestions meet: Jonas, the later, sees both and sends his; Maya uses it."""
    maya, jonas = road.maya, road.jonas
    for reader in (maya, jonas):
        topic(reader, TIME)
        reader.follow("Suggest words")
        reader.press("If …, then we …")
    maya.write(PROMISE, MAYAS)
    maya.write(re.compile("What counts as kept"), "A day and an hour are named.")
    maya.press("Keep for later")
    topic(maya, TIME)
    maya.show("full-side-begun")
    maya.follow("Keep writing your words")
    maya.tick("Try it first", role="checkbox")
    maya.look("full-words")
    maya.press("Send to Jonas")
    maya.show("full-side-mine")
    jonas.write(PROMISE, IF_THEN)
    jonas.tick("Try it first", role="checkbox")
    jonas.write(re.compile("A note beside it"), "A late train counts as well.")
    jonas.watch.expected = {409}
    jonas.press("Send to Maya")
    jonas.sees("Other words came in the meantime.")
    jonas.look("full-words-meet")
    jonas.watch.expected = set()
    jonas.press("Suggest mine instead")
    topic(maya, TIME)
    maya.look("full-side-theirs")
    decide(maya)


def decide(maya: Reader) -> None:
    """Maya keeps it for a talk at first, and then says yes."""
    maya.press("Talk about it first")
    maya.show("full-side-talk")
    maya.press("Use this wording")
    maya.page.get_by_text("How the words came about").click()
    maya.look("full-side-agreed")
