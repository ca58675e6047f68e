"""What each table of a large database gets: one statement each, run by the database itself.

A year ago two persons linked and signed; last week's check-in is closed and answered, its letters
are sent; this week's is due on one day or another.
"""

from __future__ import annotations

EACH = " FROM generate_series(1, %(couples)s) AS n LEFT JOIN due_words AS d USING (n)"
TWO = EACH + " CROSS JOIN (VALUES (1, 'a', 'disc'), (2, 'b', 'diamond')) AS who (leaf, who, mark)"


def _id(kind: str) -> str:
    return f"left(md5('{kind}' || n), 22)"


def _whose(kind: str) -> str:
    return f"left(md5('{kind}' || who || n), 22)"


PERSON = "left(md5(who || n), 22)"
HASH = "md5('{0}' || who || n) || md5('{0}' || n || who)"

TABLES = (
    f"INSERT INTO couples (id, linked_at, opened_at) SELECT {_id('c')}, %(year)s, %(year)s" + EACH,
    "INSERT INTO persons (id, address_index, address_sealed, name_sealed, password_hash,"
    " language, zone, created_at, started_at)"
    f" SELECT {PERSON},"
    f" coalesce(CASE leaf WHEN 1 THEN d.index1 ELSE d.index2 END, {HASH.format('i')}),"
    " coalesce(CASE leaf WHEN 1 THEN d.address1 ELSE d.address2 END, %(noise64)s),"
    " coalesce(CASE leaf WHEN 1 THEN d.name1 ELSE d.name2 END, %(noise64)s),"
    " '$argon2id$v=19$m=65536,t=3,p=4$' || md5('s' || n) || md5('h' || n), 'en',"
    " coalesce(d.zone, 'Europe/Berlin'), %(year)s, %(year)s" + TWO,
    "INSERT INTO memberships (id, couple_id, person_id, leaf, mark)"
    f" SELECT {_whose('m')}, {_id('c')}, {PERSON}, leaf, mark" + TWO,
    "INSERT INTO invites (id, inviter_id, code_index, code_sealed, address_index, made_at,"
    " expires_at, accepted_at)"
    f" SELECT {_id('k')}, left(md5('a' || n), 22), md5('x' || n) || md5('y' || n), %(noise64)s,"
    " md5('z' || n) || md5('w' || n), %(year)s, %(before)s, %(year)s" + EACH,
    "INSERT INTO sessions (id, person_id, token_hash, keep, began_at, used_at, proved_at)"
    f" SELECT {_whose('s')}, {PERSON}, {HASH.format('t')}, true, %(before)s, %(before)s,"
    " %(before)s" + TWO,
    "INSERT INTO letter_choices (id, person_id, plain_wording, reminder, look_in, paused_open,"
    " generation, look_in_due_at)"
    f" SELECT {_whose('l')}, {PERSON}, false, n %% 3 = 0, n %% 10 = leaf, false, 0,"
    " CASE WHEN n %% 10 = leaf THEN %(day)s::timestamptz + interval '18 hours'"
    " + (n %% 7) * interval '1 day' END" + TWO,
    "INSERT INTO versions (id, couple_id, number, content_sealed, content_hash, salt,"
    " in_force_at, review_on)"
    f" SELECT {_id('v')}, {_id('c')}, 1, coalesce(d.version, %(noise4096)s),"
    " md5('p' || n) || md5('q' || n), left(md5('r' || n), 22), %(year)s, %(ahead)s::date" + EACH,
    "INSERT INTO plans (id, couple_id, version_id, anchor, due_at)"
    f" SELECT {_id('p')}, {_id('c')}, {_id('v')}, %(day)s::date - 7,"
    " coalesce(d.due_at, %(day)s::timestamptz + (2 + n %% 5) * interval '1 day'"
    " + (n %% 24) * interval '1 hour')" + EACH,
    "INSERT INTO rounds (id, couple_id, version_id, number, opens_at, closes_at, every_weeks,"
    " questions_sealed, settled_at)"
    f" SELECT {_id('o')}, {_id('c')}, {_id('v')}, 1, %(before)s, %(before)s + interval '3 days',"
    " 1, %(noise1024)s, %(before)s + interval '3 days'" + EACH,
    "INSERT INTO responses (id, round_id, couple_id, person_id, generation, payload_sealed,"
    " draft_revision)"
    f" SELECT {_whose('e')}, {_id('o')}, {_id('c')}, {PERSON}, 0, %(noise256)s, 0" + TWO,
    "INSERT INTO letters (id, kind, key, person_id, about_id, couple_id, state, due_at,"
    " claimed_by, attempts, posted_at, settled_at, address_index, answer)"
    f" SELECT {_whose('d')}, 'open', 'round:' || {_id('o')} || ':' || {PERSON} || ':open',"
    f" {PERSON}, {_id('o')}, {_id('c')}, 'sent', %(before)s, left(md5('worker'), 22), 0,"
    f" %(before)s, %(before)s, {HASH.format('i')}, '250'" + TWO,
)
