"""A run that only decides: what it decides and its end are in the log together, or neither is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

import psycopg
import pytest

from api.wiring import House
from application import portfolios
from application.ledger import Transaction
from application.runs.execute_run import Decision, ExecuteRun
from domain.portfolio import decide as portfolio_rules
from domain.refusals import Conflict
from domain.runs.decide import Result
from domain.runs.state import Run
from domain.streams import PORTFOLIO
from examples import IN_SESSION, Opened, by_hand, open_example

from .asked_runs import by_person, ended, run_of, scheduled

DECIDED = ("success", "Froze it.")


@pytest.fixture
def opened(house: House) -> Opened:
    """A portfolio to decide about."""
    house.ledger.clock = lambda: IN_SESSION
    return open_example(house)


@dataclass
class Freezing:
    """Decides to freeze the portfolio. ``then`` happens after that, ``before`` ahead of it, at the first time."""

    before: Callable[[], None] = lambda: None
    then: Callable[[], None] = lambda: None
    times: int = 0

    def __call__(self, transaction: Transaction, run: Run) -> Result:
        """See application.runs.execute_run.Decision."""
        self.times += 1
        stream, portfolio = transaction.require(PORTFOLIO, run.portfolio)
        if self.times == 1:
            self.before()
        transaction.append(stream, portfolio_rules.freeze(portfolio, "The run said so."))
        if self.times == 1:
            self.then()
        return Result("success", "Froze it.")


def raising(error: BaseException) -> Callable[[], None]:
    """Something that goes wrong."""

    def go_wrong() -> None:
        raise error

    return go_wrong


def deciding(house: House, decision: Freezing) -> ExecuteRun:
    """The house's use case with one decision in place of its works."""
    return replace(house.execute_run, works={"monthly": Decision(decision)})


def is_frozen(house: House, opened: Opened) -> bool:
    """Whether the portfolio is frozen."""
    portfolio = house.ledger.load(PORTFOLIO, opened.portfolio_id).state
    assert portfolio is not None
    return portfolio.frozen


def test_a_worker_that_dies_leaves_neither_and_the_next_decides(house: House, opened: Opened) -> None:
    run_id = scheduled(house, opened.portfolio_id, IN_SESSION, "monthly")
    with pytest.raises(KeyboardInterrupt):
        deciding(house, Freezing(then=raising(KeyboardInterrupt())))(run_id)
    assert (run_of(house, run_id).status, is_frozen(house, opened)) == ("running", False)
    assert [each for _, each in house.asked_runs.unattended()] == [run_id]
    deciding(house, Freezing())(run_id)
    assert (run_of(house, run_id).attempts, is_frozen(house, opened)) == (2, True)
    assert ended(house, run_id) == DECIDED


@pytest.mark.parametrize(
    ("error", "summary"),
    [
        (Conflict("There is no policy."), "There is no policy."),
        (ZeroDivisionError("secret"), "Something went wrong here; the worker's log says what."),
    ],
)
def test_one_that_fails_decides_nothing_and_has_an_end(
    house: House, opened: Opened, error: Exception, summary: str
) -> None:
    run_id = by_person(house, opened.portfolio_id, "monthly")
    deciding(house, Freezing(then=raising(error)))(run_id)
    assert ended(house, run_id) == ("failed", summary)
    assert not is_frozen(house, opened)


def test_what_passes_by_itself_is_left_to_another_attempt(house: House, opened: Opened) -> None:
    run_id = by_person(house, opened.portfolio_id, "monthly")
    with pytest.raises(psycopg.OperationalError):
        deciding(house, Freezing(then=raising(psycopg.OperationalError("gone"))))(run_id)
    assert (run_of(house, run_id).status, is_frozen(house, opened)) == ("running", False)


def test_overtaken_by_something_else_it_decides_again(house: House, opened: Opened) -> None:
    run_id = by_person(house, opened.portfolio_id, "monthly")

    def meanwhile() -> None:
        portfolios.move_cash(house.ledger, by_hand(house), opened.portfolio_id, "deposit", Decimal(1))

    deciding(house, decision := Freezing(before=meanwhile))(run_id)
    assert (decision.times, is_frozen(house, opened)) == (2, True)
    assert ended(house, run_id) == DECIDED


def test_a_run_that_somebody_ends_meanwhile_decides_nothing(house: House, opened: Opened) -> None:
    """It had to be given up, or its lock was lost and another worker was quicker."""
    run_id = by_person(house, opened.portfolio_id, "monthly")

    def meanwhile() -> None:
        house.execute_run.fail(run_id, "It took too long.")

    deciding(house, Freezing(before=meanwhile))(run_id)
    assert ended(house, run_id) == ("failed", "It took too long.")
    assert not is_frozen(house, opened)


def test_while_frozen_nothing_is_decided(house: House, opened: Opened) -> None:
    portfolios.freeze(house.ledger, by_hand(house), opened.portfolio_id, "Wait.")
    run_id = by_person(house, opened.portfolio_id, "monthly")
    deciding(house, decision := Freezing())(run_id)
    assert decision.times == 0
    assert ended(house, run_id) == ("blocked_frozen", "The portfolio is frozen, and nothing was done.")
