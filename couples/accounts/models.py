"""Persons, what leads to one, and their sessions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from couples.db import Base, Row, UtcDateTime, sealed_json, sealed_text


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
    # When the account will be erased, where its person chose to have some days to think again (S5).
    erase_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    # After so many months what they kept to themselves in check-ins goes; none: never.
    kept_for_months: Mapped[int | None] = mapped_column()

    address = sealed_text("address_sealed")
    name = sealed_text("name_sealed")

    # What the hourly sweep looks for stands apart from the many who are none of it.
    __table_args__ = (
        Index(
            "ix_persons_erased",
            "erased_at",
            sqlite_where=erased_at.is_not(None),
            postgresql_where=erased_at.is_not(None),
        ),
        Index(
            "ix_persons_kept",
            "kept_for_months",
            sqlite_where=kept_for_months.is_not(None),
            postgresql_where=kept_for_months.is_not(None),
        ),
    )


class SignUp(Row, Base):
    """A typed address that may become an account by its letter."""

    __tablename__ = "sign_ups"

    address_index: Mapped[str] = mapped_column(String(64), index=True)
    address_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    language: Mapped[str] = mapped_column(String(16))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    address = sealed_text("address_sealed")


class Reset(Row, Base):
    """A wish for a new password for a typed address, whether or not it has an account."""

    __tablename__ = "resets"

    address_index: Mapped[str] = mapped_column(String(64), index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class LoginSession(Row, Base):
    """One signed-in browser; its token is kept as a hash only."""

    __tablename__ = "sessions"

    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    keep: Mapped[bool]
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    # When its person proved last that it is them: by password, passkey or code (rule P2).
    proved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The person's own key while it is open here, wrapped with what only this browser's cookie has.
    personal_key: Mapped[bytes | None] = mapped_column(LargeBinary)

    __table_args__ = (
        Index(
            "ix_sessions_ended",
            "ended_at",
            sqlite_where=ended_at.is_not(None),
            postgresql_where=ended_at.is_not(None),
        ),
        Index(
            "ix_sessions_personal_key",
            "personal_key",
            sqlite_where=personal_key.is_not(None),
            postgresql_where=personal_key.is_not(None),
        ),
    )


class AddressedLetter(Row, Base):
    """One letter that went to an address because somebody typed it: counted for a day (P3)."""

    __tablename__ = "addressed_letters"

    address_index: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Passkey(Row, Base):
    """A passkey (WebAuthn) by which its person signs in without a password (rule P2)."""

    __tablename__ = "passkeys"
    sealed_owner = "person_id"

    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    # A keyed fingerprint of the credential's id: found again without being readable here.
    credential_index: Mapped[str] = mapped_column(String(64), unique=True)
    # {"id", "public_key": base64url, "transports": [...]}
    credential_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    label_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger, default=0)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    credential = sealed_json("credential_sealed")
    label = sealed_text("label_sealed")


class Challenge(Row, Base):
    """Random bytes a passkey is asked to sign: for one purpose, once, for a few minutes."""

    __tablename__ = "challenges"

    # Nobody's yet where somebody signs in.
    person_id: Mapped[str | None] = mapped_column(ForeignKey("persons.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(16))
    challenge: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Authenticator(Row, Base):
    """A program that shows codes by the time (TOTP): the second step of signing in."""

    __tablename__ = "authenticators"
    sealed_owner = "person_id"

    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), unique=True)
    secret_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # When its first code was typed; before that nothing asks for codes.
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # The half minute of the last code that was taken: none is taken twice.
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)

    secret = sealed_text("secret_sealed")

    __table_args__ = (
        Index(
            "ix_authenticators_unconfirmed",
            "made_at",
            sqlite_where=confirmed_at.is_(None),
            postgresql_where=confirmed_at.is_(None),
        ),
    )


class RecoveryCode(Row, Base):
    """A code on paper for the day the authenticator is lost: once, kept as a fingerprint only."""

    __tablename__ = "recovery_codes"

    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    code_index: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AddressChange(Row, Base):
    """A new address a person typed; it becomes theirs by its letter and a press, signed in.

    Once it has, the row holds the address before: where the letter about it goes.
    """

    __tablename__ = "address_changes"
    sealed_owner = "person_id"

    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    address_index: Mapped[str] = mapped_column(String(64), index=True)
    address_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    address = sealed_text("address_sealed")


class AccountEvent(Row, Base):
    """Something that happened to an account's safety: shown to its person alone, for 90 days."""

    __tablename__ = "account_events"

    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class PersonalKey(Row, Base):
    """A person's own key, wrapped with what their password gives: the server cannot open it."""

    __tablename__ = "personal_keys"

    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), unique=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    # Argon2id's rounds, KiB and lanes, as they were when it was wrapped.
    cost: Mapped[str] = mapped_column(String(32))
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
