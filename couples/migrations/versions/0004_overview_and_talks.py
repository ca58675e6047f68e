"""Overview and talks: cards, talks with what comes of them, calendars, topics of the review."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "calendar_feeds",
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("couple_id", sa.String(length=22), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couples.id"], name=op.f("fk_calendar_feeds_couple_id_couples")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_calendar_feeds_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("person_id", name=op.f("uq_calendar_feeds_person_id")),
    )
    with op.batch_alter_table("calendar_feeds", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_calendar_feeds_couple_id"), ["couple_id"], unique=False
        )

    op.create_table(
        "card_choices",
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("choices_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_card_choices_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_choices")),
        sa.UniqueConstraint("person_id", name=op.f("uq_card_choices_person_id")),
    )
    op.create_table(
        "review_topics",
        sa.Column("couple_id", sa.String(length=22), nullable=False),
        sa.Column("author_id", sa.String(length=22), nullable=False),
        sa.Column("origin_id", sa.String(length=22), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("put_away_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["persons.id"], name=op.f("fk_review_topics_author_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couples.id"], name=op.f("fk_review_topics_couple_id_couples")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_topics")),
        sa.UniqueConstraint("origin_id", name=op.f("uq_review_topics_origin_id")),
    )
    with op.batch_alter_table("review_topics", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_topics_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_topics_couple_id"), ["couple_id"], unique=False)

    op.create_table(
        "step_questions",
        sa.Column("couple_id", sa.String(length=22), nullable=False),
        sa.Column("step_id", sa.String(length=22), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couples.id"], name=op.f("fk_step_questions_couple_id_couples")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_questions")),
        sa.UniqueConstraint("couple_id", name=op.f("uq_step_questions_couple_id")),
    )
    op.create_table(
        "talks",
        sa.Column("couple_id", sa.String(length=22), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("called_off_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("talked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 10 AND 240", name=op.f("ck_talks_minutes")),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couples.id"], name=op.f("fk_talks_couple_id_couples")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talks")),
    )
    with op.batch_alter_table("talks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_talks_couple_id"), ["couple_id"], unique=False)
        batch_op.create_index(
            "uq_talks_living",
            ["couple_id"],
            unique=True,
            sqlite_where=sa.text("called_off_at IS NULL AND talked_at IS NULL"),
            postgresql_where=sa.text("called_off_at IS NULL AND talked_at IS NULL"),
        )

    op.create_table(
        "agenda_items",
        sa.Column("couple_id", sa.String(length=22), nullable=False),
        sa.Column("author_id", sa.String(length=22), nullable=False),
        sa.Column("topic_id", sa.String(length=22), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("talk_id", sa.String(length=22), nullable=True),
        sa.Column("to_review_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.CheckConstraint("returned BETWEEN 0 AND 2", name=op.f("ck_agenda_items_returned")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["persons.id"], name=op.f("fk_agenda_items_author_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couples.id"], name=op.f("fk_agenda_items_couple_id_couples")
        ),
        sa.ForeignKeyConstraint(
            ["talk_id"], ["talks.id"], name=op.f("fk_agenda_items_talk_id_talks")
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topics.id"], name=op.f("fk_agenda_items_topic_id_topics")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_items")),
    )
    with op.batch_alter_table("agenda_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_items_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_items_couple_id"), ["couple_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_items_talk_id"), ["talk_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_items_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "steps",
        sa.Column("couple_id", sa.String(length=22), nullable=False),
        sa.Column("talk_id", sa.String(length=22), nullable=False),
        sa.Column("author_id", sa.String(length=22), nullable=False),
        sa.Column("owner_id", sa.String(length=22), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("let_go_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("to_review_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.CheckConstraint("returned BETWEEN 0 AND 2", name=op.f("ck_steps_returned")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["persons.id"], name=op.f("fk_steps_author_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["couple_id"], ["couples.id"], name=op.f("fk_steps_couple_id_couples")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["persons.id"], name=op.f("fk_steps_owner_id_persons")
        ),
        sa.ForeignKeyConstraint(["talk_id"], ["talks.id"], name=op.f("fk_steps_talk_id_talks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps")),
        sa.UniqueConstraint("talk_id", name=op.f("uq_steps_talk_id")),
    )
    with op.batch_alter_table("steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_steps_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_steps_couple_id"), ["couple_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_steps_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "talk_times",
        sa.Column("talk_id", sa.String(length=22), nullable=False),
        sa.Column("author_id", sa.String(length=22), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 10 AND 240", name=op.f("ck_talk_times_minutes")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["persons.id"], name=op.f("fk_talk_times_author_id_persons")
        ),
        sa.ForeignKeyConstraint(
            ["talk_id"], ["talks.id"], name=op.f("fk_talk_times_talk_id_talks")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_times")),
        sa.UniqueConstraint(
            "talk_id",
            "author_id",
            "starts_at",
            name=op.f("uq_talk_times_talk_id_author_id_starts_at"),
        ),
    )
    with op.batch_alter_table("talk_times", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_talk_times_author_id"), ["author_id"], unique=False)


def downgrade() -> None:
    """Take the tables back to the revision before."""
    with op.batch_alter_table("talk_times", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_talk_times_author_id"))

    op.drop_table("talk_times")
    with op.batch_alter_table("steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_steps_owner_id"))
        batch_op.drop_index(batch_op.f("ix_steps_couple_id"))
        batch_op.drop_index(batch_op.f("ix_steps_author_id"))

    op.drop_table("steps")
    with op.batch_alter_table("agenda_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_items_topic_id"))
        batch_op.drop_index(batch_op.f("ix_agenda_items_talk_id"))
        batch_op.drop_index(batch_op.f("ix_agenda_items_couple_id"))
        batch_op.drop_index(batch_op.f("ix_agenda_items_author_id"))

    op.drop_table("agenda_items")
    with op.batch_alter_table("talks", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_talks_living",
            sqlite_where=sa.text("called_off_at IS NULL AND talked_at IS NULL"),
            postgresql_where=sa.text("called_off_at IS NULL AND talked_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_talks_couple_id"))

    op.drop_table("talks")
    op.drop_table("step_questions")
    with op.batch_alter_table("review_topics", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_topics_couple_id"))
        batch_op.drop_index(batch_op.f("ix_review_topics_author_id"))

    op.drop_table("review_topics")
    op.drop_table("card_choices")
    with op.batch_alter_table("calendar_feeds", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_feeds_couple_id"))

    op.drop_table("calendar_feeds")
