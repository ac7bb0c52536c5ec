"""The jobs a worker does: each is one use case, harmless to repeat."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

import dramatiq
import structlog
from dramatiq.middleware import TimeLimitExceeded

from adapters.redis.queue import (
    BOOK_MESSAGES,
    CANCEL_ORDER,
    LOOK_UP_ORDER,
    PLACE_ADVICE,
    QUEUE,
    QUEUE_OF,
    RECONCILE,
    REVIEW,
    RUN,
    SEND_NOTIFICATIONS,
    SETTLE_ACTIONS,
    SETTLE_OWN_UNITS,
    SUBMIT_ORDER,
    SUBMIT_ORDERS,
    WAKE,
)
from api.wiring import House
from application.ledger import Cause
from application.orders.submit_together import Intended
from application.ports import Origin
from domain.refusals import Refusal
from domain.review.subject import Subject

log = structlog.get_logger()

RECALLING = "ballast:brake"
"""Who cancels the orders of a frozen portfolio."""

MILLISECONDS_MAX = {
    RECONCILE: 300_000,  # a comparison may read ten thousand orders, page by page, three times
    RUN: 3_600_000,  # a backup of a large database takes its time
    REVIEW: 600_000,  # two tries of two minutes each at most, and the pause between them
    SEND_NOTIFICATIONS: 110_000,  # three to a silent service; less than the shortest pause between two tries
}
"""How long jobs may take that take longer than others."""


HELD_WHILE_RESTORED = frozenset(
    {WAKE, SUBMIT_ORDERS, SUBMIT_ORDER, SETTLE_ACTIONS, SETTLE_OWN_UNITS, RUN, REVIEW}
)
"""What decides and what sends. The sweeps ask for it again, and it is done once a restored Ballast may act."""


def declare(house: House) -> None:
    """Declare every actor on the house's queue. What a job follows from comes as two ids, or not at all."""

    def wake(feed: str, listing_ids: list[str]) -> None:
        drained = house.evaluate_ticks(feed, [UUID(listing_id) for listing_id in listing_ids])
        if drained.kept:
            log.info("ticks.decided", feed=feed, ticks=drained.ticks, kept=drained.kept, held=drained.held)

    def submit_orders(orders: list[list[str]]) -> None:
        house.submit_together(
            [
                Intended(UUID(position_id), UUID(order_id), Origin(UUID(correlation_id), UUID(event_id)))
                for position_id, order_id, correlation_id, event_id in orders
            ]
        )

    def submit_order(position_id: str, order_id: str, *origin: str) -> None:
        submission = house.submit_order(UUID(position_id), UUID(order_id), _origin(origin))
        if not submission.sent or submission.client_order_id is None:
            return
        log.info(
            "order.sent",
            position_id=position_id,
            order_id=order_id,
            idempotency_key=submission.client_order_id,
            correlation_id=origin[0] if origin else None,
        )
        if submission.ask_again_ms is not None:
            house.jobs.look_up_order(submission.client_order_id, submission.ask_again_ms, _origin(origin))

    def look_up_order(client_order_id: str, *origin: str) -> None:
        house.dispatch.look_up(client_order_id, _origin(origin))

    def cancel_order(position_id: str, order_id: str) -> None:
        run_id = house.ledger.run_id()
        cause = Cause(actor=RECALLING, correlation_id=run_id, run_id=run_id)
        try:
            order = house.cancel_order(cause, UUID(position_id), UUID(order_id)).answer
            log.info("order.recalled", position_id=position_id, order_id=order_id, status=order.status.value)
        except Refusal as refusal:  # it has ended by itself, or its broker is silent: the sweep asks again
            log.info("order.not_recalled", position_id=position_id, order_id=order_id, reason=str(refusal))

    def settle_actions(position_id: str) -> None:
        house.settle_actions(UUID(position_id))

    def settle_own_units(portfolio_id: str, listing_id: str) -> None:
        house.settle_own_units(UUID(portfolio_id), UUID(listing_id))

    def reconcile(portfolio_id: str) -> None:
        findings = house.reconcile(UUID(portfolio_id))
        if findings.all or findings.adopted:
            log.info("reconciled", portfolio_id=portfolio_id, clean=findings.clean, adopted=findings.adopted)

    def book_messages(numbers: list[int]) -> None:
        house.book_messages(numbers)

    def run(run_id: str) -> None:
        try:
            done = house.execute_run(UUID(run_id))
        except TimeLimitExceeded:
            done = house.execute_run.fail(UUID(run_id), "It took longer than an hour and was given up.")
        if done is not None:
            log.info("run.ended", run_id=run_id, kind=done.kind, status=done.status)

    def place_advice(recommendation_id: str) -> None:
        house.place_advice(UUID(recommendation_id))

    def send_notifications(channel_id: str) -> None:
        house.deliver_notifications(UUID(channel_id))

    def review(portfolio_id: str, policy_hash: str, recommendation_id: str | None) -> None:
        if house.give_reviews is None:
            return
        house.give_reviews(
            Subject(
                portfolio_id=UUID(portfolio_id),
                policy_hash=policy_hash,
                recommendation_id=UUID(recommendation_id) if recommendation_id else None,
            )
        )

    actors: dict[str, Callable[..., None]] = {
        WAKE: wake,
        SUBMIT_ORDERS: submit_orders,
        SUBMIT_ORDER: submit_order,
        LOOK_UP_ORDER: look_up_order,
        CANCEL_ORDER: cancel_order,
        RECONCILE: reconcile,
        SETTLE_ACTIONS: settle_actions,
        SETTLE_OWN_UNITS: settle_own_units,
        BOOK_MESSAGES: book_messages,
        RUN: run,
        PLACE_ADVICE: place_advice,
        REVIEW: review,
        SEND_NOTIFICATIONS: send_notifications,
    }
    for name, work in actors.items():
        _declare(house, name, work)


def _declare(house: House, name: str, work: Callable[..., None]) -> None:
    @wraps(work)
    def unless_held(*arguments: object, **named: object) -> None:
        if name not in HELD_WHILE_RESTORED or house.restored.may_act():
            work(*arguments, **named)

    limit: dict[str, Any] = {"time_limit": MILLISECONDS_MAX[name]} if name in MILLISECONDS_MAX else {}
    queue_name = QUEUE_OF.get(name, QUEUE)
    dramatiq.actor(broker=house.queue, queue_name=queue_name, actor_name=name, **limit)(unless_held)


def _origin(ids: tuple[str, ...]) -> Origin | None:
    if not ids:
        return None
    correlation_id, event_id = ids
    return Origin(UUID(correlation_id), UUID(event_id))
