"""One order's life as a table: every status, every overlay, and what leads from one to the next (DOMAIN §3)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, get_args


class OrderStatus(StrEnum):
    """Where an order stands. The last six never become anything else."""

    INTENDED = "intended"
    SUBMITTING = "submitting"
    WORKING = "working"
    PARTIAL = "partial"
    UNKNOWN = "unknown"
    FILLED = "filled"
    CANCELED = "canceled"
    EXPIRED = "expired"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    SKIPPED = "skipped"


class Overlay(StrEnum):
    """What a broker says of an order besides where it stands; it may still be filled under each of them."""

    PENDING_CANCEL = "pending cancel"
    PENDING_REPLACE = "pending replace"
    SUSPENDED = "suspended"
    DONE_FOR_DAY = "done for day"


class OrderStep(StrEnum):
    """What can happen to an order; each is an event of its position."""

    REEVALUATED = "re-evaluated"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    EXECUTED = "executed"
    CORRECTED = "execution corrected"
    OUTCOME_UNKNOWN = "outcome unknown"
    PENDING_CANCEL = "cancel pending"
    PENDING_REPLACE = "replace pending"
    SUSPENDED = "suspended"
    DONE_FOR_DAY = "done for day"
    FILLED = "filled"
    CANCELED = "canceled"
    EXPIRED = "expired"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    SKIPPED = "skipped"


# The ways in which an order ends.
End = Literal[
    OrderStatus.FILLED,
    OrderStatus.CANCELED,
    OrderStatus.EXPIRED,
    OrderStatus.REJECTED,
    OrderStatus.SUPERSEDED,
    OrderStatus.SKIPPED,
]

ENDED: frozenset[OrderStatus] = frozenset(get_args(End))

OVERLAYS: Mapping[OrderStep, Overlay] = {OrderStep[overlay.name]: overlay for overlay in Overlay}
"""The steps that lay something over a status. An acknowledgement lifts it again, and so does the end."""

_MAYBE_AT_THE_BROKER = (OrderStatus.SUBMITTING, OrderStatus.WORKING, OrderStatus.PARTIAL, OrderStatus.UNKNOWN)

TRANSITIONS: Mapping[tuple[OrderStatus, OrderStep], OrderStatus] = {
    (OrderStatus.INTENDED, OrderStep.REEVALUATED): OrderStatus.INTENDED,
    (OrderStatus.INTENDED, OrderStep.SUBMITTED): OrderStatus.SUBMITTING,
    (OrderStatus.INTENDED, OrderStep.SKIPPED): OrderStatus.SKIPPED,
    (OrderStatus.INTENDED, OrderStep.SUPERSEDED): OrderStatus.SUPERSEDED,
    (OrderStatus.INTENDED, OrderStep.CANCELED): OrderStatus.CANCELED,
    **{(status, OrderStep.ACCEPTED): OrderStatus.WORKING for status in _MAYBE_AT_THE_BROKER},
    **{(status, overlay): OrderStatus.WORKING for status in _MAYBE_AT_THE_BROKER for overlay in OVERLAYS},
    **{(status, OrderStep.OUTCOME_UNKNOWN): OrderStatus.UNKNOWN for status in _MAYBE_AT_THE_BROKER},
    **{(status, OrderStep.EXECUTED): OrderStatus.PARTIAL for status in _MAYBE_AT_THE_BROKER},
    **{(status, OrderStep.CORRECTED): OrderStatus.WORKING for status in _MAYBE_AT_THE_BROKER},
    **{(status, OrderStep.FILLED): OrderStatus.FILLED for status in _MAYBE_AT_THE_BROKER},
    **{(status, OrderStep.CANCELED): OrderStatus.CANCELED for status in _MAYBE_AT_THE_BROKER},
    **{(status, OrderStep.EXPIRED): OrderStatus.EXPIRED for status in _MAYBE_AT_THE_BROKER},
    **{(status, OrderStep.REJECTED): OrderStatus.REJECTED for status in _MAYBE_AT_THE_BROKER},
    **{(status, OrderStep.SUPERSEDED): OrderStatus.SUPERSEDED for status in _MAYBE_AT_THE_BROKER},
    # An execution is a fact of its own, booked in every state; an ended order stays what it was.
    **{(status, OrderStep.EXECUTED): status for status in ENDED},
    **{(status, OrderStep.CORRECTED): status for status in ENDED},
}
"""Where each step leads. A working order of which something is filled is partial, whatever step led there."""


def is_legal(status: OrderStatus, step: OrderStep) -> bool:
    """Whether the table knows this step from this status."""
    return (status, step) in TRANSITIONS
