"""A span for every job."""

from contextlib import ExitStack
from uuid import UUID

import dramatiq
from dramatiq.middleware import Middleware
from opentelemetry.trace import Span

from adapters.redis.queue import LOOK_UP_ORDER, SUBMIT_ORDER, SUBMIT_ORDERS
from adapters.traces.traces import HEADER, Traces, failed


class TracedJobs(Middleware):
    """Begins one before each job and ends it after, in the thread that does the job."""

    def __init__(self, traces: Traces) -> None:
        self._traces = traces
        self._open: dict[str, tuple[ExitStack, Span]] = {}

    def before_process_message(self, broker: dramatiq.Broker, message: dramatiq.MessageProxy) -> None:
        """The job begins."""
        stack = ExitStack()
        follows = origins(message.actor_name, message.args)
        span = stack.enter_context(self._traces.job(message.actor_name, follows, message.options.get(HEADER)))
        self._open[message.message_id] = stack, span

    def after_process_message(
        self,
        broker: dramatiq.Broker,
        message: dramatiq.MessageProxy,
        *,
        result: object = None,
        exception: BaseException | None = None,
    ) -> None:
        """The job is over, or failed."""
        stack, span = self._open.pop(message.message_id)
        if exception is not None:
            failed(span, exception)
        stack.close()


def origins(job: str, arguments: tuple[object, ...]) -> list[UUID]:
    """The chains that a job follows from, as its arguments tell; see `adapters.redis.queue`."""
    match job, arguments:
        case (str(), ([*orders],)) if job == SUBMIT_ORDERS:
            return [UUID(str(order[2])) for order in orders if isinstance(order, list)]
        case (str(), (_, _, str(correlation_id), _)) if job == SUBMIT_ORDER:
            return [UUID(correlation_id)]
        case (str(), (_, str(correlation_id), _)) if job == LOOK_UP_ORDER:
            return [UUID(correlation_id)]
        case _:
            return []
