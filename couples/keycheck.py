"""Whether the sealing keys are the ones this database was written with (rule S1)."""

from __future__ import annotations

from sqlalchemy import LargeBinary, select
from sqlalchemy.orm import Mapped, mapped_column

from couples.db import Base, Row, db, sealed_text, transaction
from couples.sealing import CannotOpen

WORD = "the keys fit"


class WrongKey(Exception):
    """The database was written with other keys than those at hand."""


class KeyCheck(Row, Base):
    """One sealed word by which a start notices a wrong key."""

    __tablename__ = "key_checks"

    word_sealed: Mapped[bytes] = mapped_column(LargeBinary)

    word = sealed_text("word_sealed")


@transaction()
def check_keys() -> None:
    """Open the sealed word, or write it where the database is new; raise WrongKey otherwise."""
    found = db.session.scalars(select(KeyCheck)).first()
    if found is None:
        db.session.add(KeyCheck(word=WORD))
        return
    try:
        found.word  # noqa: B018 - reading it is the check
    except CannotOpen as problem:
        raise WrongKey(
            "SEALING_KEYS does not fit this database. Restore the keys that belong to it; "
            "no new key is ever made for an old database."
        ) from problem
