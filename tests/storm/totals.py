"""What seeds come to, one and all."""

import hashlib
from dataclasses import dataclass, field

from storm.calm import Calm


@dataclass(frozen=True)
class Result:
    """What became of a seed: how it came to rest, or how it broke."""

    seed: int
    calm: Calm | None
    broken: str | None


@dataclass
class Total:
    """What all seeds came to."""

    seeds: int = 0
    broker_events: int = 0
    deliveries: int = 0
    events: int = 0
    orders: int = 0
    executions: int = 0
    crashes: int = 0
    overtaken: int = 0
    overdrawn: int = 0
    lines: int = 0
    hashes: dict[int, str] = field(default_factory=dict)

    def add(self, seed: int, calm: Calm) -> None:
        """Add a seed."""
        self.hashes[seed] = calm.log_hash
        self.seeds += 1
        self.broker_events += calm.broker_events
        self.deliveries += calm.deliveries
        self.events += calm.events
        self.orders += calm.orders
        self.executions += calm.executions
        self.crashes += calm.crashes
        self.overtaken += calm.overtaken
        self.overdrawn += calm.overdrawn
        self.lines += calm.lines

    @property
    def both(self) -> int:
        """Broker events: what happened at brokers, and what they told us of it."""
        return self.broker_events + self.deliveries

    def sentence(self, seconds: float) -> str:
        """Everything in a line."""
        both = self.both
        return (
            f"{self.seeds} seeds in {seconds:.0f} s: {both} broker events ({self.broker_events} at brokers,"
            f" {self.deliveries} deliveries), {both / seconds:.0f} a second; {self.orders} orders,"
            f" {self.lines} of them lines of advice,"
            f" {self.executions} executions, {self.events} events in logs, {self.crashes} crashes,"
            f" {self.overtaken} interruptions; cash was below zero after {self.overdrawn} events"
        )

    def log_hash(self) -> str:
        """A hash of all logs, which is the same whenever the same seeds run."""
        return hashlib.sha256(repr(sorted(self.hashes.items())).encode()).hexdigest()


@dataclass(frozen=True)
class Wanted:
    """How much there has to be of both before it is enough."""

    seeds: int
    broker_events: int

    def reached(self, total: Total, broken: int) -> bool:
        """Whether it is enough. A seed that broke has been tried too."""
        return total.seeds + broken >= self.seeds and total.both >= self.broker_events

    def left(self, total: Total, seconds: float) -> str:
        """How long it may still take, as it went so far."""
        if not total.seeds:
            return "nobody knows how long it takes"
        by_seeds = (self.seeds - total.seeds) / total.seeds
        by_events = (self.broker_events - total.both) / max(1, total.both)
        return f"about {max(0.0, by_seeds, by_events) * seconds / 60:.0f} min left"
