"""What whoever runs the server can do to an account: little, and its person is told (A4)."""

from __future__ import annotations

from flask import Flask

from couples.cli import commands

# They change an account; tests/accounts/test_own_log.py holds that its person can see it.
ON_ACCOUNTS = {"codes-off", "sign-out"}
# They know no account at all.
ON_THE_SERVER = {
    "backup", "demo", "doctor", "migrate", "new-keys", "ping", "plan", "restore", "returned-mail",
    "revision", "rotate-keys", "send-test-letter", "settle-restored", "up", "web",
}  # fmt: skip


def test_A4_no_command_sets_a_password_or_shows_what_anybody_wrote() -> None:
    assert set(commands.commands) == ON_ACCOUNTS | ON_THE_SERVER, "a new command: what can it do?"
    for name, command in commands.commands.items():
        taken = {one.name or "" for one in command.params}
        assert not [one for one in taken if "password" in one or "person" in one], name
        assert name not in ON_ACCOUNTS or taken == {"address"}, name


def test_A4_no_page_is_the_operators_and_none_is_anybody_elses(app: Flask) -> None:
    rules = [rule.rule for rule in app.url_map.iter_rules()]
    named = ("admin", "operator", "person", "people", "user", "member", "impersonat")
    assert [rule for rule in rules if any(word in rule for word in named)] == []
