"""What goes out over channels: to whom it is for, once, again when it did not arrive, and as one when it is much."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from pydantic import SecretStr

from adapters.seals.sealing import new_sealing_key
from api.wiring import House
from application import portfolios
from application.alerts import Concern, raise_alert
from application.ledger import Cause
from application.notifications.set_channels import Wanted
from application.ports.channels import Channel, Standing
from channel_servers.said import Services
from domain.alert import Severity
from domain.notifications import notification
from domain.portfolio.events import BrokerChoice, Clock
from domain.settings import SettingsChange
from examples import IN_SESSION
from notified import end_run
from projections.catalogue import BY_NAME
from projections.follower import Follower
from projections.rebuild import Rebuild

KEY = SecretStr(new_sealing_key())
MINUTE = timedelta(minutes=1)


@dataclass
class Out:
    """A house with a clock of its own, and everything that a follower and a worker do about channels."""

    house: House
    services: Services = field(default_factory=Services)
    now: datetime = IN_SESSION
    rules: int = 0

    def __post_init__(self) -> None:
        self.house.sealing_key = lambda: KEY
        self.house.sender = self.services  # type: ignore[assignment]  # a fake of the outside
        self.house.ledger.clock = lambda: self.now

    def cause(self, actor: str) -> Cause:
        return Cause(actor, self.house.ledger.new_id())

    def open(self, owner: str = "anna", name: str = "Example", clock: Clock = "live") -> UUID:
        portfolio_id = self.house.ledger.new_id()
        portfolios.open_portfolio(
            self.house.ledger, self.cause(owner), portfolio_id, title=name, currency="USD",
            mode="automatic", broker=BrokerChoice(), settings=SettingsChange(), clock=clock,
        )  # fmt: skip
        return portfolio_id

    def channel(
        self,
        owner: str = "anna",
        name: str = "phone",
        severities: Sequence[notification.Severity] = ("CRITICAL", "WARN", "INFO"),
        *,
        enabled: bool = True,
    ) -> Channel:
        """The one channel of a person, from now on."""
        url = SecretStr(f"ntfys://ntfy.test/{owner}-{name}")
        wanted = [Wanted(None, name, url, severities, enabled)]
        (channel,) = self.house.set_channels(self.cause(owner), owner, wanted).answer
        return channel

    def alert(self, portfolio_id: UUID | None, severity: Severity = "WARN") -> None:
        self.rules += 1
        concern = Concern(portfolio_id, None, f"rule_{self.rules}", severity, f"Number {self.rules}.")
        self.house.ledger.transact(self.cause("ballast:tests"), lambda each: raise_alert(each, concern))

    def freeze(self, portfolio_id: UUID) -> None:
        portfolios.freeze(self.house.ledger, self.cause("anna"), portfolio_id, "to look")

    def follow(self) -> None:
        with self.house.pool.connection() as connection:
            Follower(self.house.database_url, self.house.log, self.house.notifier).catch_up(connection)

    def work(self) -> list[str]:
        """Follow, do every job that is due, and answer the titles of what was sent."""
        self.follow()
        for channel_id in self.house.deliveries.due(self.now):
            self.house.deliver_notifications(channel_id)
        return self.services.titles()

    def standing(self, owner: str = "anna") -> Standing:
        (standing,) = self.house.deliveries.standing(owner).values()
        return standing


@pytest.fixture
def out(new_house: Callable[[], House]) -> Out:
    return Out(new_house())


def test_each_notification_is_sent_once_over_each_channel_that_wants_it(out: Out) -> None:
    portfolio_id = out.open()
    out.house.set_channels(
        out.cause("anna"),
        "anna",
        [
            Wanted(None, "phone", SecretStr("ntfys://ntfy.test/all"), ("CRITICAL", "WARN"), True),
            Wanted(None, "mail", SecretStr("mailtos://mail.test"), ("CRITICAL",), True),
            Wanted(None, "off", SecretStr("jsons://off.test"), ("CRITICAL", "WARN", "INFO"), False),
        ],
    )
    out.alert(portfolio_id, "WARN")
    out.alert(portfolio_id, "CRITICAL")
    out.follow()
    for channel_id in [each for each in out.house.deliveries.due(out.now) for _ in range(2)]:
        out.house.deliver_notifications(channel_id)
    assert sorted((url, message.title) for url, message in out.services.said) == [
        ("mailtos://mail.test", "Ballast: Rule 2"),
        ("ntfys://ntfy.test/all", "Ballast: Rule 1"),
        ("ntfys://ntfy.test/all", "Ballast: Rule 2"),
    ]
    assert out.services.said[0][1].body.startswith("Example: Number ")


def test_it_goes_to_the_owner_and_what_concerns_the_house_to_every_owner(out: Out) -> None:
    annas, _ = out.open("anna"), out.open("bert")
    for owner in ("anna", "bert", "nobody"):
        out.channel(owner)
    out.alert(annas)
    out.alert(None)
    out.follow()
    for channel_id in out.house.deliveries.due(out.now):
        out.house.deliver_notifications(channel_id)
    assert sorted((url.rpartition("/")[2], message.title) for url, message in out.services.said) == [
        ("anna-phone", "Ballast: Rule 1"),
        ("anna-phone", "Ballast: Rule 2"),
        ("bert-phone", "Ballast: Rule 2"),
    ]


def test_a_channel_hears_what_happens_after_it_was_made(out: Out) -> None:
    portfolio_id = out.open()
    out.alert(portfolio_id)
    out.channel()
    out.alert(portfolio_id)
    assert out.work() == ["Rule 2"]


def test_a_frozen_portfolio_says_nothing_but_that_it_is(out: Out) -> None:
    """Though the follower comes after all of it."""
    portfolio_id = out.open()
    out.channel()
    out.freeze(portfolio_id)
    out.alert(portfolio_id, "CRITICAL")
    portfolios.unfreeze(out.house.ledger, out.cause("anna"), portfolio_id, "looked")
    out.alert(portfolio_id)
    assert out.work() == ["Portfolio frozen", "Freeze lifted", "Rule 2"]


def test_a_run_that_fails_again_and_again_calls_once(out: Out) -> None:
    portfolio_id = out.open()
    out.channel()
    for _ in range(3):
        end_run(out.house, portfolio_id, "failed")
    assert out.work() == ["Price refresh failed"]


def test_nobody_is_called_to_a_replay(out: Out) -> None:
    out.channel()
    out.freeze(out.open(clock="replay"))
    assert out.work() == []


def test_what_did_not_arrive_is_tried_six_times_in_an_hour_and_then_given_up(out: Out) -> None:
    """Each try once, however often the job comes; the channel shows what was wrong."""
    portfolio_id = out.open()
    out.channel()
    out.alert(portfolio_id)
    out.services.problem = "The service refused it with status 500."
    tries = []
    for minute in range(90):
        out.now = IN_SESSION + minute * MINUTE
        tries += [minute] * (len(out.work()) + len(out.work()))
    assert tries == [0, 2, 7, 17, 35, 60]
    standing = out.standing()
    assert (standing.waiting, standing.failed, standing.problem) == (0, 1, out.services.problem)
    assert standing.last_sent_at is None


def test_a_service_that_comes_back_gets_what_waited(out: Out) -> None:
    portfolio_id = out.open()
    out.channel()
    out.alert(portfolio_id)
    out.services.problem = "The service could not be reached, or did not take it."
    assert out.work() == ["Rule 1"]
    assert (out.standing().waiting, out.standing().problem) == (1, out.services.problem)
    out.services.problem = None
    out.now += 2 * MINUTE
    assert out.work() == ["Rule 1"]
    assert out.standing() == Standing(last_sent_at=out.now, waiting=0, failed=0, problem=None)
    out.now += timedelta(days=1)
    assert out.work() == []


def test_a_worker_that_dies_while_it_sends_has_it_sent_again_at_the_next_try(out: Out) -> None:
    """At least once: nobody knows whether it arrived."""
    out.channel()
    out.alert(out.open())
    out.follow()
    (channel_id,) = out.house.deliveries.due(out.now)
    assert len(out.house.deliveries.claim(channel_id, out.now)) == 1
    assert out.work() == []
    out.now += 2 * MINUTE
    assert out.work() == ["Rule 1"]


def test_a_worker_that_dies_at_the_last_try_leaves_nothing_waiting(out: Out) -> None:
    out.channel()
    out.alert(out.open())
    out.follow()
    (channel_id,) = out.house.deliveries.due(out.now)
    while out.now < IN_SESSION + timedelta(hours=1):
        out.house.deliveries.claim(channel_id, out.now)
        out.now += MINUTE
    out.house.deliveries.claim(channel_id, out.now)
    out.now += timedelta(hours=1)
    assert out.work() == []
    assert (out.standing().waiting, out.standing().failed) == (0, 1)
    assert out.standing().problem == "It is not known what became of the last try."


def test_much_at_once_is_one_message_and_so_is_what_comes_late(out: Out) -> None:
    portfolio_id = out.open()
    out.channel()
    for _ in range(3):
        out.alert(portfolio_id)
    assert out.work() == ["Rule 1", "Rule 2", "Rule 3"]
    for _ in range(4):
        out.alert(portfolio_id, "CRITICAL")
    assert out.work() == ["4 notifications"]
    out.alert(portfolio_id)
    out.alert(portfolio_id)
    out.now += timedelta(hours=3)  # nothing of ours was running
    assert out.work() == ["2 notifications"]


def test_a_follower_that_is_shown_the_same_again_sends_nothing_twice(out: Out) -> None:
    out.channel()
    out.alert(out.open())
    assert out.work() == ["Rule 1"]
    with out.house.pool.connection() as connection:
        connection.execute("update followers set number = 0 where name = 'notifier'")
    assert out.work() == []


def test_a_rebuild_of_the_feed_sends_nothing_and_keeps_nothing_from_being_sent(out: Out) -> None:
    out.channel()
    portfolio_id = out.open()
    out.alert(portfolio_id)
    models = [BY_NAME[name] for name in ("notifications", "freezes")]
    with out.house.pool.connection() as connection:
        Rebuild(connection, out.house.log, models).run(lambda step, done, total: None)
    assert out.work() == ["Rule 1"]
    with out.house.pool.connection() as connection:
        Rebuild(connection, out.house.log, models).run(lambda step, done, total: None)
    assert out.work() == []


def test_a_channel_that_is_switched_off_sends_nothing_later(out: Out) -> None:
    portfolio_id = out.open()
    out.channel()
    out.alert(portfolio_id)
    out.follow()
    out.channel(enabled=False)
    out.alert(portfolio_id)
    assert out.work() == []
    out.channel()
    out.alert(portfolio_id)
    assert out.work() == ["Rule 3"]


def test_what_waits_goes_to_the_channels_new_address(out: Out) -> None:
    out.channel()
    out.alert(out.open())
    out.services.problem = "This is no topic."
    out.work()
    out.services.problem = None
    wanted = Wanted(None, "phone", SecretStr("ntfys://ntfy.test/better"), ("WARN",), True)
    out.house.set_channels(out.cause("anna"), "anna", [wanted])
    out.now += 2 * MINUTE
    out.follow()
    for channel_id in out.house.deliveries.due(out.now):
        out.house.deliver_notifications(channel_id)
    assert [url for url, _ in out.services.said] == ["ntfys://ntfy.test/better"]


def test_without_the_key_nothing_is_sent_and_the_channel_says_why(out: Out) -> None:
    out.channel()
    out.alert(out.open())
    out.house.sealing_key = lambda: SecretStr(new_sealing_key())
    assert out.work() == []
    assert "cannot be opened" in str(out.standing().problem)
    out.house.sealing_key = lambda: KEY
    out.now += 2 * MINUTE
    assert out.work() == ["Rule 1"]
