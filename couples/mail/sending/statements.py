"""What a worker says about letters to the database: statements built once.

Putting one together for each letter would cost as much as running it.
"""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    any_,
    bindparam,
    exists,
    func,
    literal_column,
    select,
    update,
)

from couples.mail import suppression
from couples.mail.sending.claims import LETTERS, TIMES

# These hold for nothing where another worker has the letter, or somebody has cancelled it.
AS_READ = (LETTERS.c.id == bindparam("letter")) & (LETTERS.c.state == bindparam("before"))
BEGUN = AS_READ & (LETTERS.c.claimed_by == bindparam("worker"))
TIME = TIMES.c.letter_id == bindparam("letter")
CLAIM = TIME & TIMES.c.held & (TIMES.c.at == bindparam("until"))
UNBEGUN = AS_READ & exists().where(CLAIM)
# By whether the letter has begun. Where its time was put off already, that held the claim.
WRITE = {True: update(LETTERS).where(BEGUN), False: update(LETTERS).where(UNBEGUN)}
WRITE_WAITING = {True: WRITE[True], False: update(LETTERS).where(AS_READ)}
WAIT = {
    True: update(TIMES).where(TIME, exists().where(BEGUN)),
    False: update(TIMES).where(CLAIM, exists().where(AS_READ)),
}
# A worker that holds one letter waits for no other: whoever erases several might wait for it. A
# letter that somebody else is changing at this moment is left, and looked at again soon.
FREE = select(LETTERS.c.id).where(LETTERS.c.id == bindparam("letter"))
IS_FREE = LETTERS.c.id == any_(func.array(FREE.with_for_update(skip_locked=True).scalar_subquery()))
UNOPPOSED = WRITE[False].where(~suppression.STANDS_AGAINST)
# SQLite has one writer: whoever asks holds them all.
BEGIN = {True: UNOPPOSED.where(IS_FREE), False: UNOPPOSED}

# On PostgreSQL the fate of the last letter and the beginning of the next are one statement, which
# is a transaction by itself: asking for one and ending it would cost three answers more a letter.
TOLD = ("state", "settled_at", "answer")
BEGUN_AS = ("state", "address_index", "claimed_by")
# Neither waits for anybody: the look by which the next letter was composed would be of before that.
BOTH = (LETTERS.c.id == bindparam("told_letter")) | (LETTERS.c.id == bindparam("letter"))
FREE_OF_BOTH = select(LETTERS.c.id).where(BOTH).with_for_update(skip_locked=True).cte("free")


def _is_free(name: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = exists().where(FREE_OF_BOTH.c.id == bindparam(name))
    return found


TELL = (
    update(LETTERS)
    .where(LETTERS.c.id == bindparam("told_letter"))
    .where(LETTERS.c.state == bindparam("told_before"))
    .where(LETTERS.c.claimed_by == bindparam("told_worker"))
    .where(_is_free("told_letter"))
    .values({name: bindparam(f"told_{name}") for name in TOLD})
)
BEGINNING = UNOPPOSED.where(_is_free("told_letter"), _is_free("letter")).values(
    {name: bindparam(f"begun_{name}") for name in BEGUN_AS}
)
DONE: ColumnElement[int] = literal_column("1").label("done")
TELL_AND_BEGIN = select(
    *(
        select(func.count()).select_from(change.returning(DONE).cte(name)).scalar_subquery()
        for name, change in (("told", TELL), ("begun", BEGINNING))
    )
)
