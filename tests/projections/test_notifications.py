"""The feed: what is silent is so by the order of events, however late it is read, and the same after a rebuild."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import pytest

from api.wiring import House
from application import portfolios
from application.alerts import Concern, raise_alert
from application.ledger import Cause, Transaction
from domain.alert import Severity
from domain.portfolio import decide as rules
from domain.portfolio.events import BrokerChoice
from domain.runs.kinds import Ending
from domain.settings import SettingsChange
from domain.streams import PORTFOLIO
from examples import IN_SESSION
from notified import end_run
from projections import notifications
from projections.catalogue import BY_NAME
from projections.follower import Follower
from projections.following import WriteReadModel
from projections.rebuild import Rebuild

OWNERS = ("anna", "bert")
Shown = list[tuple[str, str]]


@dataclass
class Teller:
    """Makes things happen that people are told of, and expects, naively, what each of them will see."""

    house: House
    portfolios: dict[UUID, str] = field(default_factory=dict)
    frozen: set[UUID] = field(default_factory=set)
    expected: dict[str, Shown] = field(default_factory=lambda: {owner: [] for owner in OWNERS})
    alerts: int = 0
    failing: set[UUID | None] = field(default_factory=set)

    def open(self, owner: str) -> UUID:
        portfolio_id = self.house.ledger.new_id()
        portfolios.open_portfolio(
            self.house.ledger, self.cause(owner), portfolio_id, title="Example", currency="USD",
            mode="automatic", broker=BrokerChoice(), settings=SettingsChange(),
        )  # fmt: skip
        self.portfolios[portfolio_id] = owner
        return portfolio_id

    def cause(self, actor: str) -> Cause:
        return Cause(actor=actor, correlation_id=self.house.ledger.new_id())

    def freeze(self, portfolio_id: UUID, reason: str = "to look") -> None:
        portfolios.freeze(self.house.ledger, self.cause("ballast:gate"), portfolio_id, reason)
        if portfolio_id not in self.frozen:
            self._expect(portfolio_id, "Portfolio frozen", f"Froze the portfolio: {reason}")
        self.frozen.add(portfolio_id)

    def unfreeze(self, portfolio_id: UUID) -> None:
        portfolios.unfreeze(self.house.ledger, self.cause("anna"), portfolio_id, "looked")
        if portfolio_id in self.frozen:
            self._expect(portfolio_id, "Freeze lifted", "Lifted the freeze: looked")
        self.frozen.discard(portfolio_id)

    def alert(self, portfolio_id: UUID | None, severity: Severity = "WARN") -> None:
        self.alerts += 1
        concern = Concern(portfolio_id, None, f"rule_{self.alerts}", severity, f"Number {self.alerts}.")
        self.house.ledger.transact(self.cause("ballast:gate"), lambda each: raise_alert(each, concern))
        if portfolio_id not in self.frozen:
            self._expect(portfolio_id, f"Rule {self.alerts}", concern.message)

    def freeze_and_alert(self, portfolio_id: UUID) -> None:
        """A finding of the gate: both in one append, the freeze first."""
        self.alerts += 1
        concern = Concern(portfolio_id, None, f"rule_{self.alerts}", "CRITICAL", "It cannot be true.")

        def decide(transaction: Transaction) -> None:
            stream, portfolio = transaction.require(PORTFOLIO, portfolio_id)
            transaction.append(stream, rules.freeze(portfolio, "It cannot be true."))
            raise_alert(transaction, concern)

        self.house.ledger.transact(self.cause("ballast:gate"), decide)
        if portfolio_id not in self.frozen:
            self._expect(portfolio_id, "Portfolio frozen", "Froze the portfolio: It cannot be true.")
        self.frozen.add(portfolio_id)

    def run(self, portfolio_id: UUID | None, status: Ending) -> None:
        """A price refresh that ends so."""
        end_run(self.house, portfolio_id, status)
        if status != "failed":
            self.failing.discard(portfolio_id)
            return
        if portfolio_id not in self.failing | self.frozen:
            self._expect(portfolio_id, "Price refresh failed", "Price refresh, failed: Said so.")
        self.failing.add(portfolio_id)

    def fail(self, portfolio_id: UUID | None) -> None:
        self.run(portfolio_id, "failed")

    def succeed(self, portfolio_id: UUID | None) -> None:
        self.run(portfolio_id, "success")

    def _expect(self, portfolio_id: UUID | None, title: str, sentence: str) -> None:
        for owner in OWNERS:
            if portfolio_id is None or self.portfolios[portfolio_id] == owner:
                self.expected[owner].append((title, sentence))


@pytest.fixture
def teller(house: House) -> Teller:
    house.ledger.clock = lambda: IN_SESSION
    return Teller(house)


def follow(house: House) -> None:
    model = BY_NAME["notifications"]
    with house.pool.connection() as connection:
        Follower(house.database_url, house.log, WriteReadModel(model)).catch_up(connection)


def shown(house: House, owner: str) -> Shown:
    """What a person's feed shows."""
    with house.pool.connection() as connection:
        return [(row["title"], row["sentence"]) for row in notifications.page(connection, owner)]


def titles(found: Sequence[tuple[str, str]]) -> list[str]:
    return [title for title, _ in found]


def test_a_freeze_and_the_alert_behind_it_are_one_notification(teller: Teller) -> None:
    teller.freeze_and_alert(teller.open("anna"))
    follow(teller.house)
    assert shown(teller.house, "anna") == [("Portfolio frozen", "Froze the portfolio: It cannot be true.")]


def test_a_frozen_portfolio_is_silent_and_the_others_are_not(teller: Teller) -> None:
    """After the freeze is lifted the feed goes on with what comes then; what was silent stays so."""
    silent, loud = teller.open("anna"), teller.open("anna")
    teller.alert(silent)
    teller.freeze(silent)
    teller.alert(silent, "CRITICAL")
    teller.alert(loud)
    teller.alert(None)
    teller.unfreeze(silent)
    teller.alert(silent)
    follow(teller.house)
    assert titles(shown(teller.house, "anna")) == [
        "Rule 1", "Portfolio frozen", "Rule 3", "Rule 4", "Freeze lifted", "Rule 5",
    ]  # fmt: skip


def test_what_is_silent_does_not_depend_on_when_it_is_read(teller: Teller) -> None:
    """The follower comes late, after the freeze was lifted: what was raised before is silent all the same."""
    portfolio_id = teller.open("anna")
    teller.freeze(portfolio_id)
    teller.alert(portfolio_id)
    teller.unfreeze(portfolio_id)
    teller.freeze(portfolio_id)
    follow(teller.house)
    assert titles(shown(teller.house, "anna")) == ["Portfolio frozen", "Freeze lifted", "Portfolio frozen"]


def test_what_concerns_the_house_is_told_to_owners_and_to_the_person_at_the_machine(teller: Teller) -> None:
    teller.open("anna")
    teller.alert(None)
    follow(teller.house)
    assert [titles(shown(teller.house, who)) for who in ("anna", "local", "bert")] == [
        ["Rule 1"],
        ["Rule 1"],
        [],
    ]


def test_runs_that_fail_again_and_again_are_told_once_until_one_does_not(teller: Teller) -> None:
    """Of each portfolio by itself, and of the house."""
    first, second = teller.open("anna"), teller.open("anna")
    for step in (teller.fail, teller.fail, teller.succeed, teller.fail, teller.fail):
        step(first)
    teller.fail(second)
    teller.fail(None)
    teller.fail(None)
    follow(teller.house)
    assert titles(shown(teller.house, "anna")) == ["Price refresh failed"] * 4


@pytest.mark.parametrize("seed", range(5))
def test_any_story_is_told_as_it_was_and_again_after_a_rebuild(teller: Teller, seed: int) -> None:
    """Sixty random freezes, their ends, alerts and runs of four portfolios of two people, followed in random pieces."""
    chance, house = random.Random(seed), teller.house
    known = [teller.open(owner) for owner in OWNERS * 2]
    for _ in range(60):
        portfolio_id = chance.choice(known)
        if chance.random() < 0.1:
            chance.choice([teller.alert, teller.fail, teller.succeed])(None)
        chance.choice(
            [
                teller.freeze,
                teller.unfreeze,
                teller.alert,
                teller.freeze_and_alert,
                teller.fail,
                teller.succeed,
            ]
        )(portfolio_id)
        if chance.random() < 0.1:
            follow(house)
    follow(house)
    before = {owner: shown(house, owner) for owner in OWNERS}
    assert before == teller.expected
    models = [BY_NAME[name] for name in ("freezes", "run_ends", "notifications")]
    with house.pool.connection() as connection:
        for found in Rebuild(connection, house.log, models).run(lambda step, done, total: None):
            assert found.equal, found
            assert found.rows > 0
    assert {owner: shown(house, owner) for owner in OWNERS} == before
