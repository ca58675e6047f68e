"""Keys, hashes, signed values are as docs/security-design.md says, and nothing else is there."""

from __future__ import annotations

import ast
import hashlib
import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from couples import clock, tokens
from couples.accounts import passwords
from couples.accounts.services import begin_session
from couples.app import create_app
from couples.db import new_id
from couples.errors import NotFound
from couples.sealing import KeyRing
from couples.settings import Settings, new_secret_key
from tests.cast import Cast

HOME = Path(__file__).parent.parent
PAGE = (HOME / "docs" / "security-design.md").read_text(encoding="utf-8")
SOURCES = [path for name in ("couples", "tasks") for path in (HOME / name).rglob("*.py")]
# What has no place here, by the ids that say so: LDAP, XPath and XML, memcache, unmanaged code,
# GraphQL, WebSockets, SAML, OAuth and tokens of others, WebRTC, archives.
ABSENT = {
    "ldap", "ldap3", "lxml", "xml", "xmlrpc", "defusedxml", "memcache", "pymemcache", "pylibmc",
    "cffi", "ctypes", "graphql", "graphene", "strawberry", "websocket", "websockets", "wsproto",
    "saml2", "onelogin", "oauthlib", "authlib", "jwt", "jose", "aiortc", "zipfile", "tarfile",
}  # fmt: skip
# Ending with one's parent, for which Python has no word; and writing a picture, which reads none.
ALLOWED = {"couples/processes.py": {"ctypes"}, "couples/dashboard/picture/standalone.py": {"xml"}}
WRITES_XML = {"Element", "SubElement", "tostring"}
# Everything of cryptography that is called, and every hash.
PRIMITIVES = {
    "AESGCM", "HKDF", "SHA256", "InvalidTag", "UnsupportedAlgorithm", "RSAPrivateKey",
    "Ed25519PrivateKey", "load_pem_private_key", "Encoding", "PublicFormat", "Type",
    "Prehashed", "PKCS1v15", "hash_secret_raw", "PasswordHasher", "InvalidHashError",
    "VerificationError",
}  # fmt: skip
CRYPTOGRAPHY = re.compile(r"cryptography|argon2|Crypto|nacl|bcrypt|passlib|ssl$")


def trees() -> Iterator[tuple[str, ast.Module]]:
    """Give every file of ours as the parser reads it."""
    for path in SOURCES:
        yield str(path.relative_to(HOME)), ast.parse(path.read_text(encoding="utf-8"))


def imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Give every module that is imported, and the name taken from it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((one.name, "") for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, one.name) for one in node.names)


def test_what_is_said_not_to_be_there_is_not() -> None:
    for path, tree in trees():
        found = {module.partition(".")[0] for module, _name in imports(tree)}
        assert found & ABSENT <= ALLOWED.get(path, set()), path
        assert {name for module, name in imports(tree) if "xml" in module} <= WRITES_XML, path
    scripts = "".join(one.read_text() for one in (HOME / "couples" / "static").glob("*.js"))
    absent = r"WebSocket|EventSource|RTCPeer|postMessage|['\"]message['\"]|__proto__|\.prototype"
    assert not re.search(absent, scripts)
    assert re.findall(r"[\w.]+\[\w+\] = ", scripts) == ["response[name] = "], "keys of ours only"


def test_11_2_1_no_other_cryptography_is_called() -> None:
    for path, tree in trees():
        taken = {name for module, name in imports(tree) if CRYPTOGRAPHY.match(module)}
        assert taken - {""} <= PRIMITIVES, path
        hashes = {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "hashlib"
        }
        assert hashes <= {"sha256"}, path


def test_1_2_9_no_pattern_is_made_of_what_somebody_typed() -> None:
    calls = (
        (path, node)
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args
    )
    assert {path for path, call in calls if not isinstance(call.args[0], ast.Constant)} == {
        "couples/hints/lines.py",
        "couples/log_lines.py",
        "couples/mail/letter.py",
        "couples/mail/message/verp.py",
        "couples/request_ids.py",
    }, "these are put together of words of ours; is the new one?"


def test_11_4_2_a_password_costs_what_is_written_down(app: Flask) -> None:
    rounds, memory, lanes = passwords.COST
    assert rounds >= 3 and memory >= 12 * 1024, "the least that ASVS names"
    assert f"Argon2id, {rounds} rounds, {memory // 1024} MiB, {lanes} lane" in PAGE
    del app.config["ARGON2"]
    kept = passwords.hash_password("tulips on the landing")
    assert kept.startswith(f"$argon2id$v=19$m={memory},t={rounds},p={lanes}$")
    assert passwords.cost_now() == passwords.COST, "what wraps a person's own key costs the same"


def test_11_4_1_cookies_and_forms_are_signed_with_sha_256(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    page = client.get("/signin")
    (form,) = set(re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page.text))
    (cookie,) = page.headers.getlist("Set-Cookie")
    for signed in (form, cookie.partition(";")[0].partition("=")[2]):
        signature = signed.rpartition(".")[2]
        digest = urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
        assert len(digest) == hashlib.sha256().digest_size


def test_11_5_1_what_must_not_be_guessed_has_128_bits_and_more(app: Flask, cast: Cast) -> None:
    ids = {new_id() for _each in range(100)}
    assert len(ids) == 100 and all(len(urlsafe_b64decode(f"{one}==")) == 16 for one in ids)
    session = begin_session(cast.maya, keep=False, now=clock.now())
    assert len(urlsafe_b64decode(f"{session}=")) == 32
    assert len(urlsafe_b64decode(f"{new_secret_key()}=")) == 32
    assert all(len(key) == 32 for key in KeyRing.new().keys.values())
    assert tokens.make("reset", "a").count(".") == 2


def test_9_2_3_a_token_of_another_server_is_none(
    settings_for: Callable[..., Settings], sqlite_url: str
) -> None:
    one, other = (create_app(settings_for(sqlite_url)) for _each in range(2))
    with one.app_context():
        made = tokens.make("reset", "A" * 22)
        assert tokens.read("reset", made) == ("A" * 22, 0)
        unsigned = made.rpartition(".")[0]
    with other.app_context():
        for told in (made, unsigned, f"{unsigned}.", "none", f"{unsigned}.{'A' * 43}"):
            with pytest.raises(NotFound):
                tokens.read("reset", told)
