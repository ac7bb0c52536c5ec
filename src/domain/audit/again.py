"""Decide again what was decided, from the inputs that were recorded, by the rule of then."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from domain import allocation, balancing
from domain.allocation import Advice, Snapshot
from domain.allocation.snapshot import read_snapshot
from domain.balancing import Decision, Engine
from domain.brake import assess
from domain.brake.assess import Assessed
from domain.brake.inputs import DayInputs
from domain.placing import rule as placing
from domain.policy import Policy, read
from domain.portfolio.events import DailyLossExceeded
from domain.position.events import Decided, OrderIntended, OrderReevaluated
from domain.recommendation.decide import propose
from domain.recommendation.events import LineDeclined, RecommendationProposed

R = TypeVar("R")


class UnknownRule(Exception):
    """No rule of this name decides here: a newer program decided, or the name was changed."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Every rule that ever decided, by the name that its decisions are recorded under."""

    balancing: Mapping[str, Engine] = field(default_factory=lambda: {**balancing.ENGINES, **placing.ENGINES})
    allocation: Mapping[str, Callable[[Snapshot, Policy], Advice]] = field(
        default_factory=lambda: {allocation.ENGINE: allocation.plan}
    )
    daily_loss: Mapping[str, Callable[[DayInputs], Assessed]] = field(
        default_factory=lambda: {assess.RULE: assess.assess}
    )


def decide_again(event: Decided, rules: Rules) -> Decided:
    """The decision as it would be recorded of the same inputs. Raises UnknownRule."""
    outputs = _rule(rules.balancing, event.rule)(event.inputs)
    return event.model_copy(update={"outputs": outputs, **_order(event, outputs)})


def _order(event: Decided, outputs: Decision) -> dict[str, object]:
    if outputs.outcome != "trade" or not isinstance(event, OrderIntended | OrderReevaluated):
        return {}
    return {"side": outputs.side, "quantity": outputs.quantity}


def decline_again(event: LineDeclined, rules: Rules) -> LineDeclined | None:
    """A line that a rule left out as it would be recorded of the same inputs, None if it fits. Raises UnknownRule."""
    if event.rule is None or event.inputs is None:
        return event
    outputs = _rule(rules.balancing, event.rule)(event.inputs)
    if outputs.outcome != "skip":
        return None
    return event.model_copy(update={"outputs": outputs, "reason": outputs.reason})


def assess_again(event: DailyLossExceeded, rules: Rules) -> DailyLossExceeded | None:
    """The loss as it would be recorded of the same inputs, None if it is not too much. Raises UnknownRule."""
    day = _rule(rules.daily_loss, event.rule)(event.inputs)
    if not day.exceeded:
        return None
    numbers = {"value": day.value, "loss": day.loss, "base": day.base, "loss_pct": day.loss_pct}
    return event.model_copy(update=numbers)


@dataclass(frozen=True, slots=True)
class Advised:
    """What a run decided on, as it was kept: the canonical JSON of its snapshot and of its policy."""

    snapshot: str
    policy: str

    def advice(self, rules: Rules) -> Advice:
        """What these inputs come to. Raises UnknownRule, and ValueError for what are no such inputs."""
        snapshot = read_snapshot(self.snapshot)
        return _rule(rules.allocation, snapshot.engine)(snapshot, read(self.policy).policy)

    def proposal(self, run_id: UUID, snapshot_hash: str, rules: Rules) -> RecommendationProposed:
        """The recommendation that a run makes of it. Raises as ``advice`` does."""
        return propose(run_id, read_snapshot(self.snapshot), snapshot_hash, self.advice(rules))


def _rule(known: Mapping[str, R], name: str) -> R:
    try:
        return known[name]
    except KeyError:
        raise UnknownRule(name) from None
