"""The door for the web server."""

from __future__ import annotations

from couples.app import create_app
from couples.settings import Settings
from tasks.nudge import nudger

settings = Settings.from_process()
app = create_app(settings, nudge=nudger(settings))
