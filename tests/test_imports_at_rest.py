"""What a process has loaded while nothing happens: memory is held by a list, not by a number.

docs/decisions/0035-resting-memory.md says what each of these took.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from couples.sealing import KeyRing
from couples.settings import new_secret_key
from tests.test_run import HOME, environ

ON_DEMAND = {
    "alembic", "dkim", "dns", "icalendar", "jsonschema", "prometheus_client", "psycopg", "segno",
    "typst", "valkey", "webauthn",
}  # fmt: skip
PROCESSES = {
    "supervisor": (
        "import couples.supervisor",
        ON_DEMAND | {
            "celery", "click", "couples.keys", "couples.sealing", "couples.settings",
            "cryptography", "email", "flask", "http.client", "pysqlite3", "sqlalchemy", "ssl",
            "waitress", "werkzeug",
        },
    ),
    "web": (
        "import couples.cli, couples.serving, wsgi; "
        "assert wsgi.app.test_client().get('/help').status_code == 200",
        ON_DEMAND | {"celery", "kombu", "prompt_toolkit"},
    ),
    "worker": (
        "import celery.apps.worker, tasks.__main__, tasks.celery as t; "
        "t.flask_app(); t.app.loader.import_default_modules()",
        ON_DEMAND | {
            "click_repl", "couples.front", "couples.web", "flask_compress", "flask_limiter",
            "flask_login", "flask_wtf", "limits", "prompt_toolkit", "waitress", "wtforms",
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_loads_nothing_that_it_needs_only_at_times(name: str, tmp_path: Path) -> None:
    code, absent = PROCESSES[name]
    secrets = {"SECRET_KEY": new_secret_key(), "SEALING_KEYS": KeyRing.new().text()}
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport json, sys\nprint(json.dumps([*sys.modules]))"],
        cwd=HOME,
        env=environ(tmp_path, REDIS_URL="redis://127.0.0.1:1/0", **secrets),
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = json.loads(done.stdout.splitlines()[-1])
    assert sorted(absent & {*loaded}) == []
