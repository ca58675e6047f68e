"""What the operator reads when the service is up."""

from __future__ import annotations

from couples.settings import Settings


def welcome(settings: Settings) -> str:
    """Return the greeting of the first start."""
    lines = [f"  - {line}" for line in not_set_yet(settings)]
    return "\n".join(
        [
            "",
            f"Welcome. Open {settings.public_url} in a browser; Ctrl-C stops everything.",
            f"Everything is kept in {settings.data_dir}.",
            "Not set yet (see .env.example):",
            *lines,
            "",
        ]
    )


def not_set_yet(settings: Settings) -> list[str]:
    """Return what an operator still has to decide before other people use the service."""
    found = []
    if settings.captures_letters:
        found.append(f"SMTP_URL: letters are kept here and sent to nobody{where(settings)}.")
    if settings.is_loopback:
        found.append("PUBLIC_URL: only this machine can open the service.")
    if not settings.is_https:
        found.append("HTTPS: put a proxy with a certificate in front, and set PROXY_HOPS.")
    if not settings.operator:
        found.append("OPERATOR: people who are invited should read who runs this server.")
    found.append("Backups: docs/operating.md says how; keep the two key files apart.")
    return found


def where(settings: Settings) -> str:
    """Return where captured letters can be read (rule S6)."""
    if settings.shows_captured_letters:
        return f"; read them on this machine at {settings.public_url}/letters"
    return f", and no page shows them; they lie in {settings.data_dir / 'letters'}"
