"""Check-ins in full: narrow due times, suppressions, drafts, own questions, longer looks."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OLD_STATES = ("pending", "claimed", "sending", "sent", "cancelled", "unknown", "dead")
NEW_STATES = (*OLD_STATES, "retry", "suppressed")


def in_states(states: tuple[str, ...]) -> Any:
    """Return the condition of being in one of these states."""
    return sa.column("state").in_(states)


def upgrade() -> None:
    """Bring the tables to this revision."""
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_letters_state"), type_="check")
        batch_op.add_column(sa.Column("address_index", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("answer", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("complained_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_index(batch_op.f("ix_letters_state_due_at"))
        batch_op.create_index(batch_op.f("ix_letters_settled_at"), ["settled_at"], unique=False)
        batch_op.create_check_constraint("state", in_states(NEW_STATES))

    op.create_table(
        "mail_server",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("alarm_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("alarm_answer", sa.String(length=16), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_mail_server_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_server")),
    )
    op.create_table(
        "pulses",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pulses")),
    )
    op.create_table(
        "suppressions",
        sa.Column("address_index", sa.String(length=64), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "no_mailbox",
                "complaint",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppressions")),
        sa.UniqueConstraint("address_index", name=op.f("uq_suppressions_address_index")),
    )
    op.create_table(
        "letter_times",
        sa.Column("letter_id", sa.String(length=22), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["letters.id"],
            name=op.f("fk_letter_times_letter_id_letters"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_letter_times")),
    )
    with op.batch_alter_table("letter_times", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_times_at"), ["at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_letter_times_urgent"),
            ["at"],
            unique=False,
            sqlite_where=sa.text("urgent = 1"),
            postgresql_where=sa.text("urgent"),
        )

    # Whatever is not settled has a time: its due time, or the end of its claim.
    op.execute(
        "INSERT INTO letter_times (letter_id, at, urgent) SELECT id, "
        "coalesce(claimed_until, due_at), kind IN ('confirm', 'reset', 'changed') "
        "FROM letters WHERE state IN ('pending', 'claimed', 'sending')"
    )
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_column("claimed_until")

    op.create_table(
        "longer_looks",
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("couple_id", sa.String(length=22), nullable=False),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("put_away_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couples.id"], name=op.f("fk_longer_looks_couple_id_couples")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_longer_looks_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_longer_looks")),
    )
    with op.batch_alter_table("longer_looks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_longer_looks_couple_id"), ["couple_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_longer_looks_person_id"), ["person_id"], unique=False)

    op.create_table(
        "own_questions",
        sa.Column("couple_id", sa.String(length=22), nullable=False),
        sa.Column("author_id", sa.String(length=22), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["persons.id"], name=op.f("fk_own_questions_author_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couples.id"], name=op.f("fk_own_questions_couple_id_couples")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_questions")),
    )
    with op.batch_alter_table("own_questions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_own_questions_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_own_questions_couple_id"), ["couple_id"], unique=False)

    with op.batch_alter_table("letter_choices", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("slower_put_away_at", sa.DateTime(timezone=True), nullable=True)
        )

    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.add_column(sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("responses", schema=None) as batch_op:
        batch_op.add_column(sa.Column("draft_sealed", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("draft_saved_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("draft_revision", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(sa.Column("skipped_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("responses", schema=None) as batch_op:
        batch_op.alter_column("draft_revision", server_default=None)


def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table("responses", schema=None) as batch_op:
        batch_op.drop_column("skipped_at")
        batch_op.drop_column("draft_revision")
        batch_op.drop_column("draft_saved_at")
        batch_op.drop_column("draft_sealed")

    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.drop_column("returned_at")

    op.execute("UPDATE letters SET state = 'pending' WHERE state = 'retry'")
    op.execute("UPDATE letters SET state = 'cancelled' WHERE state = 'suppressed'")
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_letters_state"), type_="check")
        batch_op.add_column(sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_index(batch_op.f("ix_letters_settled_at"))
        batch_op.create_index(batch_op.f("ix_letters_state_due_at"), ["state", "due_at"])
        batch_op.drop_column("complained_at")
        batch_op.drop_column("returned_at")
        batch_op.drop_column("answer")
        batch_op.drop_column("address_index")
        batch_op.create_check_constraint("state", in_states(OLD_STATES))
    # What was claimed is free to be claimed again once its time comes.
    op.execute(
        "UPDATE letters SET claimed_until = "
        "(SELECT at FROM letter_times WHERE letter_id = letters.id) "
        "WHERE state IN ('claimed', 'sending')"
    )

    with op.batch_alter_table("letter_choices", schema=None) as batch_op:
        batch_op.drop_column("slower_put_away_at")

    with op.batch_alter_table("own_questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_own_questions_couple_id"))
        batch_op.drop_index(batch_op.f("ix_own_questions_author_id"))

    op.drop_table("own_questions")
    with op.batch_alter_table("longer_looks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_longer_looks_person_id"))
        batch_op.drop_index(batch_op.f("ix_longer_looks_couple_id"))

    op.drop_table("longer_looks")
    with op.batch_alter_table("letter_times", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_times_urgent"))
        batch_op.drop_index(batch_op.f("ix_letter_times_at"))

    op.drop_table("letter_times")
    op.drop_table("suppressions")
    op.drop_table("pulses")
    op.drop_table("mail_server")
