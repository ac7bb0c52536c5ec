"""What a weekly, monthly, quarterly or manual run does: decide on a snapshot, and propose (DOMAIN §8)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import cast

from application.advice.gather import GatherSnapshot
from application.alerts import Concern, raise_alert, settle_alert
from application.ledger import Cause, Transaction
from application.placing.begin import begin_placing
from application.placing.settle import settle_not_placed
from application.policies import KnownPolicies
from application.ports import RunInputs
from domain.allocation import Kind, Snapshot, plan
from domain.numbers import shortest
from domain.policy import Policy, ReadPolicy, hash_of
from domain.portfolio import advice as advice_rules
from domain.portfolio.state import Portfolio
from domain.recommendation import decide as rules
from domain.refusals import Conflict
from domain.runs.decide import Result
from domain.runs.state import Run
from domain.settings import resolve
from domain.streams import PORTFOLIO, RECOMMENDATION

ACTOR = "ballast:adviser"
MAX_DRAWDOWN = "max_drawdown_tolerance"
TENTH = Decimal("0.1")
AT_ONCE_FOR = timedelta(hours=24)
"""How long ago a run may be dated whose advice is placed at once; what is older a person looks at first."""


@dataclass(frozen=True, slots=True)
class Advise:
    """What an allocation run decides. Done twice, it proposes once."""

    policies: KnownPolicies
    inputs: RunInputs
    gather: GatherSnapshot

    def __call__(self, transaction: Transaction, run: Run) -> Result:
        """Decide, and propose what is worth doing; a recommendation of the same kind that is open makes room."""
        cause = Cause(actor=ACTOR, correlation_id=run.id, run_id=run.id)
        return transaction.attempt(lambda: self._advise(transaction, run), cause)

    def _advise(self, transaction: Transaction, run: Run) -> Result:
        stream, portfolio = transaction.require(PORTFOLIO, run.portfolio)
        proposed = transaction.load(RECOMMENDATION, rules.recommendation_of(run.id))
        if (
            proposed.state is not None
        ):  # by an older Ballast, which ended the run in another append, and died before
            return Result(
                "success",
                f"Advises {len(proposed.state.lines)} orders.",
                policy_hash=proposed.state.policy_hash,
                recommendation_id=proposed.id,
                snapshot_hash=proposed.state.snapshot_hash,
            )
        policy = self._policy(portfolio)
        kind = cast("Kind", run.kind)
        snapshot = self.gather(transaction, portfolio, policy, kind, run.as_of)
        document = snapshot.document()
        snapshot_hash = hash_of(document)  # as snapshot.hash, written out once
        self.inputs.keep(snapshot_hash, document, transaction.now)
        advice = plan(snapshot, policy.policy)
        self._tell_of_the_fall(transaction, snapshot, policy.policy)
        stays = []
        if advice.outcome in ("success", "no_action"):
            stays = self._make_room(transaction, portfolio, run, kind)
        if advice.outcome == "success":
            transaction.append(proposed, [rules.propose(run.id, snapshot, snapshot_hash, advice)])
            _, portfolio = transaction.require(PORTFOLIO, run.portfolio)
            opened = advice_rules.open_advice(portfolio, proposed.id, kind, advice.triggers)
            portfolio = transaction.append(stream, opened)
            if _is_placed_at_once(portfolio, run.as_of, transaction.now):
                begin_placing(transaction, proposed, at_once=True)
        return Result(
            advice.outcome,
            " ".join([advice.sentence, *stays]),
            policy_hash=snapshot.policy_hash,
            recommendation_id=proposed.id if advice.outcome == "success" else None,
            snapshot_hash=snapshot_hash,
        )

    def _tell_of_the_fall(self, transaction: Transaction, snapshot: Snapshot, policy: Policy) -> None:
        """Call a person when the portfolio has fallen further than the policy bears; the call ends with the fall."""
        tolerated = policy.constraints.max_drawdown_tolerance
        if tolerated is None or snapshot.drawdown is None or snapshot.gates.frozen is not None:
            return
        fallen, limit = (
            f"{shortest((part * 100).quantize(TENTH))} %" for part in (snapshot.drawdown, tolerated)
        )
        if snapshot.drawdown >= tolerated:
            message = f"The portfolio has fallen {fallen} below its highest close; its policy bears {limit}."
            concern = Concern(
                snapshot.portfolio_id, None, MAX_DRAWDOWN, "WARN", message, fallen, f"less than {limit}"
            )
            raise_alert(transaction, concern)
        else:
            reason = f"It is {fallen} below its highest close."
            settle_alert(transaction, (snapshot.portfolio_id, None, MAX_DRAWDOWN), reason)

    def _policy(self, portfolio: Portfolio) -> ReadPolicy:
        if portfolio.policy is None:
            raise Conflict("The portfolio has no approved policy to follow.")
        return self.policies(portfolio.policy.policy_hash)

    def _make_room(self, transaction: Transaction, portfolio: Portfolio, run: Run, kind: Kind) -> list[str]:
        """Supersede what is open of its kind; answers what stays of each that was executed in part."""
        stays = []
        for each in advice_rules.replaced(portfolio, kind):
            older, state = transaction.require(RECOMMENDATION, each.recommendation_id)
            left = rules.stays_of(state)
            if left is not None:
                stays.append(f"Of older advice {left}.")
            transaction.append(older, rules.supersede(state, run.id))
            stream, portfolio = transaction.require(PORTFOLIO, run.portfolio)
            closed = advice_rules.close_advice(portfolio, each.recommendation_id, keep_consumed=True)
            transaction.append(stream, closed)
            settle_not_placed(transaction, portfolio.id)
        return stays


def _is_placed_at_once(portfolio: Portfolio, as_of: datetime, now: datetime) -> bool:
    return resolve(portfolio.settings).place_allocation == "at_once" and now - as_of <= AT_ONCE_FOR
