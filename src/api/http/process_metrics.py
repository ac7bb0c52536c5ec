"""What Prometheus scrapes: requests as they are served, and how far the read models are when it asks."""

from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from api.http.standing import Standing

BUCKETS_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class ProcessMetrics:
    """The metrics of one process."""

    def __init__(self, standing: Standing) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "ballast_http_requests",
            "Requests served.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "ballast_http_request_seconds",
            "How long requests took.",
            ("method", "route"),
            buckets=BUCKETS_SECONDS,
            registry=self._registry,
        )
        self._registry.register(_House(standing))
        # Finding a child by its labels costs more than counting with it.
        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Note one request."""
        key = (method, route, status)
        known = self._known.get(key)
        if known is None:
            known = self._requests.labels(*key), self._seconds.labels(method, route)
            self._known[key] = known
        requests, duration = known
        requests.inc()
        duration.observe(seconds)

    def exposition(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self._registry)


class _House(Collector):
    """What is looked up when Prometheus asks. A server that is away is itself a measure."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing

    def describe(self) -> Iterator[Metric]:
        """Nothing beforehand: registering must not need a database."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """The gauges."""
        log, queues = self._standing.log(), self._standing.queues()
        yield _gauge("ballast_database_up", "Whether the database answers.", 0 if log is None else 1)
        yield _gauge("ballast_redis_up", "Whether Redis answers.", 1 if queues else 0)
        yield _gauges("ballast_queue_jobs", "Jobs that wait in a queue or are under way.", "queue", queues)
        if log is None:
            return
        lags = {follower.name: follower.lag for follower in log.followers}
        parked = {follower.name: follower.parked for follower in log.followers}
        yield _gauge("ballast_events", "The number of the newest event.", log.last_number)
        yield _gauges("ballast_projection_lag_events", "Events a follower is behind.", "name", lags)
        yield _gauges("ballast_parked_portfolios", "Portfolios a follower has stopped for.", "name", parked)
        yield _gauges("ballast_open_orders", "Orders that have not ended.", "status", log.open_orders)
        yield _gauge("ballast_dead_letters", "Jobs that were given up and wait.", log.dead_letters)
        age = self._standing.reconciliation_age_seconds()
        if age is not None:
            told = "How long ago the account that has waited longest agreed with its broker."
            yield _gauge("ballast_reconciliation_age_seconds", told, age)


def _gauge(name: str, told: str, value: float) -> Metric:
    gauge = GaugeMetricFamily(name, told)
    gauge.add_metric((), value)
    return gauge


def _gauges(name: str, told: str, label: str, values: Mapping[str, float]) -> Metric:
    gauge = GaugeMetricFamily(name, told, labels=(label,))
    for each, value in values.items():
        gauge.add_metric((each,), value)
    return gauge
