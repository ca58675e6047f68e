"""The checks of the house's forbidden patterns can fail: each rule sees what it is for."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).parent.parent / "scripts"


def load(name: str) -> ModuleType:
    sys.path.insert(0, str(SCRIPTS))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(SCRIPTS))


PATTERNS, WORDS, TEMPLATES = (load(f"check_{one}") for one in ("patterns", "words", "templates"))
PLANTED = {
    "markup of a value": ("Markup(words)", "Markup(f'<b>{name}</b>')", "markupsafe.Markup(a + b)"),
    "a statement put together": (
        "db.session.execute(text(f'DELETE FROM notes WHERE id = {key}'))",
        "text('SELECT 1 WHERE a = %s' % value)",
        "connection.exec_driver_sql('SELECT ' + column)",
        "db.session.scalars('SELECT {}'.format(column))",
    ),
    "data that becomes code": (
        "eval(typed)",
        "exec(typed)",
        "import pickle",
        "from yaml import load",
        "subprocess.run(typed, shell=True)",
        "os.system(typed)",
        "render_template_string(typed)",
        "env.from_string(typed)",
    ),
    "a form taken whole": ("form.populate_obj(person)", "Person(**request.form)"),
    "a way back from the request": (
        "request.args.get('next')",
        "request.form.get('return_to', '/')",
        "redirect(request.referrer)",
        "redirect(request.args['page'], 303)",
    ),
    "the time from elsewhere": (
        "datetime.now(UTC)",
        "datetime.utcnow()",
        "datetime.datetime.now()",
        "date.today()",
        "time.time()",
        "from time import time",
    ),
    "the environment": ("os.environ['SECRET_KEY']", "os.getenv('SECRET_KEY')"),
    "chance that can be guessed": ("import random", "from random import choice"),
    "words in a log": (
        "log.info(f'{person.id} wrote')",
        "log.info('wrote %s', note.text)",
        "current_app.logger.error('wrote %s', password)",
        "log.warning('to %s' % address)",
    ),
    "a log without a form": (
        "import logging",
        "current_app.logger.error('something')",
        "import traceback",
    ),
    "a call to elsewhere": (
        "import requests",
        "import urllib.request",
        "from urllib import request",
        "import http.client",
        "from http.client import HTTPSConnection",
    ),
    "the request's host": (
        "url_for('accounts.front', _external=True)",
        "link = request.host_url + path",
    ),
    "a commit outside the transaction": ("db.session.commit()",),
    "a column that watches": (
        "class Answer:\n    seen_at: Mapped[datetime]",
        "class Letter:\n    opened_by: Mapped[str | None] = mapped_column()",
        "class Person:\n    last_seen: Mapped[datetime]",
    ),
}
FINE = """
import time
from random import SystemRandom
Markup("<b>ours</b>")
db.session.execute(select(Note).where(Note.id == key))
text("urgent = 1")
re.compile(typed)
request.args.get("turn")
redirect(url_for(".home"), 303)
time.monotonic()
log.info("returned mail: %s", outcome.value)
url_for(".home")
class Note:
    revision: Mapped[int]
def services(seen: int) -> None: ...
"""
TEMPLATE = {
    "blame (C8)": "<p>{{ _('You are in breach of it.') }}</p>",
    "points (C8)": "{{ _('A streak of %(n)s weeks', n=n) }}",
    "what the other did (B4, B5)": '{{ _("Jonas has answered.") }}',
    "a promise (D5, J10)": "{{ _('Your words are safe.') }}",
    "shouting": "{{ _('Well done!') }}",
}
TITLE = "{% block title %}{{ _('Your agreement') }}{% endblock %}"
SCRIPT = {
    "a store of the browser (D7)": "localStorage.setItem('a', 1)",
    "HTML out of text": "box.innerHTML = words",
    "a cookie set by script": "document.cookie = 'a=1'",
    "another host": "fetch('https://elsewhere.example/')",
}
MARKUP = {
    "unescaped text": "{{ words|safe }}",
    "inline script": "<script>go()</script>",
    "inline handler": '<a onclick="go()">',
    "foreign host": '<img src="//elsewhere.example/a.png">',
}


@pytest.mark.parametrize("rule", sorted(PATTERNS.RULES))
def test_each_rule_sees_what_it_is_for(rule: str) -> None:
    for wrong in PLANTED[rule]:
        assert rule in {name for _line, name in PATTERNS.problems(wrong)}, wrong


def test_what_is_fine_is_no_finding() -> None:
    assert list(PATTERNS.problems(FINE)) == []


def test_what_is_allowed_is_allowed_for_a_reason_and_still_there() -> None:
    assert all(reason for reason in PATTERNS.EXCEPT.values())
    assert {rule for _path, rule in PATTERNS.EXCEPT} <= set(PATTERNS.RULES)


def test_the_code_as_it_is_has_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert PATTERNS.main() == 0, capsys.readouterr().out
    assert WORDS.main() == 0, capsys.readouterr().out


@pytest.mark.parametrize("rule", sorted(WORDS.SAID["en"]))
def test_C8_the_words_of_templates_are_looked_at(rule: str) -> None:
    found = list(WORDS.in_template(TEMPLATE[rule]))
    assert any(one.startswith(rule) for one in found), found


def test_D6_the_titles_of_templates_are_looked_at() -> None:
    found = list(WORDS.in_template(TITLE))
    assert any(one.startswith("a title that tells (D6)") for one in found), found


def test_C8_D6_the_words_and_the_paths_of_code_are_looked_at() -> None:
    assert list(WORDS.in_python("raise Refused(_('This is overdue.'))"))
    assert list(WORDS.in_python("@pages.get('/partner/<person_id>')\ndef show(): ..."))
    assert not list(WORDS.in_python("@pages.get('/doc')\ndef show(): return _('Both of you')"))


@pytest.mark.parametrize("rule", sorted(WORDS.SCRIPTS))
def test_D7_scripts_are_looked_at(rule: str) -> None:
    assert list(WORDS.in_script(SCRIPT[rule])) == [rule]
    assert not list(WORDS.in_script(f"/* {SCRIPT[rule]} */ go()"))


@pytest.mark.parametrize("rule", sorted(MARKUP))
def test_templates_are_looked_at(
    rule: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "templates" / "page.html"
    path.parent.mkdir()
    path.write_text(MARKUP[rule], encoding="utf-8")
    monkeypatch.setattr(TEMPLATES, "HOME", tmp_path)
    assert any(rule in one for one in TEMPLATES.problems(path))
