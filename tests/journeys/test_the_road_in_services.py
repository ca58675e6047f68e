"""The whole road through the services, on both databases, with letters over real SMTP.

Nothing is looked up behind the services' back: what a person needs to go on with, they take from
what a service returned or from a letter that came to the mail server.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from couples.accounts import services_passwords, services_signup
from couples.accounts.services import find_session
from couples.agreement.needs import services as services_needs
from couples.agreement.needs import services_opening
from couples.agreement.needs.services import Heading
from couples.agreement.promises import services as services_wording
from couples.agreement.promises import services_side
from couples.agreement.promises.services import Wording
from couples.agreement.refusals import OwnSuggestion
from couples.agreement.rhythm import Rhythm
from couples.agreement.rules import NeedWords, PromiseWords, Terms
from couples.agreement.services_home import home
from couples.agreement.signing import services as services_signing
from couples.agreement.signing import services_terms
from couples.mail.carrying.transport import SmtpTransport
from couples.mail.sending import delivery
from couples.pairing import services_invites, services_linking
from couples.pairing.services import couple_of
from couples.surveys import services as services_rounds
from couples.surveys.answering import services as services_answers
from couples.surveys.answering import services_link
from couples.surveys.answering.services import Answers, RoundClosed
from couples.surveys.answering.services_link import LinkGone
from couples.surveys.answering.services_week import week_of
from couples.surveys.rounds import services_clock
from tests.journeys.story import PASSWORD, link_in
from tests.servers import SmtpPeer
from tests.surveys.agreed import rounds_for

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = datetime(2026, 9, 1, 12, tzinfo=UTC)
OPENS = datetime(2026, 9, 3, 19, tzinfo=BERLIN)
CLOSES = datetime(2026, 9, 6, 21, tzinfo=BERLIN)
WEEK = timedelta(days=7)
RHYTHM = Rhythm(1, 3, 19, 6, 21, "Europe/Berlin")


@dataclass
class Road:
    """The mail server, the clock of this story, and who is who."""

    peer: SmtpPeer
    now: datetime = TUESDAY

    def post_comes(self) -> None:
        """Let the clock look around and everything due be sent."""
        services_clock.open_due_rounds(self.now)
        services_clock.close_due_rounds(self.now)
        delivery.deliver(lambda: self.now, SmtpTransport(self.peer.url))

    def move_to(self, instant: datetime) -> None:
        """Move time forward and let happen what happens then."""
        assert instant > self.now
        self.now = instant
        self.post_comes()

    def last_letter(self, address: str) -> EmailMessage:
        """Return the newest letter to an address."""
        return self.peer.to(address)[-1]

    def token_for(self, address: str, path: str) -> str:
        """Return the token in the newest letter's link."""
        return link_in(self.last_letter(address), f"/{path}/").rpartition("/")[2]

    def sign_up(self, name: str, zone: str) -> str:
        """Ask for an account, take the link out of the letter, choose a password; return the id."""
        address = f"{name.lower()}@example.org"
        services_signup.ask_for_account(address, "en", self.now)
        self.post_comes()
        token = self.token_for(address, "confirm")
        assert services_signup.look_at_link(token, self.now).address == address
        session = services_signup.confirm(
            token, name=name, password=PASSWORD, language="en", zone=zone, now=self.now
        )
        found = find_session(session, self.now)
        assert found is not None
        services_signup.begin(found.person_id, self.now)
        return found.person_id

    def write_need(self, person_id: str, listed: str, request: str, matters: int) -> str:
        """Begin a need and write it; return its id."""
        need_id = services_needs.begin_need(person_id, Heading(listed=listed), self.now)
        words = NeedWords("It went missing.", request, "I look after my own part.", matters)
        services_needs.save_need(person_id, need_id, words, 0, self.now)
        return need_id

    def sign(self, person_id: str, name: str) -> str:
        """Sign what lies there now."""
        page = services_signing.sign_page(person_id)
        return services_signing.sign(person_id, name, page.read_hash, self.now)


@pytest.fixture
def road(database_app: Flask, smtp_peer: SmtpPeer) -> Road:
    """Return the beginning of the road, on SQLite and on PostgreSQL."""
    return Road(smtp_peer)


def test_two_people_walk_the_whole_road_through_the_services(road: Road) -> None:
    maya = road.sign_up("Maya", "Europe/Berlin")
    road.write_need(maya, "time", "Two evenings a week with laptops shut.", 5)
    jonas = road.sign_up("Jonas", "Europe/Lisbon")
    link_by_code(road, maya, jonas)
    they_open_together(road, maya, jonas)
    they_promise(road, maya, jonas)
    they_sign(road, maya, jonas)
    first_round(road, maya, jonas)
    second_round(road, maya, jonas)
    both_points_stand_for_both(road, maya, jonas)


def link_by_code(road: Road, maya: str, jonas: str) -> None:
    """Maya makes an invite and hands the code over; Jonas looks at it and accepts."""
    letters = len(road.peer.messages)
    services_invites.make_invite(maya, road.now)
    (invite,) = services_invites.open_invites(maya, road.now)
    assert invite.code is not None
    assert services_linking.look_at(invite.code, None, road.now).inviter == "Maya"
    services_linking.accept(invite.code, jonas, road.now)
    assert couple_of(maya).id == couple_of(jonas).id
    road.post_comes()
    assert len(road.peer.messages) == letters, "no act of one person causes a letter (S3)"


def they_open_together(road: Road, maya: str, jonas: str) -> None:
    """Both write and say ready; until then neither sees anything of the other."""
    road.write_need(jonas, "time", "A morning a week that is ours.", 3)
    road.write_need(jonas, "notice", "Five hours' notice on weeknights.", 4)
    services_opening.say_ready(maya, road.now)
    assert home(jonas).topics == ()
    assert not home(jonas).reveal_waits
    services_opening.say_ready(jonas, road.now)
    for one in (maya, jonas):
        assert home(one).reveal_waits
        services_opening.open_pages(one)
        assert {line.topic.listed for line in home(one).topics} == {"time", "notice"}


def they_promise(road: Road, maya: str, jonas: str) -> None:
    """Maya suggests, Jonas suggests other words, Maya uses those."""
    topic_id = next(line.topic.id for line in home(maya).topics if line.topic.listed == "time")
    first = Wording(PromiseWords("Laptops shut by eight, twice a week."), False, "", "")
    assert services_wording.suggest(maya, topic_id, first, road.now) is None
    seen = services_side.side(jonas, topic_id)
    assert seen.suggestion is not None
    with pytest.raises(OwnSuggestion):
        services_wording.use(maya, seen.suggestion.id, road.now)
    words = PromiseWords("Laptops shut by nine, twice a week.", "Both evenings.", "We say so.", "")
    road.now += timedelta(minutes=1)
    other = Wording(words, False, "Eight is early for me.", seen.seen)
    assert services_wording.suggest(jonas, topic_id, other, road.now) is None
    waiting = services_side.side(maya, topic_id).suggestion
    assert waiting is not None and waiting.words == words
    services_wording.use(maya, waiting.id, road.now)
    promise = services_side.side(jonas, topic_id).promise
    assert promise is not None and promise.words == words


def they_sign(road: Road, maya: str, jonas: str) -> None:
    """A rhythm, and both names under exactly the same text."""
    wanted = Terms(RHYTHM, "Sundays, over coffee.", date(2026, 11, 26))
    page = services_terms.terms(maya, "Europe/Berlin", date(2026, 9, 1))
    assert services_terms.save_terms(maya, wanted, page.revision, road.now) is None
    assert road.sign(maya, "Maya") == "signed"
    assert week_of(maya, road.now).next_opening is None
    assert road.sign(jonas, "Jonas") == "in_force"
    assert week_of(maya, road.now).next_opening == OPENS
    assert week_of(jonas, road.now).next_opening == OPENS


def first_round(road: Road, maya: str, jonas: str) -> None:
    """Letters to both at the opening; each answers from theirs; closing letters when polite."""
    road.move_to(OPENS - timedelta(minutes=1))
    assert services_rounds.open_round(maya, road.now) is None
    road.move_to(OPENS)
    tokens = {name: road.token_for(f"{name}@example.org", "week") for name in ("maya", "jonas")}
    answer_by_link(road, tokens["maya"], overall=5, topic=6)
    answer_by_link(road, tokens["jonas"], overall=3, topic=4)
    before = rounds_for(maya, road.now)
    assert before[-1].opened == {}
    letters = len(road.peer.messages)
    road.move_to(CLOSES)
    assert road.peer.recipients[letters:] == ["jonas@example.org"], "20:00 where Jonas lives"
    with pytest.raises(LinkGone):
        services_link.page_by_link(tokens["maya"], road.now)
    road.move_to(datetime(2026, 9, 7, 8, tzinfo=BERLIN))
    assert road.peer.recipients[letters + 1 :] == ["maya@example.org"], "not at night"
    opened = rounds_for(jonas, road.now)[-1].opened
    assert opened["overall"] == (3, 5)


def answer_by_link(road: Road, token: str, overall: int, topic: int) -> None:
    """Answer everything the mailed page asks, and share."""
    page = services_link.page_by_link(token, road.now)
    given = {"overall": overall, **{asked.id: topic for asked in page.topics}}
    services_link.save_by_link(token, Answers(given=given, share=True), road.now)


def second_round(road: Road, maya: str, jonas: str) -> None:
    """Jonas answers signed in and changes his mind before the close; Maya by her link."""
    road.move_to(OPENS + WEEK)
    answer_by_link(road, road.token_for("maya@example.org", "week"), overall=6, topic=6)
    open_now = services_rounds.open_round(jonas, road.now)
    assert open_now is not None
    for overall in (2, 4):
        answers = Answers(given={"overall": overall}, share=True)
        assert services_answers.save_answers(jonas, open_now.id, answers, road.now) is None
    road.move_to(CLOSES + WEEK)
    with pytest.raises(RoundClosed):
        services_answers.save_answers(jonas, open_now.id, answers, road.now)


def both_points_stand_for_both(road: Road, maya: str, jonas: str) -> None:
    """Both see the same two rounds, each with their own number first."""
    mine = [one.opened["overall"] for one in rounds_for(maya, road.now)]
    theirs = [one.opened["overall"] for one in rounds_for(jonas, road.now)]
    assert mine == [(5, 3), (6, 4)]
    assert theirs == [(3, 5), (4, 6)]
    assert services_passwords.sign_in("maya@example.org", PASSWORD, keep=False, now=road.now)
