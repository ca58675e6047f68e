"""Two versions of the code run at once while a new one comes: migrations only add."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from couples import engine as engines
from couples import migrate

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

import expand_only

TAKING = (
    "op.drop_column('letters', 'answer')",
    "op.drop_table('letters')",
    "op.rename_table('letters', 'mail')",
    "op.alter_column('letters', 'answer', new_column_name='reply')",
    "op.alter_column('letters', 'answer', nullable=False)",
    "op.alter_column('letters', 'answer', type_=sa.Integer())",
    "op.alter_column('letters', 'answer', server_default=None)",
    "op.add_column('letters', sa.Column('answer', sa.Integer(), nullable=False))",
    "op.create_unique_constraint('one', 'letters', ['answer'])",
    "op.create_foreign_key('one', 'letters', 'persons', ['answer'], ['id'])",
    "op.create_index('one', 'letters', ['answer'], unique=True)",
    "op.execute('ALTER TABLE letters DROP COLUMN answer')",
    "op.execute(sa.text('drop table letters'))",
)
ADDING = (
    "op.create_table('notes', sa.Column('id', sa.Integer(), nullable=False))",
    "op.add_column('letters', sa.Column('answer', sa.Integer(), nullable=True))",
    "op.add_column('letters', sa.Column('n', sa.Integer(), nullable=False, server_default='0'))",
    "op.alter_column('letters', 'answer', nullable=True)",
    "op.create_index('ix', 'letters', ['answer'])",
    "op.execute('UPDATE letters SET answer = 250')",
)


@pytest.mark.parametrize("step", TAKING)
def test_a_migration_that_takes_away_is_named_unless_it_says_why(step: str) -> None:
    source = f"def upgrade():\n    with op.batch_alter_table('letters') as op:\n        {step}\n"
    assert [line for line, _why in expand_only.problems(source)] == [3]
    assert expand_only.problems(f"CONTRACTS = 'unused since 0.2'\n\n{source}") == []
    assert expand_only.problems(f"CONTRACTS = ''\n\n{source}") != []
    assert expand_only.problems(source.replace("upgrade", "downgrade")) == []


@pytest.mark.parametrize("step", ADDING)
def test_a_migration_that_adds_is_well(step: str) -> None:
    assert expand_only.problems(f"def upgrade():\n    {step}\n") == []


def test_every_migration_since_the_first_release_only_adds_or_says_why() -> None:
    assert expand_only.main() == 0


def test_only_what_came_before_the_first_release_may_take_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last = int(expand_only.BEFORE_FIRST_RELEASE)
    for number in (last - 1, last, last + 1):
        source = "def upgrade():\n    op.drop_table('letters')\n"
        (tmp_path / f"{number:04}_one.py").write_text(source, encoding="utf-8")
    assert expand_only.main(tmp_path) == 1
    found = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0].strip() for line in found[1:]] == [f"{last + 1:04}_one.py"]


def test_until_there_is_a_release_every_migration_came_before_it() -> None:
    changes = (expand_only.VERSIONS.parents[2] / "CHANGELOG.md").read_text(encoding="utf-8")
    is_released = re.findall(r"^## (.+)$", changes, re.MULTILINE) != ["Unreleased"]
    newest = max(path.name[:4] for path in expand_only.VERSIONS.glob("[0-9]*.py"))
    last = expand_only.BEFORE_FIRST_RELEASE
    assert last <= newest if is_released else last == newest


def test_a_migration_gives_up_where_a_table_is_held_and_nothing_is_half_done(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "PATIENCE", "200ms")
    migrate.go_back(postgres_url, "0001")
    other = create_engine(postgres_url, **engines.options(postgres_url))
    with other.connect() as reader:
        reader.execute(text("SELECT count(*) FROM letters"))
        with pytest.raises(migrate.Busy, match=r"longer than 200ms.*run couples migrate again"):
            migrate.migrate(postgres_url)
    migrate.migrate(postgres_url)
    with other.connect() as reader:
        assert migrate.differences(reader) == []
    other.dispose()
