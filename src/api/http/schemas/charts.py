"""A position as a picture, and how it would be with other settings."""

from typing import Literal
from uuid import UUID

from api.http.schemas.answer import Answer, Moment, Number
from api.http.schemas.positions import Evaluation, Guardrails


class ChartPrice(Answer):
    at: Moment
    price: Number


class BandStep(Answer):
    """Anchor and band from this moment on."""

    at: Moment
    anchor: Number
    buy_below: Number
    sell_above: Number


class ChartMark(Answer):
    """A fill or a skip; ``number`` is its event's."""

    number: int
    kind: Literal["bought", "sold", "skipped"]
    at: Moment
    price: Number | None
    quantity: Number | None
    sentence: str


class PositionChart(Answer):
    """Prices are thinned to one a stretch of ``step_seconds``; where a stretch has none, there was none."""

    position_id: UUID
    begin: Moment
    until: Moment
    span: Literal["hour", "day", "week", "month", "year"]
    step_seconds: int
    prices: list[ChartPrice]
    band: list[BandStep]
    marks: list[ChartMark]


class SettingsPreview(Answer):
    """Band and guardrails as they would be, and what would be decided on the latest price."""

    anchor: Number
    buy_below: Number
    sell_above: Number
    guardrails: Guardrails
    evaluation: Evaluation
