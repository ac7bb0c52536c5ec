"""Jobs on Dramatiq over Redis. A job carries ids only and may run twice; the sweeps enqueue what was lost."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

import dramatiq
import redis
import structlog
from dramatiq import MessageProxy
from dramatiq.brokers.redis import RedisBroker, _RedisConsumer
from dramatiq.errors import ConnectionClosed
from dramatiq.middleware import Middleware, Retries, ShutdownNotifications, TimeLimit

from application.ports import Origin
from application.ports.dead_letters import QueueAway
from domain.review.subject import Subject

log = structlog.get_logger()

QUEUE = "ballast"
RUNS_QUEUE = "ballast.runs"
MESSAGES_QUEUE = "ballast.messages"
REVIEWS_QUEUE = "ballast.reviews"
WAKE = "wake"
SUBMIT_ORDERS = "submit_orders"
SUBMIT_ORDER = "submit_order"
LOOK_UP_ORDER = "look_up_order"
CANCEL_ORDER = "cancel_order"
RECONCILE = "reconcile"
SETTLE_ACTIONS = "settle_actions"
SETTLE_OWN_UNITS = "settle_own_units"
BOOK_MESSAGES = "book_messages"
SEND_NOTIFICATIONS = "send_notifications"
RUN = "run"
REVIEW = "review"
PLACE_ADVICE = "place_advice"

QUEUE_OF = {RUN: RUNS_QUEUE, SEND_NOTIFICATIONS: MESSAGES_QUEUE, REVIEW: REVIEWS_QUEUE}
"""Runs take minutes, services and models may be slow: with queues and threads of their own nothing waits for them."""

HEARTBEAT_MILLISECONDS = 10_000
MAINTENANCE_ON_EVERY_COMMAND = 1_000_000  # out of a million
RETRIES_MAX = 3
RETRY_BACKOFF_MILLISECONDS = 200
TIME_LIMIT_MILLISECONDS = 60_000


class _Consumer(_RedisConsumer):
    """The library's consumer, whose thread would end for good if Redis died while a delayed job came due."""

    def requeue(self, messages: Iterable[MessageProxy]) -> None:
        """Give messages back; a lost connection is reported as the library's own error, which it waits out."""
        try:
            super().requeue(messages)  # type: ignore[no-untyped-call]  # the library's
        except redis.ConnectionError as error:
            raise ConnectionClosed(error) from None  # type: ignore[no-untyped-call]  # the library's


class _Broker(RedisBroker):
    @property
    def consumer_class(self) -> type[_Consumer]:
        """What reads the queues."""
        return _Consumer


def open_queue(redis_url: str, namespace: str = "ballast", *also: Middleware) -> RedisBroker:
    """The queue, with ``also`` before what tries again; a killed worker's jobs are back within about ten seconds."""
    broker = _Broker(  # type: ignore[no-untyped-call]  # the library's
        url=redis_url,
        namespace=namespace,
        heartbeat_timeout=HEARTBEAT_MILLISECONDS,
        maintenance_chance=MAINTENANCE_ON_EVERY_COMMAND,
        middleware=[
            TimeLimit(time_limit=TIME_LIMIT_MILLISECONDS),
            ShutdownNotifications(),
            *also,
            Retries(max_retries=RETRIES_MAX, min_backoff=RETRY_BACKOFF_MILLISECONDS),
        ],
    )
    broker.declare_queue(QUEUE)
    broker.declare_queue(MESSAGES_QUEUE)
    broker.declare_queue(RUNS_QUEUE)
    broker.declare_queue(REVIEWS_QUEUE)
    return broker


class QueuedJobs:
    """The application's Jobs. When Redis is away a job is not lost, only late: a sweep finds what waits."""

    def __init__(self, broker: RedisBroker, traceparent: Callable[[], str | None] = lambda: None) -> None:
        """``traceparent`` tells of what goes on in a thread, for the trace of the jobs that it asks for."""
        self._broker = broker
        self._traceparent = traceparent

    def wake(self, feed: str, listing_ids: Sequence[UUID]) -> None:
        """See application.ports.Jobs."""
        self._enqueue(WAKE, feed, [str(listing_id) for listing_id in listing_ids])

    def submit_orders(self, orders: Sequence[tuple[UUID, UUID, Origin]]) -> None:
        """See application.ports.Jobs."""
        ids = [[str(position_id), str(order_id), *_ids(origin)] for position_id, order_id, origin in orders]
        self._enqueue(SUBMIT_ORDERS, ids)

    def submit_order(
        self, position_id: UUID, order_id: UUID, origin: Origin | None = None, *, delay_ms: int = 0
    ) -> None:
        """See application.ports.Jobs."""
        self._enqueue(SUBMIT_ORDER, str(position_id), str(order_id), *_ids(origin), delay_ms=delay_ms)

    def look_up_order(self, client_order_id: str, delay_ms: int, origin: Origin | None = None) -> None:
        """See application.ports.Jobs."""
        self._enqueue(LOOK_UP_ORDER, client_order_id, *_ids(origin), delay_ms=delay_ms)

    def cancel_order(self, position_id: UUID, order_id: UUID) -> None:
        """See application.ports.Jobs."""
        self._enqueue(CANCEL_ORDER, str(position_id), str(order_id))

    def settle_actions(self, position_id: UUID) -> None:
        """See application.ports.Jobs."""
        self._enqueue(SETTLE_ACTIONS, str(position_id))

    def settle_own_units(self, portfolio_id: UUID, listing_id: UUID) -> None:
        """See application.ports.Jobs."""
        self._enqueue(SETTLE_OWN_UNITS, str(portfolio_id), str(listing_id))

    def reconcile(self, portfolio_id: UUID) -> None:
        """See application.ports.Jobs."""
        self._enqueue(RECONCILE, str(portfolio_id))

    def book_messages(self, numbers: Sequence[int]) -> None:
        """See application.ports.Jobs."""
        self._enqueue(BOOK_MESSAGES, list(numbers))

    def run(self, run_id: UUID) -> None:
        """See application.ports.Jobs."""
        self._enqueue(RUN, str(run_id))

    def review(self, subject: Subject) -> None:
        """See application.ports.Jobs."""
        about = subject.recommendation_id
        self._enqueue(
            REVIEW, str(subject.portfolio_id), subject.policy_hash, None if about is None else str(about)
        )

    def place_advice(self, recommendation_id: UUID) -> None:
        """See application.ports.Jobs."""
        self._enqueue(PLACE_ADVICE, str(recommendation_id))

    def send_notifications(self, channel_id: UUID) -> None:
        """Send what is due on a channel."""
        self._enqueue(SEND_NOTIFICATIONS, str(channel_id))

    def again(self, job: str, arguments: Sequence[Any]) -> None:
        """See application.ports.dead_letters.Again."""
        try:
            self._broker.enqueue(_message(job, *arguments))
        except redis.RedisError as error:
            raise QueueAway("Redis does not answer just now; the job goes on waiting.") from error

    def lengths(self) -> dict[str, int]:
        """How many jobs each queue holds, delayed ones and those under way among them; nothing when Redis is away."""
        client, space = self._broker.client, self._broker.namespace
        try:
            return {
                queue: client.hlen(f"{space}:{queue}.msgs") + client.hlen(f"{space}:{queue}.DQ.msgs")
                for queue in sorted(self._broker.get_declared_queues())
            }
        except redis.RedisError:
            return {}

    def answers(self) -> bool:
        """Whether Redis answers."""
        try:
            return bool(self._broker.client.ping())
        except redis.RedisError:
            return False

    def _enqueue(self, name: str, *arguments: object, delay_ms: int = 0) -> None:
        try:
            message = _message(name, *arguments)
            traceparent = self._traceparent()
            if traceparent is not None:
                message.options["traceparent"] = traceparent
            self._broker.enqueue(message, delay=delay_ms or None)
        except redis.RedisError as error:
            log.warning("queue.away", job=name, error=str(error))


def _message(name: str, *arguments: object) -> dramatiq.Message[None]:
    return dramatiq.Message(
        queue_name=QUEUE_OF.get(name, QUEUE), actor_name=name, args=arguments, kwargs={}, options={}
    )


def _ids(origin: Origin | None) -> tuple[str, ...]:
    return () if origin is None else (str(origin.correlation_id), str(origin.event_id))
