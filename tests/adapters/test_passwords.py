"""Passwords as they are kept."""

import time

from argon2 import Parameters, Type

from adapters.passwords import Argon2Passwords

COSTLY = Parameters(
    Type.ID, version=19, salt_len=16, hash_len=32, time_cost=2, memory_cost=8192, parallelism=1
)


def test_what_is_kept_is_argon2id_at_the_recommended_cost_and_never_twice_the_same() -> None:
    passwords = Argon2Passwords()
    kept = passwords.hash("a boat on an even keel")

    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.fits("a boat on an even keel", kept)
    assert not passwords.fits("a boat on an even kee1", kept)


def test_no_account_takes_as_long_as_a_wrong_password() -> None:
    passwords = Argon2Passwords(COSTLY)
    kept = passwords.hash("a boat on an even keel")
    passwords.fits("first", None)

    wrong = min(_seconds(passwords, kept) for _ in range(7))
    nobody = min(_seconds(passwords, None) for _ in range(7))

    assert 0.5 < nobody / wrong < 2


def test_nobody_has_no_password_not_even_an_empty_one() -> None:
    passwords = Argon2Passwords(COSTLY)

    assert not passwords.fits("", None)


def test_another_cost_than_todays_is_noticed() -> None:
    kept = Argon2Passwords(COSTLY).hash("a boat on an even keel")

    assert Argon2Passwords().is_outdated(kept)
    assert not Argon2Passwords(COSTLY).is_outdated(kept)


def test_what_is_no_hash_lets_nobody_in() -> None:
    assert not Argon2Passwords(COSTLY).fits("a boat on an even keel", "plain text")


def _seconds(passwords: Argon2Passwords, kept: str | None) -> float:
    """What a wrong guess costs, in seconds of this process."""
    begun = time.process_time()
    passwords.fits("a wrong guess", kept)
    return time.process_time() - begun
