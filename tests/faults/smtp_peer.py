"""A real SMTP server in a process of its own: `python -m tests.faults.smtp_peer port record`.

It writes the recipient of each letter it has taken to a file and only then, a moment later,
answers: a worker that is killed meanwhile never learns what became of its letter.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP

ANSWERS_AFTER = 0.01


class Record:
    """Keeps the recipients of what was taken."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("a", buffering=1)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.file.write("".join(f"{recipient}\n" for recipient in envelope.rcpt_tos))
        await asyncio.sleep(ANSWERS_AFTER)
        return "250 kept"


async def serve(port: int, record: Path) -> None:
    """Take letters until told to stop."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    handler = Record(record)
    server = await loop.create_server(lambda: SMTP(handler, loop=loop), "127.0.0.1", port)
    await stop.wait()
    server.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
