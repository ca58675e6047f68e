"""Signing letters by DKIM (RFC 6376, 8463), so that both unsubscribe headers are vouched for.

dkimpy finds, folds and hashes what is signed. The signature itself comes from a key that was
prepared once, at the start: a letter takes a millisecond where dkimpy alone takes nine.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from couples.mail.letter import mail_domain
from couples.mail.sender_settings import DkimKey
from couples.settings import Settings

CRLF = b"\r\n"
CANONICAL = b"relaxed/simple"
# From stands twice: nobody can put a second one in front. A header of this list that a letter
# lacks counts as absent, and nobody can add it either.
SIGNED = (
    "from", "from", "to", "subject", "date", "message-id", "mime-version", "content-type",
    "list-id", "list-unsubscribe", "list-unsubscribe-post", "auto-submitted",
)  # fmt: skip
LINE = 70


def signed(settings: Settings, content: bytes) -> bytes:
    """Return a letter with its signature in front; as it is where no key is set."""
    if settings.dkim is None:
        return content
    return _field(settings.dkim, mail_domain(settings), content) + content


def _field(key: DkimKey, domain: str, content: bytes) -> bytes:
    # Loaded with the first letter: most processes sign none.
    import dkim
    from dkim.canonicalization import CanonicalizationPolicy

    policy = CanonicalizationPolicy.from_c_value(CANONICAL)
    headers, body = dkim.rfc822_parse(content)
    in_body = hashlib.sha256(policy.canonicalize_body(body)).digest()
    value = _unsigned(key, domain, b64encode(in_body).decode()).encode()
    digest = hashlib.sha256()
    names = [name.encode() for name in SIGNED]
    canonical = policy.canonicalize_headers(headers)
    dkim.hash_headers(digest, policy, canonical, names, (b"DKIM-Signature", b" " + value), {})
    signature = b64encode(_sign(key, digest.digest()))
    lines = (signature[at : at + LINE] for at in range(0, len(signature), LINE))
    return b"DKIM-Signature: " + value + (CRLF + b" ").join(lines) + CRLF


def _unsigned(key: DkimKey, domain: str, in_body: str) -> str:
    """Return the header's value up to where the signature stands, in lines of usual length."""
    names = list(SIGNED)
    first, rest = ":".join(names[:7]), ":".join(names[7:])
    return (
        f"v=1; a={_algorithm(key)}; c={CANONICAL.decode()}; d={domain}; s={key.selector};\r\n"
        f" h={first}:\r\n  {rest};\r\n bh={in_body};\r\n b="
    )


def _algorithm(key: DkimKey) -> str:
    return "ed25519-sha256" if isinstance(key.private, Ed25519PrivateKey) else "rsa-sha256"


def _sign(key: DkimKey, digest: bytes) -> bytes:
    if isinstance(key.private, Ed25519PrivateKey):
        return key.private.sign(digest)
    return key.private.sign(digest, PKCS1v15(), Prehashed(SHA256()))


def dns_record(key: DkimKey) -> str:
    """Return what the DNS must say under <selector>._domainkey.<domain>, as one line."""
    public = key.private.public_key()
    if isinstance(key.private, Ed25519PrivateKey):
        kind, shown = "ed25519", public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    else:
        kind = "rsa"
        shown = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k={kind}; p={b64encode(shown).decode()}"
