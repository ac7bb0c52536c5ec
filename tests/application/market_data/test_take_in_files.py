"""Dropped files: taken in once by their content, through the gate, whoever looks first."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from api.wiring import House
from domain.market_data.providers import Provider
from market_desk import MarketDesk

BARE = "Date,Close\n2026-11-18,98.25\n2026-11-19,97.75\n"
PENCE_FLIP = "Date,Close\n2026-11-17,612.20\n2026-11-18,609.60\n2026-11-19,6.13\n"


@pytest.fixture
def drop(desk: MarketDesk, tmp_path: Path) -> Callable[..., None]:
    """Put a file into the desk's drop folder that nobody has written to for an hour."""
    desk.house.drop_folder = tmp_path

    def drop(name: str, text: str = BARE) -> None:
        path = tmp_path / name
        path.write_text(text)
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)

    return drop


def said(tmp_path: Path, name: str) -> str:
    return (tmp_path / name).read_text().strip()


def test_a_file_is_taken_in_and_put_away(desk: MarketDesk, drop: Callable[..., None], tmp_path: Path) -> None:
    drop("KO.csv")
    assert desk.house.take_in_files() == 1
    assert desk.prices() == [("files", "98.25", None), ("files", "97.75", None)]
    assert said(tmp_path, "done/KO.csv.txt") == "Closes of KO: 2 new."
    assert desk.house.take_in_files() == 0


def test_a_name_of_any_bytes_keeps_nothing_else_back(
    desk: MarketDesk, drop: Callable[..., None], tmp_path: Path
) -> None:
    """It is put away under a name that can be written."""
    drop(os.fsdecode(b"caf\xe9.csv"))
    drop("ko.us.txt")
    assert desk.house.take_in_files() == 1
    assert said(tmp_path, "done/ko.us.txt.txt") == "Closes of KO: 2 new."
    assert "No listing" in said(tmp_path, "failed/caf\\xe9.csv.txt")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["done", "failed"]


def test_the_same_content_is_taken_in_once_under_whatever_name(
    desk: MarketDesk, drop: Callable[..., None], tmp_path: Path
) -> None:
    drop("KO.csv")
    desk.house.take_in_files()
    drop("ko.us.txt")
    desk.house.take_in_files()
    assert len(desk.prices()) == 2
    assert "was taken in at 2026-11-20 16:00:00 UTC already" in said(tmp_path, "done/ko.us.txt.txt")


def test_a_longer_file_adds_what_is_new(desk: MarketDesk, drop: Callable[..., None], tmp_path: Path) -> None:
    drop("KO.csv")
    desk.house.take_in_files()
    drop("KO.csv", BARE.replace("2026-11-18", "2026-11-17,97.0\n2026-11-18"))
    desk.house.take_in_files()
    assert said(tmp_path, "done/KO.csv.2.txt") == "Closes of KO: 1 new, 2 known already."
    assert len(desk.prices()) == 3


def test_a_file_that_fails_may_be_dropped_again(
    desk: MarketDesk, drop: Callable[..., None], tmp_path: Path
) -> None:
    drop("NEW.csv")
    assert desk.house.take_in_files() == 0
    assert "No listing goes by NEW" in said(tmp_path, "failed/NEW.csv.txt")
    (tmp_path / "failed/NEW.csv").rename(tmp_path / "PG.csv")
    assert desk.house.take_in_files() == 1


def test_what_the_gate_stops_is_said_and_freezes(
    desk: MarketDesk, drop: Callable[..., None], tmp_path: Path
) -> None:
    """The unit flips from pence to pounds in the third row."""
    drop("KO.csv", PENCE_FLIP)
    desk.house.take_in_files()
    assert desk.prices()[-1] == ("files", "6.13", "scale")
    assert said(tmp_path, "done/KO.csv.txt") == "Closes of KO: 2 new. The gate stopped 1 for scale."
    assert desk.portfolio.frozen


def test_of_two_who_look_at_once_one_takes_it(
    desk: MarketDesk, drop: Callable[..., None], new_desk_house: Callable[[], House], tmp_path: Path
) -> None:
    other = desk.join(new_desk_house())
    other.drop_folder = tmp_path
    drop("KO.csv")
    with other.taken_files.alone() as alone:
        assert alone
        assert desk.house.take_in_files() == 0
    assert other.take_in_files() == 1
    assert len(desk.prices()) == 2


def test_whoever_died_before_the_file_was_put_away_leaves_it_to_the_next(
    desk: MarketDesk, drop: Callable[..., None], tmp_path: Path
) -> None:
    drop("KO.csv")
    file = desk.house.take_in_files.folder.read("KO.csv", desk.now)
    assert file is not None
    desk.house.ingest_prices(file.points)
    assert desk.house.take_in_files() == 1
    assert said(tmp_path, "done/KO.csv.txt") == "Closes of KO: 2 known already."
    assert len(desk.prices()) == 2


def test_as_a_provider_it_has_a_look_when_it_is_asked(desk: MarketDesk, drop: Callable[..., None]) -> None:
    desk.use(Provider(name="drop", kind="files"))
    drop("KO.csv")
    drop("PG.csv", BARE.replace("97.75", "97.5"))

    result = desk.refresh()

    assert result.summary == "2 of 2 listings priced by drop; nothing new."
    assert len(desk.prices()) == 4
    assert desk.alerts() == []


def test_files_of_long_ago_are_no_price_of_today(desk: MarketDesk, drop: Callable[..., None]) -> None:
    desk.use(Provider(name="drop", kind="files"))
    drop("KO.csv")
    desk.passes(days=4)
    assert "No provider gave a usable price of KO, PG." in desk.refresh().summary
