"""What the supervisor has to know before it starts anything.

It is found out by a process of its own, `couples plan`, which gives its memory back: settings and
keys need a library for cryptography, the look into the database one for that, and the supervisor
would hold both for as long as the service runs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from couples import clock, freshness, greeting, keys
from couples.environ import process_environ
from couples.settings import Settings


def write(environ: Mapping[str, str]) -> str:
    """Make the keys of a new database, read all settings, and return what follows as JSON."""
    keys.ensure(environ)
    now = process_environ()
    settings = Settings.from_environ(now)
    clock.use_offset_file(settings.clock_file)
    return json.dumps(
        {
            "environ": {name: text for name, text in now.items() if name not in environ},
            "public_host": settings.public_host,
            "open_at": f"{settings.product_name} is open at {settings.public_url}",
            "brings_queue": settings.redis_url is None,
            "is_up_to_date": freshness.is_up_to_date(settings),
            "welcome": greeting.welcome(settings, clock.now()),
            "again": greeting.again(settings, clock.now()),
        }
    )
