"""Instruments."""

from uuid import UUID

from api.http.schemas.answer import Answer
from domain.instrument import Distribution, Kind


class Instrument(Answer):
    """A security as such, wherever it is listed; null is what nobody has told yet."""

    id: UUID
    isin: str | None
    name: str | None
    kind: Kind | None
    distribution: Distribution | None
