"""Suggestions about a topic stay to be read, with what became of each (rule A9)."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask.testing import FlaskClient

from couples.agreement.promises.services_side import side
from couples.agreement.topics.services import Proposal, keep_for_talk, propose, use, withdraw
from tests.agreement.road import text
from tests.agreement.test_topics import open_topics, waiting
from tests.cast import Cast

MINUTE = timedelta(minutes=1)


def test_A9_a_note_that_gave_way_is_found_when_what_took_its_place_is_withdrawn(
    maya: FlaskClient, jonas: FlaskClient, cast: Cast, now: datetime
) -> None:
    first, second, _third = open_topics(cast, now)
    propose(cast.maya, first, Proposal("retire", note="Hers <1>."), now)
    met = waiting(cast.jonas, first)
    propose(cast.jonas, first, Proposal("merge", second, "His.", seen=met), now + MINUTE)
    assert [past.became for past in side(cast.maya, first).past_moves] == ["replaced"]
    withdraw(cast.jonas, waiting(cast.jonas, first), now + 2 * MINUTE)
    for browser in (maya, jonas):
        shown = text(browser, f"/doc/side/{first}")
        assert "What was suggested earlier" in shown
        assert "<q>Hers &lt;1&gt;.</q>" in shown and "<q>His.</q>" in shown
        assert "Another suggestion took its place on" in shown
        assert "It ended on" in shown
    newest, oldest = side(cast.jonas, first).past_moves
    assert (newest.author.name, newest.became, newest.note) == ("Jonas", "withdrawn", "His.")
    assert newest.into is not None and newest.into.id == second
    assert (oldest.author.name, oldest.into, oldest.made_at) == ("Maya", None, now)
    assert oldest.became_at == now + MINUTE


def test_A9_what_waits_is_not_history_yet_and_what_was_done_is(cast: Cast, now: datetime) -> None:
    first, second, third = open_topics(cast, now)
    propose(cast.maya, first, Proposal("merge", second, "Both are about time."), now)
    move_id = waiting(cast.jonas, first)
    keep_for_talk(cast.jonas, move_id, now)
    assert side(cast.maya, first).past_moves == ()
    use(cast.jonas, move_id, now + MINUTE)
    (done,) = side(cast.maya, first).past_moves
    assert (done.became, done.became_at, done.note) == (
        "used",
        now + MINUTE,
        "Both are about time.",
    )
    assert side(cast.maya, second).past_moves == side(cast.maya, third).past_moves == ()
