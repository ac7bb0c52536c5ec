"""The facts of a portfolio or a position, each at the time at which it counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.measures.facts import (
    Action,
    Closed,
    Command,
    Decision,
    Fact,
    GuardrailsSet,
    Merger,
    Opened,
    Ordered,
    Skipped,
    Split,
    Traded,
)
from domain.money import ZERO


class Step(NamedTuple):
    """A fact where it counts. A corporate action ``opens_the_moment``: it comes before that moment's price."""

    at: datetime
    opens_the_moment: bool
    fact: Fact


@dataclass(frozen=True, slots=True)
class History:
    """Facts in the order in which they count, the listings they are about, and when the first position began."""

    steps: Sequence[Step]
    listing_ids: Sequence[UUID]
    begins: datetime | None


def history(facts: Sequence[Fact]) -> History:
    """The facts, given in the order of the log from its beginning, in the order in which they count.

    A fact counts when it took effect, with these exceptions. What was commanded counts before every decision
    that followed it: a replay of last year sees the settings of today. Nothing counts before its position was
    opened. A fill that a split has multiplied counts from that split. Nothing moves a closed position any more:
    what a late fill brings goes on to the portfolio at once.
    """
    steps = sorted(_counting(_commanded_in_time(facts)), key=lambda step: step.at)
    listing_ids = {fact.listing_id: None for fact in facts if isinstance(fact, Opened | Merger)}
    begins = min((step.at for step in steps if not isinstance(step.fact, GuardrailsSet)), default=None)
    return History(steps, list(listing_ids), begins)


def _commanded_in_time(facts: Sequence[Fact]) -> list[Fact]:
    """The facts, commands no later than the decisions that came after them in the log."""
    ordered: list[Fact] = []
    decided: dict[UUID | None, datetime] = {}
    for fact in reversed(facts):
        if isinstance(fact, Decision):
            for whose in (fact.position_id, None):
                decided[whose] = min(fact.at, decided.get(whose, fact.at))
        elif isinstance(fact, Command) and fact.at > decided.get(fact.position_id, fact.at):
            fact = replace(fact, at=decided[fact.position_id])  # noqa: PLW2901
        ordered.append(fact)
    return ordered[::-1]


@dataclass(slots=True)
class _Life:
    """What of a position decides when its later facts count."""

    opened: datetime
    split: datetime
    is_closed: bool = False


def _counting(facts: Iterable[Fact]) -> Iterable[Step]:
    lives: dict[UUID, _Life] = {}
    for fact in facts:
        if isinstance(fact, GuardrailsSet) and fact.position_id is None:
            yield Step(fact.at, opens_the_moment=False, fact=fact)
        elif isinstance(fact, Opened):
            lives[fact.position_id] = _Life(fact.at, fact.at)
            yield Step(fact.at, opens_the_moment=False, fact=fact)
        elif fact.position_id is not None:
            step = _step(fact, lives[fact.position_id])
            if step is not None:
                yield step


def _step(fact: Fact, life: _Life) -> Step | None:
    if life.is_closed:
        late = _after_the_close(fact)
        return None if late is None else Step(late.at, opens_the_moment=False, fact=late)
    if isinstance(fact, Closed):
        life.is_closed = True
    if isinstance(fact, Split | Merger):
        life.split = max(life.split, fact.at)
    earliest = life.split if isinstance(fact, Traded) and fact.multiplied else life.opened
    return Step(max(fact.at, earliest), isinstance(fact, Action) and fact.at > life.opened, fact)


def _after_the_close(fact: Fact) -> Fact | None:
    """What still counts of a fact that came later: that it was decided, executed and paid for, not what it moved."""
    match fact:
        case Traded():
            return replace(fact, shares=ZERO, cash=ZERO, price=None)
        case Ordered() | Skipped():
            return fact
        case _:
            return None
