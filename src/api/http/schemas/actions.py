"""Corporate actions."""

from datetime import date
from typing import Literal
from uuid import UUID

from api.http.schemas.answer import Answer, Moment, Number


class Action(Answer):
    """An announced action; what its kind does not have is null.

    It takes effect at ``effective_at``, the open of the first session on or after its date; a dividend is paid at
    ``payable_at``.
    """

    id: UUID
    listing_id: UUID
    kind: Literal["dividend", "split", "merger"]
    ex_date: date | None
    pay_date: date | None
    effective: date | None
    per_share: Number | None
    withholding_rate: Number | None
    ratio: Number | None
    into_listing_id: UUID | None
    cash_per_share: Number | None
    currency: str
    effective_at: Moment
    payable_at: Moment | None
    sentence: str
