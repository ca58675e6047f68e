"""The one letter of pairing: an invite that its inviter chose to mail."""

from __future__ import annotations

from datetime import datetime

from couples.accounts.models import Person
from couples.db import db
from couples.mail.letter import Letter, composes, letter_from, settings
from couples.mail.models import OutboxLetter
from couples.pairing import rules
from couples.pairing.models import Block, Invite


@composes("invite")
def compose_invite(row: OutboxLetter, now: datetime) -> Letter | None:
    """Lead to the invite, unless it was withdrawn or the address wants none."""
    invite = db.session.get(Invite, row.about_id)
    if invite is None or invite.address is None:
        return None
    if not rules.is_open(invite.expires_at, invite.withdrawn_at, invite.accepted_at, now):
        return None
    blocked = db.select(Block.id).where(Block.address_index == invite.address_index)
    inviter = db.session.get(Person, invite.inviter_id)
    if inviter is None or db.session.scalar(blocked):
        return None
    # Whether the address has an account, and its language, is looked up for nobody: the letter
    # is written in the inviter's language.
    return letter_from(
        row,
        "invite",
        invite.address,
        inviter.language,
        "UTC",
        link=f"{settings().public_url}/join/{rules.in_groups(invite.code)}",
        closes=invite.expires_at,
    )
