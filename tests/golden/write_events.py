"""Writes the golden file of every event without one: ``PYTHONPATH=tests python -m golden.write_events``.

A shape that has got fields since (see ``domain.events.ADDED_LATER``) has a second file, with a plus in its name.

A file that is there is never written again: it is a shape that was released, and must load forever.
"""

import sys
from pathlib import Path
from uuid import UUID

from adapters.postgres.mapper import EventMapper
from domain.events import Event, Metadata, Recorded
from example_events import EXAMPLES, LATER
from stories import AT, POSITION_ID

FOLDER = Path(__file__).parent / "events"
ROOT = Path(__file__).parents[2]

METADATA = Metadata(
    id=UUID("019aa000-0000-7000-8000-0000000000ff"),
    at=AT,
    recorded_at=AT,
    actor="local",
    correlation_id=UUID("019aa000-0000-7000-8000-0000000000fe"),
    engine="balancing.1",
)


def stored(event: Event) -> bytes:
    """An event as the log keeps it."""
    recorded = Recorded(number=1, stream_id=POSITION_ID, version=1, metadata=METADATA, event=event)
    return EventMapper().to_stored_event(recorded).state


def main() -> None:
    """Write what is missing."""
    FOLDER.mkdir(exist_ok=True)
    for name, event in (EXAMPLES | LATER).items():
        file = FOLDER / f"{name}.json"
        if not file.exists():
            file.write_bytes(stored(event) + b"\n")
            sys.stdout.write(f"{file.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
