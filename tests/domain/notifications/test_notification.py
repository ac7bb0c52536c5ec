"""What a person is told of an event: its own sentence, how severe it is, and what it is about."""

from uuid import UUID

from domain.alert import AlertRaised
from domain.notifications.notification import OF_THE_FREEZE, TOLD, notification_of
from domain.portfolio.events import PortfolioFrozen, PortfolioUnfrozen
from example_events import EXAMPLES

PORTFOLIO, LISTING, ALERT = UUID(int=1), UUID(int=2), UUID(int=3)


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
    told = notification_of(raised)
    assert (told.kind, told.severity, told.title) == ("alert", "WARN", "Holding differs")
    assert told.sentence == raised.sentence()
    assert (told.portfolio_id, told.listing_id, told.alert_id) == (PORTFOLIO, LISTING, ALERT)


def test_a_freeze_is_critical_and_its_end_is_information() -> None:
    frozen = PortfolioFrozen(portfolio_id=PORTFOLIO, currency="USD", reason="A price cannot be true.")
    unfrozen = PortfolioUnfrozen(portfolio_id=PORTFOLIO, currency="USD", reason="It was a typing error.")
    first, last = notification_of(frozen), notification_of(unfrozen)
    assert (first.kind, first.severity, first.sentence) == ("frozen", "CRITICAL", frozen.sentence())
    assert (last.kind, last.severity, last.sentence) == ("unfrozen", "INFO", unfrozen.sentence())
    assert {first.kind, last.kind} == set(OF_THE_FREEZE)


def test_every_event_that_is_told_has_a_title_and_its_own_sentence() -> None:
    told = [event for event in EXAMPLES.values() if isinstance(event, TOLD)]
    assert {type(event) for event in told} == set(TOLD)
    for event in told:
        notification = notification_of(event)
        assert notification.title
        assert notification.sentence == event.sentence()
