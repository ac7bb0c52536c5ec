"""How long a sign-in lasts, and what a password must be."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access.person import name_key, password_objection
from domain.access.sign_in import IDLE, LASTING, PROOF, SignIn

BEGUN = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
SPANS = st.timedeltas(timedelta(0), timedelta(days=10))


@given(SPANS, SPANS)
def test_a_sign_in_is_over_when_idle_too_long_or_too_old(used_for: timedelta, later: timedelta) -> None:
    seen_at = BEGUN + used_for
    sign_in = SignIn("anna", BEGUN, seen_at, BEGUN)

    for now in (seen_at, seen_at + later):
        assert sign_in.is_over(now) == (now - seen_at >= IDLE or now - BEGUN >= LASTING)


@given(SPANS)
def test_a_proof_counts_for_five_minutes(later: timedelta) -> None:
    sign_in = SignIn("anna", BEGUN, BEGUN, BEGUN)

    assert sign_in.is_proven(BEGUN + later) == (later < PROOF)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("eleven char", "at least 12"),
        ("k" * 201, "at most 200"),
        ("ababababababab", "so few different"),
        ("Annabella1234", "more than the name"),
        ("ＡＮＮＡＢＥＬＬＡ1234", "more than the name"),
    ],
)
def test_a_password_that_is_soon_guessed_is_none(password: str, why: str) -> None:
    assert why in (password_objection("Annabella", password) or "")


@pytest.mark.parametrize("password", ["correct horse", "żółw na wietrze", "Annabella and her boat"])
def test_any_other_password_will_do(password: str) -> None:
    assert password_objection("Annabella", password) is None


@given(st.text(min_size=1, max_size=20))
def test_a_name_is_the_same_in_any_case_and_spelling(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)
    assert name_key("ANNA") == name_key("anna") == name_key("Ａnna")
