"""The person who invests: asks for runs, approves what they advise, and changes their mind at any moment."""

from collections.abc import Iterator
from contextlib import suppress
from random import Random
from uuid import UUID

from api.wiring import House
from application.alerts import resolve
from application.ledger import Cause
from domain.recommendation.state import Recommendation
from domain.refusals import Refusal
from domain.streams import PORTFOLIO, RECOMMENDATION
from storm.person import settle_lost

ACTS = 0.1
"""How often it is this person that does something, where there is anything to invest."""

KINDS = ("manual", "quarterly", "quarterly", "quarterly", "monthly")


class Investor:
    """One person, and the portfolios that follow a strategy."""

    def __init__(self, chance: Random, portfolio_ids: list[UUID]) -> None:
        self._chance = chance
        self._portfolio_ids = portfolio_ids

    def is_due(self) -> bool:
        """Whether it is this person's turn. Without a portfolio no chance is drawn."""
        return bool(self._portfolio_ids) and self._chance.random() < ACTS

    def act(self, house: House) -> None:
        """Do one thing; what is refused is refused."""
        portfolio_id = self._chance.choice(self._portfolio_ids)
        advice = [*_open(house, portfolio_id)]
        with suppress(Refusal):
            if not advice or self._chance.random() < 0.15:
                house.request_run(_cause(house), self._chance.choice(KINDS), portfolio_id, None)
            else:
                self._decide(house, self._chance.choice(advice))

    def _decide(self, house: House, advice: Recommendation) -> None:
        drawn = self._chance.random()
        at_work = [each for each in advice.placed if each.at_work]
        if advice.placing is None and drawn < 0.85:
            house.act_on_advice.approve(_cause(house), advice.id)
        elif at_work and drawn < 0.2:
            placed = self._chance.choice(at_work)
            house.cancel_order(_cause(house), placed.position_id, placed.order_id)
        elif drawn > 0.8:
            _let_be(house, advice)

    def mend(self, house: House) -> None:
        """Settle orders of unknown fate, and the alerts that called for it."""
        for portfolio_id in self._portfolio_ids:
            for advice in _open(house, portfolio_id):
                for placed in advice.placed:
                    if placed.at_work:
                        settle_lost(house, self._chance, placed.position_id)
            with house.pool.connection() as connection:
                lost = connection.execute(
                    "select alert_id, listing_id, rule from alerts left join alerts_resolved using (alert_id)"
                    " where portfolio_id = %s and rule = 'order_lost' and resolved_at is null order by 1",
                    (portfolio_id,),
                ).fetchall()
            for row in lost:
                about = (portfolio_id, row["listing_id"], row["rule"])
                resolve(house.ledger, _cause(house), about, row["alert_id"], "It was settled.")

    def let_be(self, house: House) -> None:
        """Want nothing more of what was advised, as soon as none of it is at work."""
        for portfolio_id in self._portfolio_ids:
            for advice in _open(house, portfolio_id):
                with suppress(Refusal):
                    _let_be(house, advice)


def _open(house: House, portfolio_id: UUID) -> Iterator[Recommendation]:
    portfolio = house.ledger.load(PORTFOLIO, portfolio_id).state
    for each in portfolio.advice if portfolio is not None else ():
        advice = house.ledger.load(RECOMMENDATION, each.recommendation_id).state
        if advice is not None:
            yield advice


def _let_be(house: House, advice: Recommendation) -> None:
    if advice.executed:
        house.act_on_advice.mark_executed(_cause(house), advice.id, [], complete=True)
    else:
        house.act_on_advice.ignore(_cause(house), advice.id, "It is not wanted any more.")


def _cause(house: House) -> Cause:
    return Cause(actor="local", correlation_id=house.ledger.new_id())
