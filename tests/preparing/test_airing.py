"""Clearing the air: only when both want it, opened at one moment, closed by each for oneself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from couples.db import db
from couples.errors import NotFound
from couples.mail.models import OutboxLetter
from couples.pairing.services_leaving import end_link
from couples.preparing.models import Airing
from couples.preparing.refusals import BothOpen, NothingOwned, NotOpen, NotStarted, WordsFolded
from couples.preparing.services import Offers, offers
from couples.preparing.services_airing import (
    WordsClash,
    air,
    close,
    put_away,
    save_words,
    say_ready,
    take_back,
    take_wish_back,
    want,
)
from tests.cast import Cast, link
from tests.preparing.road import HERS, HIS, both_want, both_write, open_both, write

pytestmark = pytest.mark.usefixtures("database_app")


def states(cast: Cast) -> tuple[str, str]:
    return air(cast.maya).state, air(cast.jonas).state


def test_it_starts_only_when_both_want_it(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    assert states(cast) == ("rests", "rests")
    want(cast.maya, now)
    assert states(cast) == ("asked", "offered")
    want(cast.jonas, now)
    assert states(cast) == ("writing", "writing")


def test_until_both_are_ready_nobody_reads_the_other(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    both_write(cast, now)
    say_ready(cast.maya, now)
    assert states(cast) == ("folded", "writing")
    assert air(cast.maya).leaves == air(cast.jonas).leaves == ()
    say_ready(cast.jonas, now)
    assert states(cast) == ("open", "open")
    for person_id in (cast.maya, cast.jonas):
        assert [leaf.words for leaf in air(person_id).leaves] == [HERS, HIS]


def test_S1_the_words_are_sealed(database_cast: Cast, now: datetime) -> None:
    write(database_cast.maya, HERS, now)
    assert HERS.encode() not in db.session.scalars(db.select(Airing)).one().words_sealed


def test_S3_no_letter_goes_out_whatever_is_done(database_cast: Cast, now: datetime) -> None:
    open_both(database_cast, now)
    close(database_cast.maya, now)
    assert db.session.scalars(db.select(OutboxLetter)).all() == []


def test_looking_at_the_page_leaves_nothing_behind(database_cast: Cast) -> None:
    air(database_cast.maya)
    offers(database_cast.maya)
    db.session.commit()
    assert db.session.scalars(db.select(Airing)).all() == []


def test_a_wish_is_taken_back_and_the_words_stay_a_private_draft(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    both_write(cast, now)
    take_wish_back(cast.maya)
    assert states(cast) == ("offered", "asked")
    assert air(cast.maya).words == HERS
    assert air(cast.jonas).leaves == ()


def test_nobody_stays_ready_for_a_talk_that_has_stopped(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    both_write(cast, now)
    say_ready(cast.jonas, now)
    take_wish_back(cast.maya)
    want(cast.maya, now)
    say_ready(cast.maya, now)
    assert states(cast) == ("folded", "writing")


def test_one_is_not_ready_for_what_has_not_started(database_cast: Cast, now: datetime) -> None:
    want(database_cast.maya, now)
    write(database_cast.maya, HERS, now)
    with pytest.raises(NotStarted):
        say_ready(database_cast.maya, now)


def test_one_is_not_ready_without_words(database_cast: Cast, now: datetime) -> None:
    both_want(database_cast, now)
    with pytest.raises(NothingOwned):
        say_ready(database_cast.maya, now)


def test_folded_words_change_only_after_taking_them_back(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    both_write(cast, now)
    say_ready(cast.maya, now)
    with pytest.raises(WordsFolded):
        write(cast.maya, "Other words.", now)
    take_back(cast.maya)
    write(cast.maya, "Other words.", now)
    assert air(cast.maya).words == "Other words."


def test_opened_words_are_fixed(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    open_both(cast, now)
    with pytest.raises(BothOpen):
        write(cast.maya, "Other words.", now)
    for act in (take_back, take_wish_back):
        with pytest.raises(BothOpen):
            act(cast.maya)
    assert states(cast) == ("open", "open")


def test_pressing_twice_changes_nothing(database_cast: Cast, now: datetime) -> None:
    cast, later = database_cast, now + timedelta(hours=1)
    open_both(cast, now)
    before = [(row.wants_at, row.ready_at, row.revision) for row in rows()]
    want(cast.maya, later)
    say_ready(cast.maya, later)
    write(cast.maya, HERS, later)
    assert [(row.wants_at, row.ready_at, row.revision) for row in rows()] == before
    close(cast.maya, now)
    close(cast.maya, later)
    assert [row.closed_at for row in rows() if row.closed_at] == [now]


def rows() -> list[Airing]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Airing).order_by(Airing.id)))


def test_what_is_not_open_cannot_be_closed(database_cast: Cast, now: datetime) -> None:
    both_write(database_cast, now)
    with pytest.raises(NotOpen):
        close(database_cast.maya, now)


def test_once_closed_nothing_of_it_is_there_for_who_closed_it_and_all_of_it_for_the_other(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    open_both(cast, now)
    close(cast.maya, now)
    assert offers(cast.maya) == Offers(reflection=True)
    acts: list[Callable[[], object]] = [
        lambda: air(cast.maya),
        lambda: want(cast.maya, now),
        lambda: take_wish_back(cast.maya),
        lambda: put_away(cast.maya, now),
        lambda: save_words(cast.maya, "More.", 1, now),
        lambda: say_ready(cast.maya, now),
        lambda: take_back(cast.maya),
    ]
    for act in acts:
        with pytest.raises(NotFound):
            act()
    assert [leaf.words for leaf in air(cast.jonas).leaves] == [HERS, HIS]
    close(cast.jonas, now)
    with pytest.raises(NotFound):
        air(cast.jonas)
    assert sorted(row.words for row in rows()) == sorted([HERS, HIS])


def test_the_line_tells_of_a_wish_and_never_comes_back_once_put_away(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    assert offers(cast.jonas).wisher == ""
    want(cast.maya, now)
    assert offers(cast.jonas).wisher == "Maya"
    assert offers(cast.maya).wisher == ""
    put_away(cast.jonas, now)
    take_wish_back(cast.maya)
    want(cast.maya, now)
    assert offers(cast.jonas) == Offers(reflection=True, air="offered")
    want(cast.jonas, now)
    assert states(cast) == ("writing", "writing")


def test_A9_the_later_of_two_tabs_gets_both_texts(database_cast: Cast, now: datetime) -> None:
    maya = database_cast.maya
    write(maya, HERS, now)
    assert save_words(maya, "From a second tab.", 0, now) == WordsClash(HERS, 1)
    assert air(maya).words == HERS


def test_L6_after_the_link_has_ended_nothing_is_shown_and_every_word_stays(
    database_cast: Cast, now: datetime
) -> None:
    cast = database_cast
    open_both(cast, now)
    end_link(cast.maya, now)
    for person_id in (cast.maya, cast.jonas):
        with pytest.raises(NotFound):
            air(person_id)
        assert offers(person_id) == Offers(reflection=True)
    assert sorted(row.words for row in rows()) == sorted([HERS, HIS])


def test_L6_linked_again_they_begin_from_zero(database_cast: Cast, now: datetime) -> None:
    cast = database_cast
    open_both(cast, now)
    close(cast.maya, now)
    end_link(cast.maya, now)
    link(cast.maya, cast.jonas, now)
    assert states(cast) == ("rests", "rests")
    assert air(cast.maya).words == ""


def test_without_a_partner_there_is_no_such_page(database_cast: Cast, now: datetime) -> None:
    for act in (lambda: air(database_cast.ines), lambda: want(database_cast.ines, now)):
        with pytest.raises(NotFound):
            act()
