"""Trust: passkeys, codes, a person's own key, another address, erasing in days, restores."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# What the hourly sweep looks for: index, table, column, and which rows stand in it where not all
# do, as SQLite and as PostgreSQL say it.
LOOKED_FOR = (
    ("ix_letters_unsettled", "letters", "due_at", "settled_at IS NULL", "settled_at IS NULL"),
    ("ix_letter_times_held", "letter_times", "at", "held = 1", "held"),
    ("ix_persons_erased", "persons", "erased_at", "erased_at IS NOT NULL", "erased_at IS NOT NULL"),
    ("ix_persons_kept", "persons", "kept_for_months", "kept_for_months IS NOT NULL", "kept_for_months IS NOT NULL"),
    ("ix_sessions_ended", "sessions", "ended_at", "ended_at IS NOT NULL", "ended_at IS NOT NULL"),
    ("ix_sessions_personal_key", "sessions", "personal_key", "personal_key IS NOT NULL", "personal_key IS NOT NULL"),
    ("ix_authenticators_unconfirmed", "authenticators", "made_at", "confirmed_at IS NULL", "confirmed_at IS NULL"),
    ("ix_invites_unmailed", "invites", "expires_at", "address_index IS NULL", "address_index IS NULL"),
    ("ix_invites_mailed", "invites", "expires_at", "address_sealed IS NOT NULL", "address_sealed IS NOT NULL"),
    ("ix_sessions_used_at", "sessions", "used_at", None, None),
    ("ix_sign_ups_expires_at", "sign_ups", "expires_at", None, None),
    ("ix_resets_expires_at", "resets", "expires_at", None, None),
    ("ix_personal_keys_made_at", "personal_keys", "made_at", None, None),
)  # fmt: skip


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "restores",
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("restored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restores")),
    )
    with op.batch_alter_table("restores", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_restores_restored_at"), ["restored_at"], unique=False)

    op.create_table(
        "account_events",
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_account_events_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_events")),
    )
    with op.batch_alter_table("account_events", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_account_events_happened_at"), ["happened_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_account_events_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "address_changes",
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("address_index", sa.String(length=64), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_address_changes_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_changes")),
    )
    with op.batch_alter_table("address_changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_address_changes_address_index"), ["address_index"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_address_changes_expires_at"), ["expires_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_address_changes_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "authenticators",
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_authenticators_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authenticators")),
        sa.UniqueConstraint("person_id", name=op.f("uq_authenticators_person_id")),
    )
    op.create_table(
        "challenges",
        sa.Column("person_id", sa.String(length=22), nullable=True),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("challenge", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_challenges_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenges")),
    )
    with op.batch_alter_table("challenges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenges_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_challenges_person_id"), ["person_id"], unique=False)

    op.create_table(
        "passkeys",
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("credential_index", sa.String(length=64), nullable=False),
        sa.Column("credential_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("label_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_passkeys_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential_index", name=op.f("uq_passkeys_credential_index")),
    )
    with op.batch_alter_table("passkeys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passkeys_person_id"), ["person_id"], unique=False)

    op.create_table(
        "personal_keys",
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("cost", sa.String(length=32), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_personal_keys_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_keys")),
        sa.UniqueConstraint("person_id", name=op.f("uq_personal_keys_person_id")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("person_id", sa.String(length=22), nullable=False),
        sa.Column("code_index", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_recovery_codes_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
        sa.UniqueConstraint("code_index", name=op.f("uq_recovery_codes_code_index")),
    )
    with op.batch_alter_table("recovery_codes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recovery_codes_person_id"), ["person_id"], unique=False
        )

    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("locked", sa.Boolean(), nullable=False, server_default=sa.false())
        )

    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.alter_column("locked", server_default=None)

    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erase_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("kept_for_months", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_persons_erase_at"), ["erase_at"], unique=False)

    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("personal_key", sa.LargeBinary(), nullable=True))

    with op.batch_alter_table("letter_times", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    # That a letter is held stands in the table of times; its own row says that it waits.
    op.execute(
        "UPDATE letter_times SET held = true WHERE letter_id IN "
        "(SELECT id FROM letters WHERE state IN ('claimed', 'sending'))"
    )
    op.execute(
        "UPDATE letters SET state = CASE WHEN attempts > 0 THEN 'retry' ELSE 'pending' END "
        "WHERE state = 'claimed'"
    )

    for name, found_in, column, sqlite, postgres in LOOKED_FOR:
        which = {"sqlite_where": sqlite, "postgresql_where": postgres}
        where = {key: sa.text(text) for key, text in which.items() if text}
        op.create_index(op.f(name), found_in, [column], unique=False, **where)
    # Room on each page for the next version of its rows: a claim then touches no index.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE plans SET (fillfactor = 70)")


def downgrade() -> None:
    """Take the tables back to the revision before."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE plans RESET (fillfactor)")
    for name, found_in, *_column in reversed(LOOKED_FOR):
        op.drop_index(op.f(name), table_name=found_in)
    # A claim ends where it ends: a letter that waits is looked at when its time comes.
    with op.batch_alter_table("letter_times", schema=None) as batch_op:
        batch_op.drop_column("held")

    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_column("personal_key")

    with op.batch_alter_table("persons", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_persons_erase_at"))
        batch_op.drop_column("kept_for_months")
        batch_op.drop_column("erase_at")

    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.drop_column("locked")

    with op.batch_alter_table("recovery_codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_codes_person_id"))

    op.drop_table("recovery_codes")
    op.drop_table("personal_keys")
    with op.batch_alter_table("passkeys", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passkeys_person_id"))

    op.drop_table("passkeys")
    with op.batch_alter_table("challenges", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_challenges_person_id"))
        batch_op.drop_index(batch_op.f("ix_challenges_expires_at"))

    op.drop_table("challenges")
    op.drop_table("authenticators")
    with op.batch_alter_table("address_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_address_changes_person_id"))
        batch_op.drop_index(batch_op.f("ix_address_changes_expires_at"))
        batch_op.drop_index(batch_op.f("ix_address_changes_address_index"))

    op.drop_table("address_changes")
    with op.batch_alter_table("account_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_events_person_id"))
        batch_op.drop_index(batch_op.f("ix_account_events_happened_at"))

    op.drop_table("account_events")
    with op.batch_alter_table("restores", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_restores_restored_at"))

    op.drop_table("restores")
