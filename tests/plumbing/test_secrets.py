"""Keys and passwords."""

import re

import pytest

from largesse.plumbing.ids import accept_request_id
from largesse.plumbing.secrets import hash_key, hash_password, new_key, verify_password


def test_keys_are_long_random_and_stored_as_a_hash() -> None:
    keys = {new_key() for _ in range(50)}
    assert len(keys) == 50
    assert all(re.fullmatch(r"[0-9a-f]{64}", key) for key in keys)
    # FIPS 180's own example.
    assert hash_key("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_passwords() -> None:
    stored = hash_password("pässword")
    assert "pässword" not in stored
    assert stored != hash_password("pässword"), "each hash has its own salt"
    assert verify_password("pässword", stored)
    assert not verify_password("passwort", stored)


@pytest.mark.parametrize("stored", ["", "scrypt", "plain$1$1$1$00$00", "scrypt$a$8$1$00$00", "scrypt$3$8$1$00$00"])
def test_what_was_never_a_hash_fits_no_password(stored: str) -> None:
    assert not verify_password("", stored)


def test_an_endless_password_costs_nothing() -> None:
    assert not verify_password("x" * 1025, hash_password("x" * 1025))


@pytest.mark.parametrize(("given", "kept"), [("abc-1.2_3:4/5+6=", True), ("", False), ("ä", False), (None, False)])
def test_request_ids(given: str | None, kept: bool) -> None:
    accepted = accept_request_id(given)
    assert (accepted == given) is kept
    assert re.fullmatch(r"[0-9a-f]{32}", accept_request_id(None))
