"""The measures."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.http.schemas.answer import Answer, Moment, Number


class Measures(Answer):
    """DOMAIN §10; null where a measure has nothing to measure."""

    portfolio_id: UUID | None
    position_id: UUID | None
    start: Annotated[Moment | None, Field(alias="from")]
    end: Annotated[Moment, Field(alias="to")]
    slippage_bps: Number | None
    hit_rate: Number | None
    guardrail_time_pct: Number | None
    min_notional_skips: int
    skips: dict[str, int]
    turnover: Number | None
    fees: Number
    fee_drag_bps: Number | None
    time_weighted_return: Annotated[Number | None, Field(alias="return")]
    buy_and_hold: Number | None
    decisions: int
    orders_filled: int
    traded_notional: Number
    average_value: Number | None
