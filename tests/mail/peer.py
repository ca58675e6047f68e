"""A mail server of a few lines that answers what a test tells it to, or hangs up."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

HANG_UP = "hang up"
SILENCE = "silence"
USUAL = {"MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go ahead", "CONTENT": "250 kept"}


@dataclass
class ScriptedPeer:
    """Answers each step from its script, one answer a time, and then as usual.

    Real servers cannot be made to fail at one exact step; this one speaks the same protocol over
    the same socket.
    """

    script: dict[str, list[str]] = field(default_factory=dict)
    contents: list[bytes] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    connections: int = 0
    # What it says to EHLO that it can do.
    offers: str = ""
    # Called when the content of a letter has come in, before it is answered.
    on_content: Callable[[], None] | None = None

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.listener.getsockname()[1]}"

    def stop(self) -> None:
        self.listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 ready\r\n")
            for line in lines:
                verb = line.split(b" ")[0].strip().decode().upper()
                self.heard.append(line.decode().strip())
                if not self._answer(connection, verb):
                    return
                if verb == "DATA" and self.last.startswith("354"):
                    self._take(lines)
                    if not self._answer(connection, "CONTENT"):
                        return

    def _take(self, lines: object) -> None:
        content = []
        for line in lines:  # type: ignore[attr-defined]
            if line == b".\r\n":
                break
            content.append(line[1:] if line.startswith(b".") else line)
        else:
            return  # what was not ended was not sent
        self.contents.append(b"".join(content))
        if self.on_content:
            self.on_content()

    def _answer(self, connection: socket.socket, verb: str) -> bool:
        scripted = self.script.get(verb, [])
        usual = f"250-ready\r\n250 {self.offers}" if verb == "EHLO" and self.offers else "250 ok"
        self.last = scripted.pop(0) if scripted else USUAL.get(verb, usual)
        if self.last == HANG_UP:
            return False
        if self.last != SILENCE:
            connection.sendall(f"{self.last}\r\n".encode())
        return verb != "QUIT"
