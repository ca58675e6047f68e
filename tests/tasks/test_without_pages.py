"""A worker has no pages, and everything else: it composes every letter and hears every signal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from couples.accounts.signals import erased, moved, wanted
from couples.agreement.signals import in_force
from couples.mail.letter import composers
from couples.mail.signals import complained, delivered_again, returned
from couples.pairing.signals import linked, parted
from couples.sealing import KeyRing
from couples.settings import new_secret_key

SIGNALS = {
    "erased": erased, "moved": moved, "wanted": wanted, "in_force": in_force, "linked": linked,
    "complained": complained, "delivered_again": delivered_again, "returned": returned,
    "parted": parted,
}  # fmt: skip
# In a process of its own: in this one other tests have imported every page.
ASK = """
import json, sys
from tasks.celery import flask_app
from tests.tasks.test_without_pages import SIGNALS, composers
app = flask_app()
print(json.dumps({
    "rules": [rule.rule for rule in app.url_map.iter_rules()],
    "kinds": sorted(composers),
    "heard": {name: len(signal.receivers) for name, signal in SIGNALS.items()},
    "views": [name for name in sys.modules if name.endswith("views") and "couples" in name],
}))
"""


def test_a_worker_composes_every_letter_and_loads_no_page(client: object, tmp_path: Path) -> None:
    environ = {
        "SECRET_KEY": new_secret_key(),
        "SEALING_KEYS": KeyRing.new().text(),
        "DATABASE_URL": f"sqlite:///{tmp_path}/pages.db",
        "REDIS_URL": "redis://127.0.0.1:1/0",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environ, capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout.splitlines()[-1])

    assert "/static/<path:filename>" in found["rules"] and "/overview" not in found["rules"]
    assert found["kinds"] == sorted(composers)
    assert found["heard"] == {name: len(signal.receivers) for name, signal in SIGNALS.items()}
    assert found["views"] == []
