"""What a person is told of an event: its own sentence, how severe it is, and what it is about."""

from uuid import UUID

import pytest

from domain.alert import AlertRaised
from domain.events import Event
from domain.notifications.notification import OF_THE_FREEZE, TOLD, Notification, notification_of
from domain.portfolio.decide import freeze
from domain.portfolio.events import PortfolioFrozen, PortfolioUnfrozen
from domain.recommendation.events import RecommendationProposed
from domain.runs.events import RunEnded
from domain.runs.kinds import Ending, RunKind
from example_events import EXAMPLES
from stories import PORTFOLIO_OPENED, portfolio

PORTFOLIO, LISTING, ALERT, RUN = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)


def told(event: Event) -> Notification:
    """The notification of an event that is told."""
    notification = notification_of(event)
    assert notification is not None
    return notification


def ended(status: Ending, kind: RunKind = "price_refresh", portfolio_id: UUID | None = PORTFOLIO) -> RunEnded:
    return RunEnded(
        run_id=RUN, kind=kind, portfolio_id=portfolio_id, status=status, summary="No provider answered.",
        started_at=None, snapshot_hash=None, policy_hash=None, recommendation_id=None,
    )  # fmt: skip


def test_an_alert_is_told_as_severely_as_it_was_raised_and_in_its_own_words() -> None:
    raised = AlertRaised(
        alert_id=ALERT,
        portfolio_id=PORTFOLIO,
        listing_id=LISTING,
        rule="holding_differs",
        severity="WARN",
        message="The broker holds 7 KO, the books 8.",
        observed="7",
        expected="8",
    )
    notification = told(raised)
    assert (notification.kind, notification.severity, notification.title) == (
        "alert",
        "WARN",
        "Holding differs",
    )
    assert notification.sentence == raised.sentence()
    ids = notification.portfolio_id, notification.listing_id, notification.alert_id
    assert ids == (PORTFOLIO, LISTING, ALERT)


def test_a_freeze_is_critical_and_its_end_is_information() -> None:
    frozen = PortfolioFrozen(portfolio_id=PORTFOLIO, currency="USD", reason="A price cannot be true.")
    unfrozen = PortfolioUnfrozen(portfolio_id=PORTFOLIO, currency="USD", reason="It was a typing error.")
    first, last = told(frozen), told(unfrozen)
    assert (first.kind, first.severity, first.sentence) == ("frozen", "CRITICAL", frozen.sentence())
    assert (last.kind, last.severity, last.sentence) == ("unfrozen", "INFO", unfrozen.sentence())
    assert {first.kind, last.kind} == set(OF_THE_FREEZE)


def test_a_freeze_names_the_listing_in_which_something_was_found() -> None:
    """One for another reason names none."""
    state = portfolio.given(PORTFOLIO_OPENED).state
    by_finding, by_hand = freeze(state, "KO jumped.", LISTING), freeze(state, "A look.")
    assert [told(event).listing_id for event in (*by_finding, *by_hand)] == [LISTING, None]


def test_a_run_that_failed_is_a_warning() -> None:
    event = ended("failed")
    failed = told(event)
    assert (failed.kind, failed.severity, failed.title) == ("run_failed", "WARN", "Price refresh failed")
    assert (failed.sentence, failed.run_id) == (event.sentence(), RUN)


@pytest.mark.parametrize("status", ["success", "no_action", "blocked_frozen", "blocked_dq"])
def test_a_run_that_ended_otherwise_is_not_told(status: Ending) -> None:
    assert notification_of(ended(status)) is None


def test_runs_of_one_kind_and_portfolio_are_one_series() -> None:
    kinds: list[tuple[RunKind, UUID | None]] = [
        ("price_refresh", PORTFOLIO), ("price_refresh", LISTING), ("dividends", PORTFOLIO), ("backup", None),
    ]  # fmt: skip
    names = [told(ended("failed", kind, portfolio_id)).series for kind, portfolio_id in kinds]
    assert len(set(names)) == len(kinds)
    assert told(ended("failed")).series == names[0]


def test_an_order_to_place_is_told_and_what_a_run_advises_is_not() -> None:
    """A trigger comes by itself and its price does not wait."""
    advised = RecommendationProposed.model_validate(
        EXAMPLES[RecommendationProposed.name].model_dump() | {"kind": "volatility"}
    )
    notification = told(advised)
    assert (notification.kind, notification.severity) == ("advice", "INFO")
    assert notification.listing_id == advised.lines[0].line.listing_id
    assert notification_of(EXAMPLES[RecommendationProposed.name]) is None


def test_what_is_told_has_a_title_and_its_events_own_sentence_and_nothing_else_is_told() -> None:
    for event in EXAMPLES.values():
        notification = notification_of(event)
        if notification is not None:
            assert type(event) in TOLD
            assert notification.title
            assert notification.sentence == event.sentence()
