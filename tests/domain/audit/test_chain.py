"""The hash chain over the log: whatever is changed afterwards, the walk names where."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.audit.chain import GENESIS, Head, Stored, Walk, link

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
STREAM = UUID("0193a1b2-0000-7000-8000-000000000001")

events = st.builds(
    Stored,
    number=st.just(0),
    stream_id=st.uuids(),
    version=st.integers(1, 2**40),
    name=st.text(st.characters(codec="ascii", categories=("Ll", "Nd")), min_size=1, max_size=30),
    envelope=st.binary(min_size=1, max_size=60),
)
logs = st.lists(events, min_size=1, max_size=12).map(
    lambda found: [each._replace(number=number) for number, each in enumerate(found, start=1)]
)


@dataclass
class Kept:
    """A log with the chain that was made over it."""

    events: dict[int, Stored]
    chain: dict[int, bytes]

    def walked(self, heads: dict[int, str] | None = None) -> list[tuple[int | None, str]]:
        """Where a walk finds differences, and of what kind."""
        walk = Walk(outside(heads or {}))
        for number in sorted({*self.events, *self.chain}):
            walk.step(number, self.events.get(number), self.chain.get(number))
        walk.end()
        return [(each.number, each.what) for each in walk.differences.told]


def outside(heads: dict[int, str]) -> list[Head]:
    """Heads as they are kept outside."""
    return [Head(number=number, hash=digest, at=NOON) for number, digest in heads.items()]


def kept(log: list[Stored]) -> Kept:
    """A log and its chain."""
    chain, previous = {}, GENESIS
    for each in log:
        previous = chain[each.number] = link(previous, each)
    return Kept({each.number: each for each in log}, chain)


def test_an_auditor_needs_nothing_but_sha256() -> None:
    """The bytes that docs/adr/0037 spells out."""
    first = link(GENESIS, Stored(1, STREAM, 1, "position.opened.1", b'{"meta":{},"data":{}}'))
    by_hand = (
        "00" * 32
        + "0000000000000001"
        + STREAM.hex
        + "0000000000000001"
        + "00000011"
        + b"position.opened.1".hex()
        + b'{"meta":{},"data":{}}'.hex()
    )
    assert first == hashlib.sha256(bytes.fromhex(by_hand)).digest()


@given(logs)
def test_what_nobody_touched_has_no_differences(log: list[Stored]) -> None:
    untouched = kept(log)
    assert untouched.walked({number: digest.hex() for number, digest in untouched.chain.items()}) == []


@given(logs, st.data())
def test_one_changed_byte_is_named_by_its_event_alone(log: list[Stored], data: st.DataObject) -> None:
    changed = kept(log)
    victim = data.draw(st.sampled_from(log))
    at = data.draw(st.integers(0, len(victim.envelope) - 1))
    flipped = victim.envelope[at] ^ data.draw(st.integers(1, 255))
    envelope = victim.envelope[:at] + bytes([flipped]) + victim.envelope[at + 1 :]
    changed.events[victim.number] = victim._replace(envelope=envelope)
    assert changed.walked() == [(victim.number, "event")]


@given(logs, st.data())
def test_another_place_or_name_is_a_difference_too(log: list[Stored], data: st.DataObject) -> None:
    changed = kept(log)
    victim = data.draw(st.sampled_from(log))
    # The last: a byte that moves from the envelope into the name leaves all bytes in their order.
    moved = victim._replace(name=victim.name + chr(victim.envelope[0] % 128), envelope=victim.envelope[1:])
    others = [victim._replace(stream_id=STREAM), victim._replace(version=victim.version + 1), moved]
    changed.events[victim.number] = data.draw(st.sampled_from(others))
    assert changed.walked() == [(victim.number, "event")]


@given(logs, st.data())
def test_what_is_gone_is_named(log: list[Stored], data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(log)).number
    without_event, without_link = kept(log), kept(log)
    del without_event.events[number]
    del without_link.chain[number]
    assert without_event.walked() == [(number, "missing event")]
    assert without_link.walked() == ([(number, "missing link")])


@given(logs.filter(lambda log: len(log) > 1), st.data())
def test_a_chain_that_was_made_anew_contradicts_the_heads_outside(
    log: list[Stored], data: st.DataObject
) -> None:
    """The first head at or after the changed event is named."""
    honest = kept(log)
    numbers = data.draw(st.sets(st.sampled_from([each.number for each in log]), min_size=1))
    heads = {number: honest.chain[number].hex() for number in numbers}
    victim = data.draw(st.integers(1, max(numbers)))
    envelope = honest.events[victim].envelope + b" "
    forged = kept([each._replace(envelope=envelope) if each.number == victim else each for each in log])
    assert forged.walked() == []
    assert forged.walked(heads)[0] == (min(each for each in numbers if each >= victim), "head")


@given(logs.filter(lambda log: len(log) > 2), st.data())
def test_an_event_that_is_gone_with_its_hash_is_missed(log: list[Stored], data: st.DataObject) -> None:
    """Also where numbers jump: what came after is linked to what is gone."""
    cut = kept(log)
    number = data.draw(st.integers(1, len(log) - 1))
    del cut.events[number], cut.chain[number]
    assert cut.walked() == [(number, "missing event"), (number + 1, "event")]


@pytest.mark.parametrize("left", [0, 1, 2])
def test_a_log_that_was_cut_off_contradicts_them_too(left: int) -> None:
    log = [Stored(number, STREAM, number, "a.b.1", b"{}") for number in range(1, 5)]
    head = {4: kept(log).chain[4].hex()}
    walk = Walk(outside(head))
    for each in log[:left]:
        walk.step(each.number, each, kept(log).chain[each.number])
    walk.end()
    assert [(each.number, each.what, each.found) for each in walk.differences.told] == [(4, "head", None)]
