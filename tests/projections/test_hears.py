"""A rebuild reads only what a read model says it hears, so that has to be all that it answers to."""

from uuid import UUID

import pytest

from domain.events import Metadata, Recorded
from example_events import EXAMPLES, LATER
from projections.catalogue import READ_MODELS
from projections.read_model import ReadModel
from stories import ALLOCATED, AT, OPENED, SENT, position

METADATA = Metadata(
    id=UUID(int=1), at=AT, recorded_at=AT, actor="local", correlation_id=UUID(int=2), engine="balancing.1"
)
LOGGED = [*EXAMPLES.values(), *(each for name, each in LATER.items() if not name.endswith("+feed"))]
"""Events as logs have them: of a replay's feed the example has a name that no replay has."""

STATE = position.given(OPENED, ALLOCATED, *SENT).state


@pytest.mark.parametrize("model", READ_MODELS, ids=lambda model: model.name)
def test_a_model_writes_nothing_for_events_it_does_not_hear(model: ReadModel) -> None:
    """Otherwise its rebuilt copy would lack rows; and what it hears it has to answer to, at least once."""
    heard = 0
    for event in LOGGED:
        recorded = Recorded(number=1, stream_id=UUID(int=3), version=1, metadata=METADATA, event=event)
        written = list(model.rows(recorded, STATE if event.stream_kind == "position" else None))
        assert type(event) in model.hears or not written
        heard += bool(written)
    assert heard or model.needs_state
