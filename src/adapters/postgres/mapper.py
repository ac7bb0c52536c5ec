"""Between events and what is stored: stable names instead of Python paths, JSON that anyone can read."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent
from pydantic import TypeAdapter

from domain.catalogue import EVENT_TYPES
from domain.events import Event, Metadata, Recorded
from domain.streams import STREAM_TYPES, State, StreamType

META, DATA = b'{"meta":', b',"data":'


class UnknownEvent(Exception):
    """The log holds an event of a name this program does not know: a newer one wrote it."""


class EventMapper(Mapper[Any]):
    """The library's mapper, with names from the catalogue and the envelope as ``{"meta": …, "data": …}``."""

    def __init__(self) -> None:
        super().__init__(transcoder=JSONTranscoder())

    def to_stored_event(self, domain_event: object) -> StoredEvent:
        """Write an event in its envelope. Its number is the log's to give."""
        recorded = cast(Recorded, domain_event)
        meta, data = recorded.metadata.model_dump_json(), recorded.event.model_dump_json()
        return StoredEvent(
            originator_id=recorded.stream_id,
            originator_version=recorded.version,
            topic=recorded.event.name,
            state=f'{{"meta":{meta},"data":{data}}}'.encode(),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[Any]:
        """Read an event back; its number is 0 when it was not read from the log's own order."""
        return cast(DomainEventProtocol[Any], self.recorded(stored_event, 0))

    def recorded_in(self, row: Mapping[str, Any]) -> Recorded:
        """Read an event out of a row of ``stored_events``. Raises UnknownEvent."""
        stored = StoredEvent(row["originator_id"], row["originator_version"], row["topic"], row["state"])
        return self.recorded(stored, row["notification_id"])

    def recorded(self, stored: StoredEvent, number: int) -> Recorded:
        """Read an event back with its place in the log. Raises UnknownEvent."""
        event_type = _event_type(stored.topic)
        # Quotes inside a JSON string are escaped, so this is the only place where the bytes can stand.
        meta, _, data = stored.state[len(META) : -1].partition(DATA)
        return Recorded(
            number=number,
            stream_id=cast(UUID, stored.originator_id),
            version=stored.originator_version,
            metadata=Metadata.model_validate_json(meta),
            event=event_type.model_validate_json(data),
            stored=data,
        )


def write_state(state: State) -> bytes:
    """A state as a snapshot keeps it."""
    return ADAPTERS[type(state)].dump_json(state)


def read_state(stream_type: StreamType[Any], stored: bytes) -> State:
    """A state from a snapshot."""
    state: State = ADAPTERS[stream_type.state_type].validate_json(stored)
    return state


def _event_type(topic: str) -> type[Event]:
    try:
        return EVENT_TYPES[topic]
    except KeyError:
        raise UnknownEvent(
            f"The log holds an event named {topic}, which this program does not know."
        ) from None


ADAPTERS: Mapping[type[Any], TypeAdapter[Any]] = {
    each.state_type: TypeAdapter(each.state_type) for each in STREAM_TYPES.values()
}
