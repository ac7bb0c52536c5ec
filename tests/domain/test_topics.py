"""Topics name types of events that there are."""

from domain.catalogue import EVENT_TYPES, wire_name
from domain.topics import TOPICS


def test_every_name_is_one_of_the_catalogue() -> None:
    known = {wire_name(name) for name in EVENT_TYPES}

    assert {name for names in TOPICS.values() for name in names} <= known


def test_whatever_happens_to_an_order_or_is_skipped_has_a_topic() -> None:
    told = {name for names in TOPICS.values() for name in names}

    for name in map(wire_name, EVENT_TYPES):
        if name.startswith(("position.order", "position.execution", "position.skipped", "quality.")):
            assert name in told
