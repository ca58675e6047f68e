"""Couples, who belongs to them, and invites."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from couples.accounts.models import Person
from couples.db import Base, Row, UtcDateTime, sealed_text


class Couple(Row, Base):
    """Two persons linked, until either ends it."""

    __tablename__ = "couples"

    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When both were ready and all needs of that moment opened (rule A2).
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    members: Mapped[list[Membership]] = relationship(
        back_populates="couple", order_by="Membership.leaf", lazy="selectin"
    )


class Membership(Row, Base):
    """One person's place in a couple: leaf and mark were drawn at random at linking (rule L5)."""

    __tablename__ = "memberships"

    couple_id: Mapped[str] = mapped_column(ForeignKey("couples.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    leaf: Mapped[int]
    mark: Mapped[str] = mapped_column(String(8))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Whether this person has seen the line that says the link has ended.
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    couple: Mapped[Couple] = relationship(back_populates="members")
    person: Mapped[Person] = relationship(lazy="joined")

    __table_args__ = (
        # Rule L1: two places a couple has, and one living couple a person.
        CheckConstraint("leaf IN (1, 2)", name="leaf"),
        CheckConstraint("mark IN ('disc', 'diamond')", name="mark"),
        UniqueConstraint("couple_id", "leaf"),
        UniqueConstraint("couple_id", "mark"),
        UniqueConstraint("couple_id", "person_id"),
        Index(
            "uq_memberships_living",
            "person_id",
            unique=True,
            sqlite_where=ended_at.is_(None),
            postgresql_where=ended_at.is_(None),
        ),
        Index("ix_memberships_person_id", "person_id"),
    )


class Invite(Row, Base):
    """A person asks one other to link."""

    __tablename__ = "invites"
    sealed_owner = "inviter_id"

    inviter_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    code_index: Mapped[str] = mapped_column(String(64), unique=True)
    code_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    # Set where it was mailed: then only an account with this confirmed address may accept.
    address_index: Mapped[str | None] = mapped_column(String(64), index=True)
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Only ever read for the invitee: the inviter's pages do not depend on it (rule L3).
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    code = sealed_text("code_sealed")
    address = sealed_text("address_sealed")

    __table_args__ = (
        Index(
            "ix_invites_unmailed",
            "expires_at",
            sqlite_where=address_index.is_(None),
            postgresql_where=address_index.is_(None),
        ),
        Index(
            "ix_invites_mailed",
            "expires_at",
            sqlite_where=address_sealed.is_not(None),
            postgresql_where=address_sealed.is_not(None),
        ),
    )


class Block(Row, Base):
    """An address that wants no invites from this server any more."""

    __tablename__ = "blocks"

    address_index: Mapped[str] = mapped_column(String(64), unique=True)
    blocked_at: Mapped[datetime] = mapped_column(UtcDateTime)
