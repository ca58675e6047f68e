"""From two addresses to two shared points, in a real browser, with and without scripts."""

from __future__ import annotations

import pytest

from tests.journeys import road as steps
from tests.journeys import rounds
from tests.journeys.road import CLOSED_LETTER, CLOSES, HOUR, MOMENT, MORNING, OPENS, WEEK, Road
from tests.journeys.story import Story
from tests.journeys.watching import FORBIDDEN_IN_TITLES

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_two_people_walk_the_whole_road(story: Story, scripts: bool) -> None:
    road = Road(story, story.reader(scripts=scripts), story.reader(scripts=scripts))
    they_arrive(road)
    they_agree(road)
    first_round(road)
    second_round(road)
    rounds.key_pages_wide(road)
    the_old_session_is_dead(road)


def they_arrive(road: Road) -> None:
    """Both sign up; Maya writes before Jonas has joined; Jonas joins by the link."""
    maya, jonas = road.maya, road.jonas
    maya.open("/")
    maya.look("front")
    maya.follow("Start your page")
    steps.sign_up(maya, "Maya", "Europe/Berlin")
    maya.at("/doc/mine/new")
    steps.write_need(maya, steps.TIME, steps.REQUEST)
    steps.join(jonas, steps.invite(maya))
    for reader, name in ((maya, "Maya"), (jonas, "Jonas")):
        steps.sign_out(reader)
        steps.sign_in(reader, name)
        reader.at("/overview")
        reader.look("overview-begin")


def they_agree(road: Road) -> None:
    """Both write, open together, work out a promise, choose a rhythm, sign."""
    maya, jonas = road.maya, road.jonas
    steps.write_need(jonas, steps.TIME, "A morning a week that is ours.")
    steps.write_need(jonas, steps.NOTICE, "Five hours’ notice on weeknights.")
    steps.open_together(road)
    steps.promise(road)
    steps.choose_rhythm(maya)
    steps.sign(maya, "Maya")
    maya.sees("You’ve signed.")
    steps.sign(jonas, "Jonas")
    for reader in (jonas, maya):
        reader.open("/doc")
        reader.sees("Version 1, signed by both")
        reader.look("doc-signed")
        reader.open("/overview")
        reader.sees("Your first page opens on Thursday 4 March")
        reader.look("overview-planned")


def first_round(road: Road) -> None:
    """Both answer from their letters; it opens for both, and letters say so when it is polite."""
    story, maya, jonas = road.story, road.maya, road.jonas
    story.move_to(OPENS + MOMENT)
    rounds.answer_by_letter(road, "Maya", "5, fairly", "6, very").close()
    rounds.answer_by_letter(road, "Jonas", "3, somewhat", "4, in between").close()
    maya.open("/overview")
    maya.sees("Your answers are in")
    maya.look("overview-answered")
    story.move_to(CLOSES + MOMENT)
    story.letter("jonas@example.org", CLOSED_LETTER)
    story.settle(ticks=2)
    assert not story.letters("maya@example.org", CLOSED_LETTER), "it is 21:00 where Maya lives"
    story.move_to(MORNING + MOMENT)
    story.letter("maya@example.org", CLOSED_LETTER)
    for reader in (maya, jonas):
        reader.open("/overview")
        reader.sees("You’ve both answered")
        assert rounds.points(reader) == [["4 Mar", "5", "3"]]
        reader.look("overview-one")


def second_round(road: Road) -> None:
    """Maya answers from her letter, Jonas signed in, and he changes his mind in time."""
    story, maya, jonas = road.story, road.maya, road.jonas
    story.move_to(OPENS + WEEK + MOMENT)
    rounds.answer_by_letter(road, "Maya", "6, very", "6, very", nth=2).close()
    rounds.answer_signed_in(jonas)
    story.move_to(MORNING + WEEK + MOMENT)
    story.letter("maya@example.org", CLOSED_LETTER, nth=2)
    story.settle(ticks=2)
    told = story.letters("jonas@example.org", CLOSED_LETTER)
    assert len(told) == 1, "the clock came late, and it is 7:00 where Jonas lives"
    story.move_to(MORNING + WEEK + HOUR)
    story.letter("jonas@example.org", CLOSED_LETTER, nth=2)
    for reader in (maya, jonas):
        reader.open("/overview")
        assert rounds.points(reader) == [["4 Mar", "5", "3"], ["11 Mar", "6", "4"]]
        reader.look("overview-two")
    letters_are_discreet(story)


def letters_are_discreet(story: Story) -> None:
    """Five letters each, and nothing in them tells what this is, or what was written."""
    for name, partner in (("maya", "Jonas"), ("jonas", "Maya")):
        letters = story.letters(f"{name}@example.org")
        assert len(letters) == 5, "confirm, twice open, twice closed"
        for letter in letters:
            told = f"{letter['Subject']} {letter.get_body(('plain',))} {letter.get_body(('html',))}"
            for secret in (partner, steps.REQUEST, steps.WORDS, "laptop", "satisf"):
                assert secret not in told
            assert not FORBIDDEN_IN_TITLES.search(letter["Subject"])
            assert letter["From"] == "Pages <pages@pages.example>"
            by_the_clock = "Confirm" not in letter["Subject"]
            assert ("List-Unsubscribe-Post" in letter) == by_the_clock


def the_old_session_is_dead(road: Road) -> None:
    """Signing out ends the session itself, not just this browser's memory of it."""
    copied = road.maya.context.cookies()
    steps.sign_out(road.maya)
    thief = road.story.reader(scripts=road.maya.scripts)
    thief.context.add_cookies(copied)  # type: ignore[arg-type]
    thief.open("/overview")
    thief.at("/signin")
    road.maya.open("/doc")
    road.maya.at("/signin")
