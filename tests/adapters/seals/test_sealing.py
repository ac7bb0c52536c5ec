"""Seals: what went in comes out, for the same purpose, under a key that is at hand, and in no other way."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from adapters.seals.sealing import CannotOpen, Sealer, key_id_of, new_sealing_key

OLD, NEW, OTHER = new_sealing_key(), new_sealing_key(), new_sealing_key()


def sealer(*keys: str, apart: str = " ") -> Sealer:
    return Sealer(SecretStr(apart.join(keys)))


@given(st.binary(), st.binary())
def test_any_bytes_come_back_and_lie_nowhere_in_the_seal(secret: bytes, purpose: bytes) -> None:
    sealed = sealer(NEW).seal(secret, purpose)

    assert sealer(NEW).open(sealed, purpose) == secret
    assert len(secret) < 4 or secret not in sealed
    assert len(purpose) < 4 or purpose not in sealed


@given(st.binary(), st.binary(), st.data())
def test_one_flipped_bit_anywhere_and_it_does_not_open(
    secret: bytes, purpose: bytes, data: st.DataObject
) -> None:
    sealed = bytearray(sealer(NEW).seal(secret, purpose))
    bit = data.draw(st.integers(0, 8 * len(sealed) - 1))
    sealed[bit // 8] ^= 1 << bit % 8

    with pytest.raises(CannotOpen):
        sealer(NEW, OLD).open(bytes(sealed), purpose)


@given(st.binary(), st.data())
def test_cut_short_it_does_not_open(secret: bytes, data: st.DataObject) -> None:
    sealed = sealer(NEW).seal(secret, b"")
    length = data.draw(st.integers(0, len(sealed) - 1))

    with pytest.raises(CannotOpen):
        sealer(NEW).open(sealed[:length], b"")


@given(st.binary(), st.lists(st.binary(), min_size=2, max_size=2, unique=True))
def test_for_another_purpose_it_does_not_open(secret: bytes, purposes: list[bytes]) -> None:
    sealed = sealer(NEW).seal(secret, purposes[0])

    with pytest.raises(CannotOpen, match="sealed for something else"):
        sealer(NEW).open(sealed, purposes[1])


@given(st.binary(), st.binary())
def test_under_another_key_it_does_not_open_and_the_missing_one_is_named(
    secret: bytes, purpose: bytes
) -> None:
    sealed = sealer(OLD).seal(secret, purpose)

    with pytest.raises(CannotOpen, match=f"key {key_id_of(sealed)}, which BALLAST_SEALING_KEY does not hold"):
        sealer(NEW, OTHER).open(sealed, purpose)


@given(st.binary(), st.sampled_from([" ", "\n", ",", ", "]))
def test_the_newest_key_seals_and_older_ones_still_open(secret: bytes, apart: str) -> None:
    before, both = sealer(OLD).seal(secret, b""), sealer(NEW, OLD, apart=apart)

    assert both.open(before, b"") == secret
    assert not both.is_newest(before)
    assert both.is_newest(both.seal(secret, b""))
    assert sealer(NEW).open(both.seal(secret, b""), b"") == secret


def test_the_same_secret_is_never_sealed_alike() -> None:
    assert sealer(NEW).seal(b"secret", b"") != sealer(NEW).seal(b"secret", b"")


def test_without_a_key_nothing_is_sealed() -> None:
    for none in (None, SecretStr("")):
        with pytest.raises(CannotOpen, match="There is no BALLAST_SEALING_KEY"):
            Sealer(none).seal(b"secret", b"")


SHORT = base64.b64encode(b"a key of few bytes").decode()


BROKEN = {"short": SHORT, "a letter more": OLD + "x", "no base64": "Schlüssel", "two in one": NEW + NEW}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_key_is_refused_without_being_shown(broken: str) -> None:
    with pytest.raises(ValueError, match="is not 32 bytes in base64") as refused:
        sealer(NEW, broken)

    shown = f"{refused.value!r} {refused.value.__cause__!r} {refused.value.__context__!r}"
    assert broken not in shown
    assert NEW not in shown


def test_its_repr_and_its_ids_say_nothing_of_its_keys() -> None:
    both = sealer(NEW, OLD)

    shown = f"{both!r} {both} {both.ids}"

    for key in (NEW, OLD):
        assert key not in shown
        assert base64.b64decode(key).hex() not in shown
