"""Where letters end: postfix's `smtp-sink` where there is one, else a small server like it.

`python -m bench.sink PORT` is that server: it takes every letter and keeps none.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from couples.embedded import free_port

HOME = Path(__file__).resolve().parent.parent
END = b"\r\n.\r\n"
ANSWERS = {
    b"EHLO": b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n",
    b"DATA": b"354 go ahead\r\n",
    b"QUIT": b"221 bye\r\n",
}
PATIENCE = 20.0


def name() -> str:
    """Return which sink takes the letters."""
    return "smtp-sink of postfix" if shutil.which("smtp-sink") else "bench/sink.py"


@contextmanager
def sink() -> Iterator[int]:
    """Let a sink listen in a process of its own; give its port."""
    port = free_port()
    command = [sys.executable, "-m", "bench.sink", str(port)]
    if found := shutil.which("smtp-sink"):
        as_nobody = ["-u", "nobody"] if os.geteuid() == 0 else []
        command = [found, *as_nobody, f"127.0.0.1:{port}", "100"]
    process = subprocess.Popen(command, cwd=HOME)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError("the sink does not listen")


class Taking(asyncio.Protocol):
    """One conversation: commands, and letters up to their lone dot."""

    def __init__(self) -> None:
        self.unread = b""
        self.in_letter = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(b"220 sink ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        """Answer whatever is complete, in one go."""
        self.unread += data
        answers = b"".join(iter(self._next, b""))
        if answers:
            self.transport.write(answers)
        if answers.endswith(ANSWERS[b"QUIT"]):
            self.transport.close()

    def _next(self) -> bytes:
        """Return the next answer; nothing where more has to come first."""
        found, end, rest = self.unread.partition(END if self.in_letter else b"\r\n")
        if not end:
            return b""
        self.unread = rest
        if self.in_letter:
            self.in_letter = False
            return b"250 2.0.0 taken\r\n"
        word = found[:4].upper()
        self.in_letter = word == b"DATA"
        return ANSWERS.get(word, b"250 2.1.0 ok\r\n")


async def _serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Taking, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
