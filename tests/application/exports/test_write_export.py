"""An export holds what a person sees, exactly, as it stood at one moment; whatever dies meanwhile, it is there once."""

import hashlib
import json
import shutil
import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pandas
import pytest

from adapters.exports.drafts import drafting
from api.wiring import House
from application import portfolios
from application.ledger import Cause
from application.ports import PricePoint
from application.ports.exports import Place, Places, WriteFile
from domain.exports.extract import Sheet
from domain.exports.wanted import ExportedFile
from domain.notifications.notification import notification_of
from domain.portfolio.events import BrokerChoice
from domain.settings import SettingsChange
from domain.streams import RUN
from examples import IN_SESSION, Opened, by_hand, open_example
from exported import as_it_stands, asked, written


@pytest.fixture
def opened(house: House) -> Opened:
    """A portfolio with something in it."""
    house.ledger.clock = lambda: IN_SESSION
    return open_example(house)


def a_portfolio_of(house: House, person: str, title: str) -> UUID:
    """Another person's, with a deposit of 777."""
    portfolio_id = house.ledger.new_id()
    cause = partial(Cause, person, house.ledger.new_id())
    portfolios.open_portfolio(
        house.ledger, cause(), portfolio_id, title=title, currency="USD", mode="advisory",
        broker=BrokerChoice(), settings=SettingsChange(),
    )  # fmt: skip
    portfolios.move_cash(house.ledger, cause(), portfolio_id, "deposit", Decimal(777))
    return portfolio_id


def test_the_log_is_exported_so_that_its_chain_can_be_walked_from_the_file_alone(
    house: House, opened: Opened
) -> None:
    """By nobody's code but this test's: SHA-256 over the hash before, the place, the name and the envelope."""
    events = written(house, run := asked(house, "events"))
    frame = pandas.read_parquet(events.folder / "events.parquet")
    assert [*frame["number"]] == [*range(1, len(frame) + 1)]
    previous = bytes(32)
    for row in frame.itertuples():
        assert row.previous_hash == previous.hex()
        name = row.name.encode()
        place = struct.pack(">q16sqi", row.number, UUID(row.stream_id).bytes, row.version, len(name))
        previous = hashlib.sha256(previous + place + name + row.envelope.encode()).digest()
        assert row.hash == previous.hex()
    manifest = events.manifest
    assert (manifest["chain"]["number"], manifest["chain"]["hash"]) == (len(frame), previous.hex())
    assert manifest["whole_log"] is True

    last = frame.iloc[-1]
    assert (last["name"], last["actor"], last["at"]) == (
        "run.requested.1",
        "local",
        pandas.Timestamp(IN_SESSION),
    )
    assert json.loads(last["envelope"])["data"]["run_id"] == str(run.id)
    assert str(frame["recorded_at"].dtype) == "datetime64[us, UTC]"


def test_numbers_are_decimals_and_moments_timestamps_wherever_a_file_is_opened(
    house: House, opened: Opened
) -> None:
    """In pandas and in duckdb: no digit is lost and no moment moves."""
    exact = Decimal("123456789012345678.123456789012")
    at = IN_SESSION.replace(microsecond=123456)
    house.ingest_prices(
        [PricePoint(opened.listing_id, at, None, Decimal("99.1"), Decimal("99.3"), False, "api")]
    )
    with house.pool.connection() as connection:
        connection.execute("update price_points set bid = %s", (exact,))
    prices = written(house, asked(house, "prices"))
    [bid] = prices.query("prices", "select bid from sheet")
    assert bid == (exact,)
    [(kind, moment)] = prices.query("prices", "select typeof(bid), as_of from sheet")
    assert (kind, moment) == ("DECIMAL(38,18)", at)
    frame = pandas.read_parquet(prices.folder / "prices.parquet")
    assert (frame["bid"][0], frame["as_of"][0]) == (exact, pandas.Timestamp(at))
    assert frame["last"][0] is None

    ledger = written(house, asked(house, "ledger"))
    assert ledger.query("ledger", "select distinct sum(amount) from sheet group by entry_id") == [(0,)]


@pytest.mark.parametrize(
    "number", ["0.0000000000000000001", "123456789012345678901"], ids=["too fine", "too large"]
)
def test_a_number_that_no_file_can_hold_fails_the_export_and_is_not_rounded(
    house: House, opened: Opened, number: str
) -> None:
    price = PricePoint(opened.listing_id, IN_SESSION, Decimal(99), None, None, False, "api")
    house.ingest_prices([price])
    with house.pool.connection() as connection:
        connection.execute("update price_points set last = %s::numeric", (number,))
    run = asked(house, "prices")
    house.execute_run(run.id)
    row = as_it_stands(house, run)
    assert row["status"] == "failed"
    assert "A value does not fit" in row["summary"]
    assert [*house.exports_folder.rglob("prices*")] == []
    assert written(house, asked(house, "prices", "csv")).csv("prices")[0]["last"] == number


def test_what_a_spreadsheet_would_run_is_text_and_negative_numbers_are_numbers(
    house: House, opened: Opened
) -> None:
    """In CSV, that is: Parquet has the very name. Rows are RFC 4180's, whatever is in them."""
    names = ['=HYPERLINK("http://x.example","Sum")', "+1", "-1", "@a", '\tb,"c"', "plain, =1"]
    for name in names:
        portfolios.amend(house.ledger, by_hand(house), opened.portfolio_id, name, None, house.positions_of)
        [found] = {row["portfolio"] for row in written(house, asked(house, "ledger", "csv")).csv("ledger")}
        assert found == (name if name == "plain, =1" else f"'{name}")
        in_parquet = written(house, asked(house, "ledger"))
        assert in_parquet.query("ledger", "select distinct portfolio from sheet") == [(name,)]
    in_csv = written(house, asked(house, "ledger", "csv"))
    amounts = {row["amount"] for row in in_csv.csv("ledger")}
    assert any(amount.startswith("-") for amount in amounts)
    assert all(Decimal(amount) for amount in amounts)
    content = (in_csv.folder / "ledger.csv").read_bytes()
    assert content.count(b"\r\n") == in_csv.row["files"][0]["rows"] + 1 == content.count(b"\n")


def test_a_person_is_given_what_they_see_and_nothing_else(house: House, opened: Opened) -> None:
    """Neither rows, nor that others export. A portfolio's export holds that portfolio alone."""
    anns = a_portfolio_of(house, "ann", "Ann's")
    other = a_portfolio_of(house, "local", "Mine, too")
    asked(house, "events", person="ann", destination="file:of-ann")

    for what, sheet in (("events", "events"), ("ledger", "ledger"), ("statement", "statement")):
        column = "select distinct portfolio_id from sheet where portfolio_id is not null"
        mine = written(house, asked(house, what)).query(sheet, column)
        assert {UUID(each) for (each,) in mine} == {opened.portfolio_id, other}
        one = written(house, asked(house, what, portfolio_id=other)).query(
            sheet, f"{column} or portfolio_id is null"
        )
        assert one == [(str(other),)]
        theirs = written(house, asked(house, what, person="ann"), "ann").query(sheet, column)
        assert theirs == [(str(anns),)]
    events = written(house, asked(house, "events"))
    assert events.query("events", "select count(*) from sheet where envelope like '%of-ann%'") == [(0,)]
    assert events.manifest["whole_log"] is False
    for what in ("orders", "prices"):
        assert [
            each["rows"] for each in written(house, asked(house, what, person="ann"), "ann").manifest["files"]
        ] in (
            [0, 0],
            [0],
        )


def test_rows_are_of_the_range_that_was_asked_for(house: House, opened: Opened) -> None:
    """From its beginning on, and before its end."""
    noon = IN_SESSION.replace(hour=18)
    for minutes in (-1, 0, 1, 2):
        at = noon + timedelta(minutes=minutes)
        house.ledger.clock = lambda at=at: at  # type: ignore[misc]  # bound now
        amount = Decimal(100 + minutes)
        portfolios.move_cash(house.ledger, by_hand(house), opened.portfolio_id, "deposit", amount)
    span: dict[str, Any] = {"since": noon, "until": noon + timedelta(minutes=2)}
    ledger = written(house, asked(house, "ledger", **span))
    assert ledger.query("ledger", "select amount from sheet where amount > 0 order by 1") == [(100,), (101,)]
    events = written(house, asked(house, "events", **span))
    assert events.query("events", "select name from sheet") == [("portfolio.cash_deposited.1",)] * 2
    assert (events.manifest["from"], events.manifest["whole_log"]) == ("2026-11-20T18:00:00.000000Z", False)


def writing_with(house: House, write: Callable[..., Any]) -> Callable[[UUID], object]:
    """Carries out exports with another way to write a file."""
    works = {"export": replace(house.write_export, write=write)}
    return replace(house.execute_run, works=works)


def test_what_happens_while_it_is_written_is_not_in_it(house: House, opened: Opened) -> None:
    """Every file of an export is of one moment, the one at which it was asked for."""
    write = house.write_export.write

    def after_a_deposit(*sheet: Any) -> Any:
        portfolios.move_cash(house.ledger, by_hand(house), opened.portfolio_id, "deposit", Decimal(5))
        house.ingest_prices(
            [PricePoint(opened.listing_id, next(moments), Decimal(99), None, None, False, "api")]
        )
        return write(*sheet)

    moments = (IN_SESSION - timedelta(seconds=100 - each) for each in range(100))
    wanted = (("statement", "max(contributions)"), ("events", "count(*)"), ("prices", "count(*)"))
    for what, sum_of in wanted:
        writing_with(house, after_a_deposit)((run := asked(house, what)).id)
        meanwhile = written(house, run)
        again = written(house, asked(house, what))
        [(before,)], [(after,)] = (
            each.query(what, f"select {sum_of} from sheet") for each in (meanwhile, again)
        )
        assert after > before
        assert (
            meanwhile.manifest["files"][0]["rows"]
            == meanwhile.query(what, "select count(*) from sheet")[0][0]
        )


class Killed(BaseException):
    """What no code here survives."""


@dataclass(frozen=True)
class DeadlyPlaces:
    """Whoever publishes an export there dies, before or after it is there."""

    places: Places
    publishes: bool

    def place(self, destination: str, run_id: UUID) -> Place:
        """See application.ports.exports.Places."""
        place = self.places.place(destination, run_id)

        def publish(*drafted: Any) -> None:
            if self.publishes:
                place.publish(*drafted)
            raise Killed

        deadly = SimpleNamespace(
            name=place.name, manifest=place.manifest, drafting=place.drafting, publish=publish
        )
        return cast(Place, deadly)


def test_whoever_dies_leaves_it_to_the_next_and_it_is_there_once(house: House, opened: Opened) -> None:
    """Between files, before they have their names, or before the log knows: the same bytes, and one event."""
    writer, run = house.write_export, asked(house, "statement", destination="file:once")

    def dies_in_the_second(sheet: Sheet, *others: Any) -> ExportedFile:
        if sheet.name == "disposals":
            raise Killed
        return writer.write(sheet, *others)

    attempts = (
        replace(writer, write=cast(WriteFile, dies_in_the_second)),
        replace(writer, places=cast(Places, DeadlyPlaces(writer.places, publishes=False))),
        replace(writer, places=cast(Places, DeadlyPlaces(writer.places, publishes=True))),
    )
    for attempt, there in zip(attempts, (0, 0, 4), strict=True):
        with pytest.raises(Killed):
            replace(house.execute_run, works={"export": attempt})(run.id)
        assert as_it_stands(house, run)["status"] == "running"
        assert len([*house.exports_folder.glob("once/*/*")]) == there
        assert [*house.exports_folder.glob(".unfinished/*")] == []
    [published] = house.exports_folder.glob("once/*")
    left = {path.name: path.stat().st_ino for path in published.iterdir()}

    done = written(house, run)
    assert {path.name: path.stat().st_ino for path in done.folder.iterdir()} == left
    assert done.is_what_it_says()
    house.execute_run(run.id)
    with house.pool.connection() as connection:
        stored = connection.execute(
            "select from stored_events where topic = 'run.export_written.1'"
        ).fetchall()
    assert len(stored) == 1


def test_killed_for_good_it_leaves_a_draft_that_the_next_export_removes(house: House, opened: Opened) -> None:
    """A draft that somebody writes stays."""
    drafts = house.exports_folder / ".unfinished"
    (drafts / "left").mkdir(parents=True)
    (drafts / "left" / "ledger.csv").write_text("half")
    with drafting(house.exports_folder) as other:
        assert written(house, asked(house, "ledger")).is_what_it_says()
        assert [*drafts.iterdir()] == [other]
    assert [*drafts.iterdir()] == []


def test_written_twice_it_is_the_same_to_the_byte(house: House, opened: Opened) -> None:
    """Of the log that it was asked for: so a second attempt cannot tell another story."""
    run = asked(house, "events")
    first = written(house, run)
    portfolios.move_cash(house.ledger, by_hand(house), opened.portfolio_id, "deposit", Decimal(5))
    content = {path.name: path.read_bytes() for path in first.folder.iterdir()}
    shutil.rmtree(first.folder)
    state = house.ledger.load(RUN, run.id).state
    assert state is not None
    house.write_export(replace(state, export_written=None))
    assert {path.name: path.read_bytes() for path in first.folder.iterdir()} == content


def test_nothing_is_written_where_somebody_put_a_link(house: House, opened: Opened, tmp_path: Path) -> None:
    """Nor handed out from there."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    house.exports_folder.mkdir()
    (house.exports_folder / "mine").symlink_to(elsewhere)
    run = asked(house, "ledger", destination="file:mine")
    house.execute_run(run.id)
    row = as_it_stands(house, run)
    assert (row["status"], "cannot be written to" in row["summary"]) == ("failed", True)
    assert [*elsewhere.iterdir()] == []

    done = written(house, asked(house, "ledger", "csv"))
    file = done.folder / "ledger.csv"
    assert house.export_places.file("file:", done.row["id"], "ledger.csv") == file
    (elsewhere / "secret").write_text("secret")
    file.unlink()
    file.symlink_to(elsewhere / "secret")
    assert house.export_places.file("file:", done.row["id"], "ledger.csv") is None
    assert house.export_places.file("file:", done.row["id"], "../../../elsewhere/secret") is None


def test_where_the_timeline_has_stopped_nothing_is_exported_and_it_says_so(
    house: House, opened: Opened
) -> None:
    """A file in which events are missing without a word would be worse than none."""
    with house.pool.connection() as connection:
        connection.execute(
            "insert into parked (follower, portfolio, number, problem) values ('timeline', %s, 3, 'ValueError')",
            (str(opened.portfolio_id),),
        )
    house.execute_run((run := asked(house, "events")).id)
    row = as_it_stands(house, run)
    assert (row["status"], row["summary"]) == (
        "failed",
        "The timeline has stopped before event 3; `ballast doctor` says why.",
    )
    a_portfolio_of(house, "ann", "Ann's")
    assert written(house, asked(house, "events", person="ann"), "ann").manifest["files"][0]["rows"] > 0


def test_a_freeze_stops_no_export(house: House, opened: Opened) -> None:
    portfolios.freeze(house.ledger, by_hand(house), opened.portfolio_id, "Wait.")
    assert written(house, asked(house, "orders", portfolio_id=opened.portfolio_id)).is_what_it_says()


def test_an_export_that_failed_calls_nobody(house: House, opened: Opened) -> None:
    house.exports_folder.touch()
    house.execute_run((run := asked(house, "ledger")).id)
    assert as_it_stands(house, run)["status"] == "failed"
    ended = house.log.newest(run.id, "run.ended.1")
    assert ended is not None
    assert notification_of(ended.event) is None
