"""A recommendation's commands: each answers the events that follow, none when it is already so (DOMAIN §8)."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID, uuid5

from domain.allocation import Advice, Snapshot
from domain.money import ZERO
from domain.numbers import shortest
from domain.recommendation.events import (
    AdvisedLine,
    AnyRecommendationEvent,
    ExecutedLine,
    RecommendationApproved,
    RecommendationExecuted,
    RecommendationIgnored,
    RecommendationProposed,
    RecommendationReversed,
    RecommendationSuperseded,
)
from domain.recommendation.state import Recommendation
from domain.refusals import Conflict

Events = list[AnyRecommendationEvent]

RECOMMENDATIONS = UUID("b2a5c2d6-53f0-5f0e-8f57-7d3c1d0a4e21")
"""The name space in which recommendations are named: done twice, a run proposes its own once."""

FAR = 10
"""How many times the price of a line, or which part of it, nobody trades at: that is a price in another unit."""


def recommendation_of(reason_id: UUID) -> UUID:
    """The recommendation of a run, or of an order that a person is to place."""
    return uuid5(RECOMMENDATIONS, str(reason_id))


def propose(run_id: UUID, snapshot: Snapshot, snapshot_hash: str, advice: Advice) -> RecommendationProposed:
    """What a run advises on the snapshot of this hash, each line under an id of its own."""
    recommendation_id = recommendation_of(run_id)
    lines = [
        AdvisedLine(id=uuid5(recommendation_id, str(number)), line=line)
        for number, line in enumerate(advice.lines, 1)
    ]
    return RecommendationProposed(
        recommendation_id=recommendation_id,
        portfolio_id=snapshot.portfolio_id,
        run_id=run_id,
        kind=snapshot.kind,
        currency=snapshot.currency,
        policy_hash=snapshot.policy_hash,
        snapshot_hash=snapshot_hash,
        engine=advice.engine,
        lines=tuple(lines),
        suppressed=advice.suppressed,
        sleeves=advice.sleeves,
        triggers=advice.triggers,
        told=advice.sentence,
    )


def approve(state: Recommendation) -> Events:
    """Agree with it; approved, or executed in part, it is already so."""
    require_open(state)
    if state.status != "proposed":
        return []
    return [RecommendationApproved(recommendation_id=state.id, portfolio_id=state.portfolio_id)]


def execute(state: Recommendation, lines: Sequence[ExecutedLine], *, complete: bool) -> Events:
    """Tell what was executed, whatever it was: other quantities and prices are facts too.

    It is over when every line has reached its quantity, or when it is said that nothing more will come.
    Raises Conflict for one that was ignored, superseded, reversed or is over.
    """
    require_open(state)
    require_idle(state)
    if not lines and not complete:
        raise Conflict("Say what was executed, or that nothing more will be.")
    if complete and not lines and not state.executed:
        raise Conflict("Nothing of it has been executed; ignore it instead.")
    done = dict(state.executed_quantities)
    for each in lines:
        done[each.line_id] = done.get(each.line_id, each.quantity * 0) + each.quantity
    reached = all(done.get(each.id, each.line.quantity - 1) >= each.line.quantity for each in state.lines)
    return [
        RecommendationExecuted(
            recommendation_id=state.id,
            portfolio_id=state.portfolio_id,
            lines=tuple(lines),
            complete=complete or reached,
        )
    ]


def ignore(state: Recommendation, reason: str) -> Events:
    """Let it be; ignored it is already so. Raises Conflict once something of it was executed."""
    if state.status == "ignored":
        return []
    require_open(state)
    require_idle(state)
    if state.executed:
        raise Conflict("Some of it has been executed; mark it complete, or reverse it.")
    return [RecommendationIgnored(recommendation_id=state.id, portfolio_id=state.portfolio_id, reason=reason)]


def supersede(state: Recommendation, by_run_id: UUID | None, reason: str | None = None) -> Events:
    """Let a newer run of its kind, or for a reason something else, take its place; what is over stays as it is.

    What was executed of it stays, and its triggers stay used: so says the reason, where there is none yet.
    """
    if not state.is_open:
        return []
    require_idle(state)
    reason = reason or stays_of(state)
    return [
        RecommendationSuperseded(
            recommendation_id=state.id, portfolio_id=state.portfolio_id, by_run_id=by_run_id, reason=reason
        )
    ]


def stays_of(state: Recommendation) -> str | None:
    """What stays of one that is executed in part when another takes its place; None where nothing was executed."""
    if not state.executed:
        return None
    done = state.executed_quantities
    lines = " and ".join(
        f"{shortest(done.get(each.id, ZERO))} of {shortest(each.line.quantity)} {each.line.symbol}"
        for each in state.lines
    )
    begun = {each.line.trigger for each in state.lines if each.id in done and each.line.trigger}
    used = f"; {' and '.join(sorted(begun))} stays used" if begun else ""
    stays = f"{lines} were executed and stay booked{used}, the rest is not carried out"
    return f"a newer run has taken its place, and {stays}"


def reverse(state: Recommendation, reason: str) -> Events:
    """Take back what was booked of it. Raises Conflict when nothing was."""
    if state.status == "reversed":
        return []
    require_idle(state)
    if any(each.order_id is not None for each in state.executed):
        raise Conflict("A broker has executed some of it, which nobody can take back but by trading again.")
    if not state.executed:
        raise Conflict("Nothing of it has been executed.")
    return [
        RecommendationReversed(recommendation_id=state.id, portfolio_id=state.portfolio_id, reason=reason)
    ]


def misread(decided: Decimal, told: Decimal, unit: str) -> str | None:
    """Why something was not executed at what a person says, such as pounds for pence; None if it may have been."""
    if decided / FAR < told < decided * FAR:
        return None
    return (
        f"{shortest(told)} is too far from the {shortest(decided)} that was decided on: it is told in {unit}."
    )


def require_idle(state: Recommendation) -> None:
    """Raises Conflict while an order of it is at work: what comes of that is not known yet."""
    symbols = [each.symbol for each in state.placed if each.at_work]
    if symbols:
        raise Conflict(f"Orders of it are at work ({', '.join(symbols)}); cancel them first.")


def require_open(state: Recommendation) -> None:
    """Raises Conflict for one that is over."""
    if not state.is_open:
        raise Conflict(
            f"The recommendation is {state.status.replace('_', ' ')}; nothing more can be done with it."
        )
