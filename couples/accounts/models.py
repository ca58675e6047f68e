"""Persons, what leads to one, and their sessions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from couples.db import Base, Row, UtcDateTime, sealed_text


class Person(Row, Base):
    """An account: one confirmed address, one name, one password."""

    __tablename__ = "persons"

    # A keyed fingerprint: an address is found again without being readable here.
    address_index: Mapped[str] = mapped_column(String(64), unique=True)
    address_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    password_hash: Mapped[str] = mapped_column(String(255))
    language: Mapped[str] = mapped_column(String(16))
    zone: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # When the page that explains quick exit was read (rule L4); none before.
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The account is gone; the row stays, emptied, because versions of others name it (rule A10).
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Since when letters to this address come back; told to this person alone, in the app.
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    address = sealed_text("address_sealed")
    name = sealed_text("name_sealed")


class SignUp(Row, Base):
    """A typed address that may become an account by its letter."""

    __tablename__ = "sign_ups"

    address_index: Mapped[str] = mapped_column(String(64), index=True)
    address_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    language: Mapped[str] = mapped_column(String(16))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    address = sealed_text("address_sealed")


class Reset(Row, Base):
    """A wish for a new password for a typed address, whether or not it has an account."""

    __tablename__ = "resets"

    address_index: Mapped[str] = mapped_column(String(64), index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LoginSession(Row, Base):
    """One signed-in browser; its token is kept as a hash only."""

    __tablename__ = "sessions"

    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    keep: Mapped[bool]
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # When the password was typed last; written for later, nothing asks for it yet.
    proved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AddressedLetter(Row, Base):
    """One letter that went to an address because somebody typed it: counted for a day (P3)."""

    __tablename__ = "addressed_letters"

    address_index: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
