"""Whether anybody collects traces."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from adapters.traces.traces import Traces

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
"""OpenTelemetry's own variables; the library reads these and the others (headers, service name, sampler) itself."""


def open_traces(role: str) -> "Traces | None":
    """Where a process's spans go, None unless an address is set. The library takes most of a second to import."""
    if not any(os.environ.get(name) for name in ENDPOINTS):
        return None
    from adapters.traces.traces import Traces  # noqa: PLC0415

    return Traces(role)
