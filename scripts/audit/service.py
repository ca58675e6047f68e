"""The real service with the demo couple in it, in a folder of its own, behind a door with TLS."""

from __future__ import annotations

import http.cookiejar
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from audit.front import front, make_certificate
from audit.outcome import FOLDER, HOME, NotAsked
from couples.embedded import free_port

ADDRESS, PASSWORD = "maya@example.org", "tea before laptops"  # nosec B105 - the demo's


@dataclass
class Running:
    """One running service: where it is open, whom to trust, what it said."""

    url: str
    certificate: Path
    log: Path

    def sign_in(self) -> str:
        """Sign in as the demo's Maya; return the cookie."""
        jar = http.cookiejar.CookieJar()
        trust = ssl.create_default_context(cafile=str(self.certificate))
        browser = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(jar), urllib.request.HTTPSHandler(context=trust)
        )
        page = browser.open(f"{self.url}/signin", timeout=30).read().decode()
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
        fields = {"address": ADDRESS, "password": PASSWORD, "csrf_token": token[1] if token else ""}
        ask = urllib.request.Request(
            f"{self.url}/signin",
            urllib.parse.urlencode(fields).encode(),
            {"Referer": f"{self.url}/signin"},
        )
        if browser.open(ask, timeout=30).url.endswith("/signin"):
            raise NotAsked("the demo's password was not taken")
        # The cookie holds what forms are checked against once a page with a form was shown.
        browser.open(f"{self.url}/settings", timeout=30).read()
        return "; ".join(f"{one.name}={one.value}" for one in jar)

    def complaints(self) -> list[str]:
        """Return what the service itself was unhappy with."""
        said = self.log.read_text(errors="replace")
        return sorted(set(re.findall(r"^(?:ERROR|CRITICAL).*$", said, re.MULTILINE)))


def environ(folder: Path, port: int, url: str) -> dict[str, str]:
    """Return the settings of the service."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": f"{HOME}:{HOME / 'scripts'}",
        "DATA_DIR": str(folder),
        "WEB_PORT": str(port),
        "PUBLIC_URL": url,
        "PROXY_HOPS": "1",
        "MAIL_FROM": "pages@localhost",
        "EXIT_URL": "bundled",
        "WEB_THREADS": "4",
    }


@contextmanager
def running(name: str) -> Iterator[Running]:
    """Run the service for as long as this lasts."""
    folder = FOLDER / "service" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    port, certificate = free_port(), make_certificate(folder)
    with front(port, certificate) as door:
        url = f"https://localhost:{door}"
        settings = environ(folder / "data", port, url)
        couples = [sys.executable, "-m", "couples"]
        subprocess.run([*couples, "demo"], cwd=HOME, env=settings, check=True, capture_output=True)
        log = folder / "log"
        with log.open("wb") as said:
            web = subprocess.Popen(
                [*couples, "web", "--app", "audit.unlimited:app"],
                cwd=HOME, env=settings, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            )  # fmt: skip
        try:
            wait_for(port, web, log)
            yield Running(url, certificate, log)
        finally:
            web.terminate()
            web.wait(30)


def wait_for(port: int, web: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until somebody listens."""
    end = time.monotonic() + 60
    while time.monotonic() < end and web.poll() is None:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise NotAsked(f"the service did not start: {log.read_text(errors='replace')[-300:]}")
