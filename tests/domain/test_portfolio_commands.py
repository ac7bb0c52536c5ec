"""A portfolio's commands: free cash, settings, and the brake."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from domain.events import Event
from domain.portfolio import decide as rules
from domain.portfolio.events import (
    AccountDeclaredGone,
    BrokerChoice,
    BrokerConnected,
    CashDeposited,
    CashLent,
    CashTakenBack,
    CashWithdrawn,
    FreezeReasonAdded,
    OrdersRecalled,
    PortfolioFrozen,
    PortfolioRenamed,
    PortfolioSettingsChanged,
    PortfolioUnfrozen,
)
from domain.portfolio.state import Portfolio
from domain.refusals import Conflict, Invalid
from domain.settings import SettingsChange
from stories import FUNDED, PORTFOLIO_ID, PORTFOLIO_OPENED, POSITION_ID, portfolio

ITS: dict[str, Any] = {"portfolio_id": PORTFOLIO_ID, "currency": "USD"}
ALL = Decimal("20000.00")


def test_cash_comes_and_goes_down_to_the_last_cent() -> None:
    """All of it can be withdrawn, and then nothing more."""
    (
        portfolio.given(PORTFOLIO_OPENED)
        .when(lambda s: rules.deposit(s, Decimal(20_000), "contribution"))
        .then(CashDeposited(**ITS, kind="contribution", amount=ALL))
        .when(lambda s: rules.withdraw(s, ALL))
        .then(CashWithdrawn(**ITS, amount=ALL))
        .when(lambda s: rules.withdraw(s, Decimal("0.01")))
        .then_refused(Conflict, "more than the 0.00 that is free")
    )


def test_cash_lent_to_a_position_is_no_longer_free() -> None:
    """What was set aside cannot be withdrawn or lent twice, until it is taken back."""
    lent = (
        portfolio.given(PORTFOLIO_OPENED, FUNDED)
        .when(lambda s: rules.lend(s, POSITION_ID, "KO", ALL))
        .then(CashLent(**ITS, position_id=POSITION_ID, symbol="KO", amount=ALL))
    )
    lent.when(lambda s: rules.withdraw(s, Decimal(1))).then_refused(Conflict, "free")
    lent.when(lambda s: rules.lend(s, POSITION_ID, "KO", Decimal(1))).then_refused(Conflict, "free")
    back = lent.when(lambda s: rules.take_back(s, POSITION_ID, "KO", Decimal("5000.00"))).then(
        CashTakenBack(**ITS, position_id=POSITION_ID, symbol="KO", amount=Decimal("5000.00"))
    )
    assert back.state.cash == 5000


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "1E-9"])
def test_amounts_that_cannot_be_booked_are_refused(amount: str) -> None:
    """An amount has whole cents and is above zero."""
    given, money = portfolio.given(PORTFOLIO_OPENED, FUNDED), Decimal(amount)
    given.when(lambda s: rules.deposit(s, money, "deposit")).then_refused(Invalid, r"digits|above zero")
    given.when(lambda s: rules.withdraw(s, money)).then_refused(Invalid, r"digits|above zero")
    given.when(lambda s: rules.lend(s, POSITION_ID, "KO", money)).then_refused(Invalid, r"digits|above zero")


def test_a_freeze_holds_until_it_is_lifted() -> None:
    """Lifting twice is already so."""
    frozen = (
        portfolio.given(PORTFOLIO_OPENED)
        .when(lambda s: rules.freeze(s, "a jump"))
        .then(PortfolioFrozen(**ITS, reason="a jump"))
    )
    assert frozen.state.frozen_because == "a jump"
    lifted = (
        frozen.when(lambda s: rules.unfreeze(s, "checked"))
        .then(PortfolioUnfrozen(**ITS, reason="checked"))
        .when(lambda s: rules.unfreeze(s, "again"))
        .then_nothing()
    )
    assert not lifted.state.frozen


def test_every_reason_of_a_freeze_is_kept_for_whoever_lifts_it() -> None:
    """Frozen already, another reason is added; one that is known is already so, and lifting clears them all."""
    frozen = portfolio.given(PORTFOLIO_OPENED, PortfolioFrozen(**ITS, reason="a jump"))
    frozen.when(lambda s: rules.freeze(s, "a jump")).then_nothing()
    twice = (
        frozen.when(lambda s: rules.freeze(s, "an overfill"))
        .then(FreezeReasonAdded(**ITS, reason="an overfill"))
        .when(lambda s: rules.freeze(s, "an overfill"))
        .then_nothing()
    )
    assert twice.state.frozen_because == "a jump"
    assert twice.state.freeze_reasons == ("a jump", "an overfill")
    lifted = twice.when(lambda s: rules.unfreeze(s, "checked")).then_kinds(PortfolioUnfrozen)
    assert lifted.state.freeze_reasons == ()


def test_a_broken_feed_adds_twenty_reasons_and_no_more() -> None:
    """Each price it sends is a finding of its own; nobody would read a thousand."""
    state = portfolio.given(PORTFOLIO_OPENED).state
    for number in range(30):
        for event in rules.freeze(state, f"finding {number}"):
            state = portfolio.evolve(state, event)
    assert state.freeze_reasons == tuple(f"finding {number}" for number in range(20))


def test_orders_are_recalled_until_the_freeze_is_lifted() -> None:
    """Only of a frozen portfolio, since a running one would decide them again."""

    def recall(state: Portfolio) -> Sequence[Event]:
        return rules.recall_orders(state, "stop everything")

    portfolio.given(PORTFOLIO_OPENED).when(recall).then_refused(Conflict, "freeze it first")
    recalled = (
        portfolio.given(PORTFOLIO_OPENED, PortfolioFrozen(**ITS, reason="a jump"))
        .when(recall)
        .then(OrdersRecalled(**ITS, reason="stop everything"))
        .when(recall)
        .then_nothing()
    )
    assert recalled.state.recalls_orders
    assert (
        not recalled.when(lambda s: rules.unfreeze(s, "checked"))
        .then_kinds(PortfolioUnfrozen)
        .state.recalls_orders
    )


def test_a_freeze_never_blocks_booking() -> None:
    """Money that came and went has come and gone."""
    frozen = portfolio.given(PORTFOLIO_OPENED, FUNDED, PortfolioFrozen(**ITS, reason="a jump"))
    frozen.when(lambda s: rules.deposit(s, Decimal(1), "deposit")).then_kinds(CashDeposited)
    frozen.when(lambda s: rules.withdraw(s, Decimal(1))).then_kinds(CashWithdrawn)


def test_renaming_to_the_same_name_is_already_so() -> None:
    """Only another name is news."""
    portfolio.given(PORTFOLIO_OPENED).when(lambda s: rules.rename(s, "Pension")).then(
        PortfolioRenamed(**ITS, title="Pension")
    ).when(lambda s: rules.rename(s, "Pension")).then_nothing()


def test_settings_that_contradict_each_other_are_refused() -> None:
    """Key by key, the lower guardrail stays below the upper one."""
    low = SettingsChange(g_low=Decimal("0.6"))
    given = portfolio.given(PORTFOLIO_OPENED).when(lambda s: rules.change_settings(s, low))
    changed = given.then(PortfolioSettingsChanged(**ITS, settings=low))
    changed.when(lambda s: rules.change_settings(s, low)).then_nothing()
    changed.when(lambda s: rules.change_settings(s, SettingsChange(g_high=Decimal("0.6")))).then_refused(
        Invalid, "lower guardrail 0.6 must be below the upper one 0.6"
    )


ACCOUNT = BrokerChoice(kind="alpaca", environment="live", account="123")
AT_A_BROKER = BrokerConnected(**ITS, broker=ACCOUNT)


def test_a_portfolio_whose_account_is_gone_stands_still_for_good() -> None:
    """It is on paper, where nobody compares it, and nothing arms it again: neither a thaw nor another account."""
    gone = AccountDeclaredGone(**ITS, broker=ACCOUNT, reason="The broker is bankrupt.")
    kept = (
        portfolio.given(PORTFOLIO_OPENED, FUNDED, AT_A_BROKER)
        .when(lambda s: rules.declare_account_gone(s, " The broker is bankrupt. ", s.title))
        .then(gone, PortfolioFrozen(**ITS, reason=gone.sentence(), listing_id=None))
    )
    assert (kept.state.broker.is_real, kept.state.reconciled, kept.state.frozen) == (False, True, True)
    kept.when(lambda s: rules.unfreeze(s, "I have looked.")).then_refused(Conflict, "declared gone")
    kept.when(lambda s: rules.connect(s, ACCOUNT, s.title)).then_refused(Conflict, "declared gone")
    kept.when(lambda s: rules.connect(s, BrokerChoice(slippage_bps=Decimal(1)), None)).then_refused(
        Conflict, "declared gone"
    )
    kept.when(lambda s: rules.declare_account_gone(s, "Again.", s.title)).then_refused(Conflict, "on paper")
    kept.when(lambda s: rules.deposit(s, Decimal(1), "contribution")).then(
        CashDeposited(**ITS, kind="contribution", amount=Decimal("1.00"))
    )


def test_an_account_is_given_up_with_a_reason_and_the_portfolios_name_only() -> None:
    there = portfolio.given(PORTFOLIO_OPENED, AT_A_BROKER)
    there.when(lambda s: rules.declare_account_gone(s, " ", s.title)).then_refused(Invalid, "how it is known")
    there.when(lambda s: rules.declare_account_gone(s, "It is closed.", "another")).then_refused(
        Invalid, "Type the name"
    )
    portfolio.given(PORTFOLIO_OPENED).when(
        lambda s: rules.declare_account_gone(s, "It is closed.", s.title)
    ).then_refused(Conflict, "on paper")


def test_a_portfolio_that_was_frozen_already_learns_that_its_account_is_gone() -> None:
    there = portfolio.given(
        PORTFOLIO_OPENED, AT_A_BROKER, PortfolioFrozen(**ITS, reason="A jump.", listing_id=None)
    )
    [gone, added] = rules.declare_account_gone(there.state, "It is closed.", there.state.title)
    assert isinstance(gone, AccountDeclaredGone)
    assert added == FreezeReasonAdded(**ITS, reason=gone.sentence())
