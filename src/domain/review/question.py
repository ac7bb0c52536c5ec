"""What a reviewer is asked: derived numbers, our own names, and a text of ours around them. Nothing a person wrote.

Amounts go out as parts of a whole, sleeves and triggers under aliases, sentences not at all.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.allocation.advice import Line, SleeveWeight
from domain.money import ZERO
from domain.numbers import exactly
from domain.policy import Policy, canonical, hash_of
from domain.policy.canonical import Json
from domain.recommendation.events import RecommendationProposed
from domain.review.aliases import Aliases
from domain.review.opinion import NOTE_CHARACTERS_MAX, NOTES_MAX, SCHEMA

SIX = Decimal("0.000001")

ANSWER = (
    'Answer with one JSON object and nothing else: {"verdict": "PASS" | "WARN" | "FAIL", "notes": [strings]}. '
    f"At most {NOTES_MAX} notes, each one plain sentence of at most {NOTE_CHARACTERS_MAX} characters. "
    "Your opinion is shown to a person and changes nothing."
)
OF_ADVICE = (
    "You review what a rules-based engine advises a long-term portfolio to trade. The numbers are its own: weights "
    "are parts of one of what is invested, drifts are percentage points, a sleeve is actionable beyond its drift "
    "limit. Each order names its source and the rules that made it; left_out counts what rules kept back. PASS when "
    "the orders follow from the numbers, WARN when a person should look twice, FAIL when they contradict the numbers. "
    + ANSWER
)
OF_POLICY = (
    "You review the draft of a policy by which an engine will advise a long-term portfolio. Targets are parts of one, "
    "drifts are percentage points, amounts are parts of the monthly contribution or of the staged cash. Waves deploy "
    "staged cash once the portfolio has fallen by their part, sunsets on their day at the latest. PASS when its parts "
    "fit together, WARN when a person should think twice about one, FAIL when parts work against each other. "
    + ANSWER
)


@dataclass(frozen=True, slots=True)
class Question:
    """The two messages of a question, and the aliases to read its answer by."""

    system: str
    user: str
    aliases: Aliases

    @property
    def text(self) -> str:
        """Everything that is asked, as it is kept: messages and the schema of the answer, in canonical JSON."""
        return canonical({"system": self.system, "user": self.user, "schema": SCHEMA})

    @property
    def hash(self) -> str:
        """The SHA-256 of the text, by which it is kept."""
        return hash_of(self.text)


def about_advice(proposed: RecommendationProposed, policy: Policy) -> Question:
    """The question about a recommendation that follows a policy."""
    aliases = Aliases.of(policy)
    lines = [each.line for each in proposed.lines]
    totals = {
        action: sum((each.amount for each in lines if each.action == action), ZERO)
        for action in ("BUY", "SELL")
    }
    left_out = Counter(each.rule for each in proposed.suppressed)
    cadence = {"monthly": policy.cadence.monthly, "quarterly": policy.cadence.quarterly}.get(proposed.kind)
    facts: dict[str, Json] = {
        "run": proposed.kind,
        "orders_max": None if cadence is None else cadence.max_orders,
        "sells_allowed": policy.constraints.allow_rebalance_sells,
        "sleeves": [_sleeve(each, policy, aliases) for each in proposed.sleeves],
        "orders": [_order(each, totals, aliases) for each in lines],
        "left_out": {rule: left_out[rule] for rule in sorted(left_out)},
    }
    return Question(OF_ADVICE, canonical(facts), aliases)


def about_policy(policy: Policy) -> Question:
    """The question about a policy."""
    aliases = Aliases.of(policy)
    monthly, quarterly = policy.cadence.monthly, policy.cadence.quarterly
    facts: dict[str, Json] = {
        "sleeves": [
            {
                "name": aliases.sleeve(sleeve),
                "target": target,
                "instruments": len(policy.of_sleeve(sleeve)),
                "drift_limit": policy.drift_limit(sleeve),
            }
            for sleeve, target in policy.targets.items()
        ],
        "monthly": {
            "orders_max": monthly.max_orders,
            "smallest_trade": _part(monthly.min_trade, monthly.contribution),
            "default_orders": [
                {
                    "sleeve": _sleeve_of(policy, each.ticker, aliases),
                    "part": _part(each.amount, monthly.contribution),
                }
                for each in monthly.default_orders
            ],
        },
        "quarterly": None
        if quarterly is None
        else {
            "orders_max": quarterly.max_orders,
            "smallest_trade": _part(quarterly.min_trade, monthly.contribution),
            "priorities": [aliases.sleeve(each) for each in quarterly.priority_underweight_sleeves],
            "defaults_without_drift": quarterly.fallback_to_monthly_defaults_when_no_meaningful_drift,
        },
        "cash_park": _park(policy, aliases),
        "waves_enabled": policy.triggers.wave_triggers_enabled,
        "sells_allowed": policy.constraints.allow_rebalance_sells,
        "stocks_allowed": policy.constraints.allow_individual_stocks,
        "fall_tolerated": policy.constraints.max_drawdown_tolerance,
        "cost_per_order": _part(policy.constraints.cost_per_order, monthly.contribution),
    }
    return Question(OF_POLICY, canonical(facts), aliases)


def _sleeve(weight: SleeveWeight, policy: Policy, aliases: Aliases) -> Json:
    return {
        "name": aliases.sleeve(weight.sleeve),
        "target": _rounded(weight.target),
        "before": _rounded(weight.before),
        "after": _rounded(weight.after),
        "drift": _rounded(weight.drift),
        "drift_limit": policy.drift_limit(weight.sleeve),
        "actionable": weight.actionable,
    }


def _order(line: Line, totals: Mapping[str, Decimal], aliases: Aliases) -> Json:
    return {
        "action": line.action,
        "sleeve": None if line.sleeve is None else aliases.sleeve(line.sleeve),
        "part_of_all_of_its_kind": _part(line.amount, totals[line.action]),
        "source": line.source,
        "trigger": aliases.trigger(line.trigger),
        "funding": line.funding,
        "weight_before": None if line.weight_before is None else _rounded(line.weight_before),
        "weight_after": None if line.weight_after is None else _rounded(line.weight_after),
        "rules": [aliases.rule(each) for each in line.rules],
    }


def _park(policy: Policy, aliases: Aliases) -> Json:
    park = policy.cash_park
    if park is None:
        return None
    return {
        "waves": [
            {
                "name": aliases.trigger(wave.code),
                "fall": wave.drawdown_trigger,
                "part_of_staged": _part(wave.deploy_amount, park.staged_amount),
                "strategy": wave.deploy_strategy,
                "sleeves": [aliases.sleeve(each) for each in wave.eligible_sleeves],
            }
            for wave in park.waves
        ],
        "sunsets": [
            {
                "name": aliases.trigger(sunset.code),
                "on": sunset.date,
                "part_of_what_is_left": sunset.deploy_fraction_of_remaining,
                "strategy": sunset.deploy_strategy,
                "sleeves": [aliases.sleeve(each) for each in sunset.deploy_to_sleeves],
            }
            for sunset in park.sunset
        ],
    }


def _sleeve_of(policy: Policy, ticker: str, aliases: Aliases) -> str | None:
    instrument = policy.instrument(ticker)
    return None if instrument is None else aliases.sleeve(instrument.sleeve)


@exactly
def _part(amount: Decimal, whole: Decimal) -> Decimal | None:
    return _rounded(amount / whole) if whole else None


@exactly
def _rounded(number: Decimal) -> Decimal:
    return number.quantize(SIX)
