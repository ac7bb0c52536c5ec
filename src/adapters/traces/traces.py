"""Spans of requests, jobs and calls to brokers, in traces that are named for correlation ids (ADR 46).

A correlation id is a trace's id, and its lower half the id of the span that began it. So whoever knows of an event
knows the trace that it belongs to, days later and in another process, and nothing has to be carried along. Spans hold
names, routes and ids; of an error they hold its kind and never its text.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import Link, NonRecordingSpan, Span, SpanContext, SpanKind, StatusCode, TraceFlags
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

HEADER = "traceparent"
LOWER_HALF = 2**64 - 1
SAMPLED = TraceFlags(TraceFlags.SAMPLED)
FLUSH_MILLISECONDS = 2_000
CALL_SECONDS = 2.0

Attributes = Mapping[str, str]


class Traces:
    """The spans of one process, on their way to whoever collects them. One that is away costs spans, nothing else."""

    def __init__(self, role: str) -> None:
        named = {"service.name": os.environ.get("OTEL_SERVICE_NAME", "ballast"), "ballast.role": role}
        self._ids = _GivenIds()
        self._provider = TracerProvider(resource=Resource.create(named), id_generator=self._ids)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(timeout=CALL_SECONDS)))
        self._tracer = self._provider.get_tracer("ballast")
        self._propagator = TraceContextTextMapPropagator()

    @contextmanager
    def request(self, method: str, correlation_id: UUID, traceparent: str | None) -> Iterator[Span]:
        """A request, which begins the trace of its correlation id. A caller's own trace is linked, never continued."""
        came_from = trace.get_current_span(self._propagator.extract({HEADER: traceparent or ""}))
        context = came_from.get_span_context()
        links = [Link(context)] if context.is_valid else []
        with self._ids.given(correlation_id):
            span = self._tracer.start_span(method, Context(), SpanKind.SERVER, links=links)
        with self._entered(span):
            yield span

    @contextmanager
    def job(self, name: str, follows: Sequence[UUID], traceparent: str | None) -> Iterator[Span]:
        """A job. It goes on with the trace of the one chain that it follows from; several are linked."""
        origins = [_begun(each) for each in dict.fromkeys(follows)]
        if len(origins) == 1:
            parent = trace.set_span_in_context(NonRecordingSpan(origins[0]), Context())
        else:
            parent = self._propagator.extract({HEADER: traceparent or ""}, Context())
        links = [Link(each) for each in origins] if len(origins) > 1 else []
        span = self._tracer.start_span(f"job {name}", parent, SpanKind.CONSUMER, links=links)
        with self._entered(span):
            yield span

    @contextmanager
    def call(self, name: str, attributes: Attributes) -> Iterator[Span]:
        """A call to somebody outside, within whatever goes on."""
        span = self._tracer.start_span(name, kind=SpanKind.CLIENT, attributes=attributes)
        with self._entered(span):
            yield span

    def header(self) -> str | None:
        """What goes on in this thread, as a ``traceparent``."""
        carrier: dict[str, str] = {}
        self._propagator.inject(carrier)
        return carrier.get(HEADER)

    def close(self) -> None:
        """Send what is left, for two seconds at most."""
        self._provider.force_flush(FLUSH_MILLISECONDS)
        self._provider.shutdown()

    @contextmanager
    def _entered(self, span: Span) -> Iterator[None]:
        with trace.use_span(span, end_on_exit=True, record_exception=False, set_status_on_exception=False):
            try:
                yield
            except BaseException as error:
                failed(span, error)
                raise


def failed(span: Span, error: BaseException) -> None:
    """Note the kind of an error; its text may quote what it was about."""
    span.set_attribute("error.type", type(error).__name__)
    span.set_status(StatusCode.ERROR, type(error).__name__)


def _begun(correlation_id: UUID) -> SpanContext:
    """The span that began the trace of a correlation id."""
    return SpanContext(
        correlation_id.int, correlation_id.int & LOWER_HALF, is_remote=True, trace_flags=SAMPLED
    )


class _GivenIds(RandomIdGenerator):
    """Random ids, except for the span that begins the trace of a correlation id."""

    def __init__(self) -> None:
        self._given: ContextVar[UUID | None] = ContextVar("given", default=None)

    @contextmanager
    def given(self, correlation_id: UUID) -> Iterator[None]:
        """Begin a trace of this id, in a ``with`` block."""
        token = self._given.set(correlation_id)
        try:
            yield
        finally:
            self._given.reset(token)

    def generate_trace_id(self) -> int:
        """The id of a new trace."""
        return self._or(lambda given: given.int, super().generate_trace_id)

    def generate_span_id(self) -> int:
        """The id of a new span."""
        return self._or(lambda given: given.int & LOWER_HALF, super().generate_span_id)

    def _or(self, of: Callable[[UUID], int], random: Callable[[], int]) -> int:
        given = self._given.get()
        return random() if given is None else of(given)
