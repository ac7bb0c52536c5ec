"""Read models are what the events say: rebuilt equals live after any story, and a changed row is noticed."""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any
from uuid import UUID

import pytest
from psycopg import Connection
from psycopg.sql import SQL, Identifier

from api.wiring import House
from application import members, portfolios, positions
from application.advice.execution import Execution
from application.alerts import Concern, raise_alert, settle_alert
from application.books.post_entries import NewEntry
from application.evaluate_position import Question
from application.imports.listings import Given
from application.ledger import Transaction
from application.policies import Strategy
from application.ports import PricePoint
from application.ports.broker import BrokerReport
from application.quality import thresholds
from application.registry import constituents
from application.review.ask_for_review import AskForReview
from application.runs.set_schedules import WantedSchedule
from application.stream_cache import Cache
from broker_files import DEPOSIT, trading_212
from domain.events import Recorded
from domain.exports.wanted import ExportWanted
from domain.instrument import Particulars
from domain.listing import ListingRegistered
from domain.order import Fill
from domain.policy import read
from domain.portfolio import advice
from domain.portfolio.events import BrokerChoice, Constituent, PostedKind
from domain.portfolio.wanted import Wanted
from domain.quality import ThresholdsChange
from domain.quality.quarantine import Picked, Ruling
from domain.quote import Quote
from domain.recommendation.decide import recommendation_of
from domain.refusals import Refusal
from domain.settings import SettingsChange
from domain.streams import PORTFOLIO, POSITION, RECOMMENDATION, STREAM_TYPES
from examples import IN_SESSION, Opened, by_hand, open_example
from policy_examples import document, in_dollars
from projections import balances
from projections.audit.read_models import compare
from projections.audit.snapshots import compared
from projections.catalogue import BY_NAME, FOLLOWING, READ_MODELS
from projections.copies import READING, Log
from projections.follower import Follower
from projections.following import WriteReadModel
from projections.read_model import ReadModel
from projections.rebuild import Rebuild, Rebuilt
from projections.schema import prepare

LISTED = ListingRegistered(
    listing_id=UUID(int=1), symbol="", exchange="XNYS", currency="USD", quote_unit="USD", lot=Decimal(1)
)
TABLES = [(model.name, table.name) for model in READ_MODELS for table in model.tables]
COMMANDS = 200


def tell_story(house: House, seed: int, commands: int) -> None:
    """Random commands of a person and a broker; what is refused is part of the story."""
    chance = random.Random(seed)
    opened = [
        open_example(
            house, symbol=f"S{number}", broker=BrokerChoice(auto_fill=bool(number % 2), partial_fills=True)
        )
        for number in range(3)
    ]
    moment = IN_SESSION
    for _ in range(commands):
        moment += timedelta(seconds=1)
        house.ledger.clock = lambda moment=moment: moment  # type: ignore[misc]  # bound now
        with suppress(Refusal):
            chance.choice(STEPS)(house, chance.choice(opened), chance, moment)
    for each in opened[:1]:
        portfolios.freeze(house.ledger, by_hand(house), each.portfolio_id, "the end")
        _alert(house, each)
        _dividend(house, each)
        _thresholds(house, each)
        _quarantine(house, each)
        _run(house, each)
        _policies(house, each)
        house.keep_instruments.register(by_hand(house), Particulars(isin="US0378331005"))
        _advice(house)
        _advised_position(house)
        _import(house, each)
        _own_units(house)
        _export(house)


def _export(house: House) -> None:
    """One that is written, and one that nobody has written yet."""
    wanted = ExportWanted(what="ledger", form="csv", since=None, until=None, destination="file:")
    asked = [house.request_export(by_hand(house), "local", wanted, None).answer for _ in range(2)]
    house.execute_run(asked[0].id)


def _import(house: House, opened: Opened) -> None:
    """A broker's file, previewed and applied."""
    content = trading_212(DEPOSIT.replace("GBP", "USD"))
    preview = house.import_statements.preview(by_hand(house), opened.portfolio_id, "history.csv", content)
    import_id = preview.answer.preview.import_id
    house.import_statements.apply(by_hand(house), opened.portfolio_id, import_id, Given())


def _advice(house: House) -> None:
    """A recommendation with some of it executed, beside a frozen portfolio."""
    portfolio_id = house.ledger.new_id()
    pension = portfolios.open_portfolio(
        house.ledger,
        by_hand(house),
        portfolio_id,
        title="Pension",
        currency="USD",
        mode="advisory",
        broker=BrokerChoice(),
        settings=SettingsChange(),
    ).answer
    portfolios.move_cash(house.ledger, by_hand(house), pension.id, "contribution", Decimal(900))
    house.draft_policy(by_hand(house), pension.id, Strategy(read(json.dumps(in_dollars(document()))), None))
    constituents_ = house.approve_policy(by_hand(house), pension.id).answer.constituents
    now = house.ledger.clock()
    house.ingest_prices(
        [PricePoint(each.listing_id, now, Decimal(90), None, None, False, "api") for each in constituents_]
    )
    run = house.request_run(by_hand(house), "monthly", pension.id, None).answer
    house.execute_run(run.id)
    recommendation_id = recommendation_of(run.id)
    advised = house.ledger.load(RECOMMENDATION, recommendation_id).state
    assert advised is not None
    done = Execution(0, advised.lines[0].id, Decimal(1), Decimal(91))
    house.act_on_advice.mark_executed(by_hand(house), recommendation_id, [done], complete=False)
    AskForReview(house.ledger, enabled=True).of_advice(by_hand(house), recommendation_id)
    _triggers(house, pension.id)


def _advised_position(house: House) -> None:
    """A position whose orders a person places: one in part, taken back, and the one that follows."""
    opened = open_example(house, symbol="HAND", mode="advisory")
    asked = Question(opened.position_id, Quote(last=Decimal(97), as_of=IN_SESSION), IN_SESSION)
    first = _executed_in_part(house, asked)
    house.act_on_advice.reverse(by_hand(house), first, "wrong")
    later = IN_SESSION + timedelta(minutes=1)
    _executed_in_part(house, Question(opened.position_id, Quote(last=Decimal(96), as_of=later), later))


def _executed_in_part(house: House, asked: Question) -> UUID:
    recommendation_id = house.evaluate_position(by_hand(house), asked).answer.recommendation_id
    assert recommendation_id is not None
    advised = house.ledger.load(RECOMMENDATION, recommendation_id).state
    assert advised is not None
    done = Execution(
        0, advised.lines[0].id, Decimal(20), Decimal("96.5"), fee=Decimal(1), executed_at=IN_SESSION
    )
    house.act_on_advice.mark_executed(by_hand(house), recommendation_id, [done], complete=False)
    return recommendation_id


def _triggers(house: House, portfolio_id: UUID) -> None:
    """A wave that is used up, a sunset that is recommended, and a wave whose advice is over that may fire again."""
    over, still_open = house.ledger.new_id(), house.ledger.new_id()

    def use(transaction: Transaction, advice_id: UUID, codes: list[str]) -> None:
        stream, portfolio = transaction.require(PORTFOLIO, portfolio_id)
        opened = advice.open_advice(portfolio, advice_id, "weekly_review", codes)
        portfolio = transaction.append(stream, opened)
        transaction.append(stream, advice.consume(portfolio, advice_id, codes[:1]))

    def decide(transaction: Transaction) -> None:
        use(transaction, over, ["wave:B"])
        stream, portfolio = transaction.require(PORTFOLIO, portfolio_id)
        transaction.append(stream, advice.close_advice(portfolio, over, keep_consumed=True))
        use(transaction, still_open, ["wave:A", "sunset:2027-02-01"])

    house.ledger.transact(by_hand(house), decide)
    house.act_on_advice.release(by_hand(house), portfolio_id, ["wave:B"], "the end")


def _policies(house: House, opened: Opened) -> None:
    for version in ("1", "2"):
        text = json.dumps(in_dollars(document(version=version)))
        house.draft_policy(by_hand(house), opened.portfolio_id, Strategy(read(text), "# Mine"))
        house.approve_policy(by_hand(house), opened.portfolio_id)


def _dividend(house: House, opened: Opened) -> None:
    """Announced and settled, on the shares of the day before and after its payment."""
    house.announce_actions.dividend(
        by_hand(house),
        opened.listing_id,
        ex_date=IN_SESSION.date(),
        pay_date=IN_SESSION.date(),
        per_share=Decimal("0.10"),
        withholding_rate=None,
    )
    house.settle_actions(opened.position_id, IN_SESSION + timedelta(days=7))


def _own_units(house: House) -> None:
    """A dividend on units that no position has."""
    opened = open_example(house, symbol="OWN")
    held = Wanted("transfer", quantity=Decimal(7), amount=Decimal(70))
    yesterday = IN_SESSION - timedelta(days=1)
    house.post_entries(by_hand(house), opened.portfolio_id, [NewEntry(yesterday, opened.listing_id, held)])
    _dividend(house, opened)
    assert house.settle_own_units(opened.portfolio_id, opened.listing_id) == 2


def _constituents(house: House, opened: Opened, chance: random.Random, _: datetime) -> None:
    wanted = [
        Constituent(
            listing_id=opened.listing_id,
            sleeve=chance.choice(["core", "rest"]),
            role="invested",
            priority=chance.randint(1, 3),
            monitored=chance.random() < 0.5,
        )
    ]
    constituents.put(house.ledger, by_hand(house), opened.portfolio_id, wanted[: chance.randint(0, 2)])


def _registry(house: House, opened: Opened, chance: random.Random, _: datetime) -> None:
    """More becomes known of instruments and listings."""
    told = chance.choice(
        [
            Particulars(),
            Particulars(kind="etf"),
            Particulars(isin="IE00BK5BQT80", distribution="accumulating"),
        ]
    )
    instrument_id = house.keep_instruments.register(by_hand(house), told).answer.id
    house.keep_instruments.change(by_hand(house), instrument_id, Particulars(title=chance.choice("abc")))
    house.keep_listings.describe(
        by_hand(house),
        opened.listing_id,
        title=chance.choice("abc"),
        tick=None,
        instrument_id=instrument_id,
        isin=None,
    )


def _symbols(house: House, opened: Opened, chance: random.Random, _: datetime) -> None:
    """The listing goes by another symbol; one that nobody trades is retired, and may come back."""
    symbol = chance.choice(["SA", "SB", "SC"])
    house.change_symbols.change(by_hand(house), opened.listing_id, symbol, None, "A new name.")
    idle = LISTED.model_copy(update={"listing_id": house.ledger.new_id(), "symbol": symbol + "X"})
    listing = house.keep_listings.register(by_hand(house), idle).answer.listing
    house.change_symbols.retire(by_hand(house), listing.id, None, "It is over.")
    if chance.random() < 0.5:
        house.change_symbols.change(by_hand(house), listing.id, symbol + "Y", None, "Back again.")


def _alert(house: House, opened: Opened) -> None:
    concern = Concern(opened.portfolio_id, None, "by_hand", "WARN", "Somebody should look.")
    about = (concern.portfolio_id, concern.listing_id, concern.rule)
    house.ledger.transact(by_hand(house), lambda transaction: raise_alert(transaction, concern))
    house.ledger.transact(by_hand(house), lambda transaction: settle_alert(transaction, about, "looked"))


def _thresholds(house: House, opened: Opened) -> None:
    """Set for the listing, and tighter ones for the portfolio."""
    for_listing, own = (ThresholdsChange(jump_critical=Decimal(each)) for each in ("0.3", "0.2"))
    thresholds.set_for_listing(house.ledger, by_hand(house), opened.listing_id, for_listing)
    thresholds.set_for_portfolio(house.ledger, by_hand(house), opened.portfolio_id, own)


def _quarantine(house: House, opened: Opened) -> None:
    """One price is stopped and released, another discarded."""
    rulings: tuple[Ruling, ...] = ("released", "discarded")
    for seconds, ruling in enumerate(rulings, start=1):
        at = house.ledger.clock() + timedelta(seconds=seconds)
        for number, price in enumerate((100, 10_000)):
            moment = at + timedelta(milliseconds=number)
            house.ingest_prices(
                [PricePoint(opened.listing_id, moment, Decimal(price), None, None, False, "api")]
            )
        said = house.settle_quarantine(
            by_hand(house), opened.listing_id, Picked(rule="scale"), ruling, "looked"
        )
        assert said.answer.meant


def _run(house: House, opened: Opened) -> None:
    """Scheduled; and one that is asked for and carried out."""
    house.set_schedules(
        by_hand(house), opened.portfolio_id, [WantedSchedule("dividends", "0 3 * * *", "UTC", enabled=True)]
    )
    asked = house.request_run(by_hand(house), "dividends", opened.portfolio_id, None).answer
    house.execute_run(asked.id)


def _evaluate(house: House, opened: Opened, chance: random.Random, moment: datetime) -> None:
    quote = Quote(last=Decimal(chance.randint(7000, 14000)).scaleb(-2), as_of=moment)
    question = Question(opened.position_id, quote, moment)
    order_id = house.evaluate_position(by_hand(house), question).answer.order_id
    if order_id is not None and chance.random() < 0.8:
        house.submit_order(opened.position_id, order_id)


def _fill(house: House, opened: Opened, chance: random.Random, moment: datetime) -> None:
    position = house.ledger.load(POSITION, opened.position_id).state
    if position is None or position.order is None:
        return
    order = position.order
    quantity = Decimal(chance.randint(1, int(order.quantity)))
    price = order.decided_price + Decimal(chance.randint(-50, 50)).scaleb(-2)
    name, revision = f"{order.id}:{chance.randint(1, 9)}", chance.randint(1, 3)
    fill = Fill(name, revision, quantity, price, Decimal("0.33"), moment)
    report = BrokerReport(order.client_order_id, "partial_fill", fill=fill, at=moment)
    house.order_reports([report])


def _cancel(house: House, opened: Opened, _: random.Random, __: datetime) -> None:
    position = house.ledger.load(POSITION, opened.position_id).state
    if position is not None and position.order is not None:
        house.cancel_order(by_hand(house), opened.position_id, position.order.id)


def _cash(house: House, opened: Opened, chance: random.Random, _: datetime) -> None:
    amount = Decimal(chance.randint(1, 200_000)).scaleb(-2)
    move = chance.choice([positions.allocate_cash, positions.return_cash])
    move(house.ledger, by_hand(house), opened.position_id, amount)


def _portfolio_cash(house: House, opened: Opened, chance: random.Random, _: datetime) -> None:
    kind = chance.choice(["deposit", "contribution", "withdrawal"])
    amount = Decimal(chance.randint(1, 99_999)).scaleb(-2)
    portfolios.move_cash(house.ledger, by_hand(house), opened.portfolio_id, kind, amount)  # type: ignore[arg-type]


def _post(house: House, opened: Opened, chance: random.Random, _: datetime) -> None:
    kind: PostedKind = chance.choice(["buy", "sell", "transfer", "dividend"])
    units = None if kind == "dividend" else Decimal(chance.randint(1, 9))
    wanted = Wanted(kind, quantity=units, amount=Decimal(chance.randint(1, 99_999)).scaleb(-2))
    entry = NewEntry(None, opened.listing_id, wanted)
    batch = house.post_entries(by_hand(house), opened.portfolio_id, [entry]).answer
    if chance.random() < 0.3:
        house.reverse_entries(by_hand(house), opened.portfolio_id, [batch.batch_id], "Not so.")


def _settings(house: House, opened: Opened, chance: random.Random, _: datetime) -> None:
    change = SettingsChange(tau=Decimal(chance.randint(10, 60)).scaleb(-3))
    positions.change_settings(house.ledger, by_hand(house), opened.position_id, change)


def _pause(house: House, opened: Opened, chance: random.Random, _: datetime) -> None:
    chance.choice([positions.pause, positions.resume])(house.ledger, by_hand(house), opened.position_id)


def _members(house: House, opened: Opened, chance: random.Random, _: datetime) -> None:
    who = chance.choice(["anna", "ben"])
    if chance.random() < 0.5:
        members.add_member(house.ledger, by_hand(house), opened.portfolio_id, who, lambda _: True)
    else:
        members.remove_member(house.ledger, by_hand(house), opened.portfolio_id, who)


STEPS = (
    *(_evaluate, _evaluate, _evaluate, _fill, _fill, _cancel),
    *(_cash, _portfolio_cash, _post, _settings, _pause, _members, _constituents, _registry, _symbols),
)


def follow(house: House) -> None:
    """Let every following read model catch up, in this thread."""
    with house.pool.connection() as connection:
        for model in FOLLOWING:
            Follower(house.database_url, house.log, WriteReadModel(model)).catch_up(connection)


def rebuilt(house: House, models: Sequence[ReadModel]) -> list[Rebuilt]:
    """Read models, rebuilt together and compared with the live ones."""
    with house.pool.connection() as connection:
        return Rebuild(connection, house.log, models).run(lambda step, done, total: None)


def count(house: House, table: str) -> int:
    """How many rows a table has."""
    with house.pool.connection() as connection:
        row = connection.execute(SQL("select count(*) as n from {}").format(Identifier(table))).fetchone()
    assert row is not None
    return int(row["n"])


@pytest.mark.parametrize("seed", [1, 2])
def test_rebuilt_equals_live_after_a_story(house: House, seed: int) -> None:
    """Two hundred commands with fills and cancels; no table is empty, none differs, and life goes on."""
    tell_story(house, seed, COMMANDS)
    follow(house)
    for found in rebuilt(house, READ_MODELS):
        assert found.equal, found
        assert found.rows > 0, found.name
    open_example(house, symbol="AFTER")
    follow(house)
    assert all(each.equal for each in rebuilt(house, READ_MODELS))


def test_snapshots_of_every_shape_are_what_their_streams_come_to(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One after every event, and commands that start from them: verifying them tells of none."""
    monkeypatch.setattr("application.transaction.SNAPSHOT_EVERY_EVENTS", 1)
    house.ledger.cache = Cache(entries_max=0)
    tell_story(house, 1, COMMANDS)
    with house.pool.connection() as connection:
        found = [*compared(connection, house.snapshots, lambda done, total: None)]
    assert [each for each in found if not each.equal] == []
    assert {each.stream_type.kind for each in found} == {*STREAM_TYPES}


@pytest.fixture
def told(house: House) -> House:
    """A house with a short story behind it."""
    tell_story(house, 3, 40)
    follow(house)
    return house


def test_numbers_of_thirty_digits_are_rebuilt_to_the_last(house: House) -> None:
    """Whether rows are added one event at a time or many at once, no digit is rounded away."""
    opened = open_example(house, broker=BrokerChoice(auto_fill=False))
    house.ledger.clock = lambda: IN_SESSION
    question = Question(opened.position_id, Quote(last=Decimal(97), as_of=IN_SESSION), IN_SESSION)
    order_id = house.evaluate_position(by_hand(house), question).answer.order_id
    assert order_id is not None
    house.submit_order(opened.position_id, order_id)
    order = house.ledger.load(POSITION, opened.position_id).state
    assert order is not None
    assert order.order is not None
    for number, quantity in enumerate(("0.000000000001", "999999999999999999", "0.5")):
        fill = Fill(f"x{number}", 1, Decimal(quantity), Decimal("0.01"), Decimal(0), IN_SESSION)
        report = BrokerReport(order.order.client_order_id, "partial_fill", fill=fill, at=IN_SESSION)
        house.order_reports([report])
    follow(house)
    assert all(each.equal for each in rebuilt(house, READ_MODELS))
    position = house.ledger.load(POSITION, opened.position_id).state
    assert position is not None
    with house.pool.connection() as connection:
        [holding] = balances.holdings_of(connection, opened.portfolio_id)
    assert holding["quantity"] == position.shares == Decimal("1000000000000000099.500000000001")


def test_a_row_changed_by_hand_is_reported_in_every_table(told: House) -> None:
    """Each table in turn: one row lost, then put right by the rebuild itself."""
    for name, table in TABLES:
        with told.pool.connection() as connection:
            gone = connection.execute(
                SQL("delete from {0} where ctid = (select max(ctid) from {0})").format(Identifier(table))
            )
            assert gone.rowcount == 1, table
        [first], [second] = rebuilt(told, [BY_NAME[name]]), rebuilt(told, [BY_NAME[name]])
        assert (first.only_live, first.only_rebuilt) == (0, 1), table
        assert second.equal, table


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("positions", "update positions set cash = cash + 0.01 where ctid = (select min(ctid) from positions)"),
        ("cash", "update cash set amount = amount + 1 where ctid = (select min(ctid) from cash)"),
        ("holdings", "update holdings set book_cost = book_cost - 0.01 where ctid = (select min(ctid) from holdings)"),
        ("journal", "update journal set at = at + interval '1 second' where ctid = (select min(ctid) from journal)"),
        ("executions", "update executions set quantity = 0 where ctid = (select max(ctid) from executions)"),
        ("timeline", "update timeline set message = 'nothing' where event_number = 1"),
    ],
)  # fmt: skip
def test_a_value_changed_by_hand_is_reported(told: House, name: str, change: str) -> None:
    """A cent, a second or a word: the row is there twice, once live and once as it should be."""
    with told.pool.connection() as connection:
        assert connection.execute(change).rowcount == 1
    [found] = rebuilt(told, [BY_NAME[name]])
    assert (found.only_live, found.only_rebuilt) == (1, 1)
    assert rebuilt(told, [BY_NAME[name]])[0].equal


def with_another_shape(model: ReadModel) -> ReadModel:
    """The same read model with one more index: another definition."""
    table = replace(model.tables[0], indexes=(*model.tables[0].indexes, "(event_number, portfolio_id)"))
    return replace(model, tables=(table,))


def test_a_changed_definition_is_rebuilt_at_start(told: House, new_house: Callable[[], House]) -> None:
    """Inline and following models come back full, though the start before was interrupted half-way."""
    changed = [with_another_shape(BY_NAME[name]) for name in ("orders", "timeline")]
    before = {model.name: count(told, model.name) for model in changed}
    with told.pool.connection() as connection:
        assert prepare(connection, changed) == ["orders", "timeline"]
        # The process died before the rebuild: the next one, of the same shape, has to do it.
        assert prepare(connection, changed) == ["orders", "timeline"]
    assert count(told, "orders") == 0
    new_house().prepare_database()
    assert {model.name: count(told, model.name) for model in changed} == before
    with told.pool.connection() as connection:
        assert prepare(connection, READ_MODELS) == []
    follow(told)
    assert all(each.equal for each in rebuilt(told, READ_MODELS))


def test_a_rebuild_waits_for_another(told: House, new_house: Callable[[], House]) -> None:
    """Two at once of the same model do not get into each other's tables."""

    houses = [told, new_house()]
    models = [BY_NAME[name] for name in ("positions", "timeline")]
    with ThreadPoolExecutor(4) as workers:
        found = [workers.submit(rebuilt, house, models) for house in houses * 2]
    assert all(each.equal for each in chain.from_iterable(each.result() for each in found))


def test_what_is_appended_while_models_are_swapped_is_in_all_of_them(told: House) -> None:
    """Life goes on between one swap and the next: each model is as the log's end says, and follows from there."""
    portfolio_id = open_example(told, symbol="MEANWHILE").portfolio_id
    follow(told)
    steps = [READING]

    def live_on(step: str, _: int, __: int) -> None:
        """What is caught up before the log is locked is not its end."""
        steps.append(step)
        if step == READING and steps[-2] != READING:
            portfolios.move_cash(told.ledger, by_hand(told), portfolio_id, "deposit", Decimal(1))

    with told.pool.connection() as connection:
        found = Rebuild(connection, told.log, READ_MODELS).run(live_on)
        assert [each.name for each in found if not each.equal] == []
        follow(told)
        assert compare(connection, told.log, READ_MODELS, lambda step, done, total: None) == []


@dataclass
class Counted:
    """The log, which counts the events that are read of it."""

    log: Log
    events: int = 0

    def last_number(self, connection: Connection[dict[str, Any]]) -> int:
        return self.log.last_number(connection)

    def read_all(
        self,
        connection: Connection[dict[str, Any]],
        after: int,
        up_to: int,
        topics: Sequence[str] | None = None,
    ) -> Iterator[Recorded]:
        for recorded in self.log.read_all(connection, after, up_to, topics):
            self.events += 1
            yield recorded


def test_an_event_is_read_once_for_all_models(told: House) -> None:
    counted = Counted(told.log)
    with told.pool.connection() as connection:
        Rebuild(connection, counted, READ_MODELS).run(lambda step, done, total: None)
        assert counted.events == told.log.last_number(connection)


def test_following_models_are_held_against_what_each_has_reached(told: House) -> None:
    """One is at the log's end, the others are behind, and all say what the events up to there come to."""
    open_example(told, symbol="LATER")
    with told.pool.connection() as connection:
        last = told.log.last_number(connection)
        Follower(told.database_url, told.log, WriteReadModel(BY_NAME["timeline"])).catch_up(connection)
        connection.execute(
            "update journal set kind = 'otherwise' where event_number = (select min(event_number) from journal)"
        )
        connection.execute("delete from timeline where event_number = %s", (last,))
        found = compare(connection, told.log, READ_MODELS, lambda step, done, total: None)
        rows = connection.execute("select name, number from followers").fetchall()
    assert [each.what for each in found] == ["journal", "timeline"]
    reached = {row["name"]: row["number"] for row in rows}
    assert [model.name for model in FOLLOWING if reached[model.name] == last] == ["timeline"]
