"""Every shape of an event that was ever released still loads, and is still written the same way."""

from pathlib import Path

import pytest
from eventsourcing.persistence import StoredEvent

from adapters.postgres.mapper import EventMapper
from domain.catalogue import EVENT_TYPES
from example_events import EXAMPLES, LATER
from golden.write_events import FOLDER, METADATA, stored
from stories import POSITION_ID

FILES = sorted(FOLDER.glob("*.json"))


def test_every_event_has_a_golden_file_and_an_example() -> None:
    """``PYTHONPATH=tests python -m golden.write_events`` writes those of new events."""
    assert sorted(EXAMPLES) == sorted(EVENT_TYPES)
    assert {file.stem for file in FILES} >= set(EVENT_TYPES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_released_shape_loads_and_is_written_as_it_was(file: Path) -> None:
    """Byte for byte, envelope and all."""
    kept = file.read_bytes().strip()
    name = file.stem.partition("+")[0]
    recorded = EventMapper().recorded(StoredEvent(POSITION_ID, 3, name, kept), 5)
    assert (recorded.number, recorded.stream_id, recorded.version) == (5, POSITION_ID, 3)
    assert recorded.metadata == METADATA
    assert recorded.event == (EXAMPLES | LATER)[file.stem]
    assert stored(recorded.event) == kept
    assert recorded.event.sentence()
