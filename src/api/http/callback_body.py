"""What a callback's body says, read strictly, and as reports of an order.

Workers read it again when they book what was stored, so nothing of it needs the framework that serves HTTP.
"""

from collections.abc import Sequence
from typing import Annotated, get_args

from pydantic import Field, ValidationError

from api.http.field_errors import field_error
from api.http.fields import Body, Moment
from api.http.strict_json import parse
from application.ports.broker import BrokerEvent, BrokerReport
from domain.money import ZERO
from domain.numbers import NonNegativeDecimal, PositiveDecimal
from domain.order import Fill
from domain.refusals import InvalidFields

EXECUTION = ("execution_id", "quantity", "price", "at")
NEEDED = {
    "fill": EXECUTION,
    "partial_fill": EXECUTION,
    "trade_correct": EXECUTION,
    "trade_bust": ("execution_id", "at"),
}

Line = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[\x20-\x7e]+$", strict=True)]

UNRECOGNISED: BrokerEvent = "unrecognised"
KNOWN: tuple[BrokerEvent, ...] = tuple(word for word in get_args(BrokerEvent) if word != UNRECOGNISED)


class Said(Body):
    """What a broker says of an order. ``quantity`` and ``commission`` are this execution's."""

    broker: Line
    account: Line | None = None
    client_order_id: Line
    broker_order_id: Line | None = None
    event: Annotated[Line, Field(description=f"One of {', '.join(KNOWN)}; another makes the order unknown")]
    execution_id: Line | None = None
    revision: Annotated[int, Field(ge=1, le=1_000_000, strict=True)] = 1
    quantity: NonNegativeDecimal | None = None
    price: PositiveDecimal | None = None
    commission: NonNegativeDecimal | None = None
    at: Moment | None = None
    reason: Line | None = None


def reports(raw: bytes) -> Sequence[BrokerReport]:
    """What a callback that was stored reports. Raises ValueError."""
    try:
        return [report_of(read(raw))]
    except InvalidFields as refusal:
        raise ValueError(str(refusal)) from None


def read(raw: bytes) -> Said:
    """A callback's body. Raises InvalidFields."""
    try:
        said = Said.model_validate(parse(raw))
    except ValidationError as error:
        raise InvalidFields([field_error(each) for each in error.errors()]) from error
    needed = NEEDED.get(said.event, ())
    missing = [(name, f"A {said.event} needs it.") for name in needed if getattr(said, name) is None]
    if said.quantity is not None and said.quantity <= 0 and said.event in ("fill", "partial_fill"):
        missing.append(("quantity", "A fill has a quantity above zero."))
    if said.revision == 1 and said.event in ("trade_correct", "trade_bust"):
        missing.append(("revision", "What replaces an execution has a revision above 1."))
    if missing:
        raise InvalidFields(missing)
    return said


def report_of(said: Said) -> BrokerReport:
    """What a callback says, in the use cases' terms."""
    fill = None
    if said.execution_id and said.at is not None:
        taken_back = said.event == "trade_bust"
        fill = Fill(
            execution_id=said.execution_id,
            revision=said.revision,
            quantity=ZERO if taken_back or said.quantity is None else said.quantity,
            price=said.price or ZERO,
            commission=ZERO if taken_back else said.commission or ZERO,
            at=said.at,
        )
    event = next((word for word in KNOWN if word == said.event), UNRECOGNISED)
    return BrokerReport(
        said.client_order_id,
        event,
        broker_order_id=said.broker_order_id,
        fill=fill,
        reason=said.reason,
        raw=said.event if event == UNRECOGNISED else None,
        at=said.at,
    )
