"""The door for the web server."""

from __future__ import annotations

from couples.app import create_app
from couples.settings import BadSetting, Settings
from tasks.nudge import nudger

settings = Settings.from_process()
try:
    app = create_app(settings, nudge=nudger(settings))
except BadSetting as problem:
    raise SystemExit(str(problem)) from None
