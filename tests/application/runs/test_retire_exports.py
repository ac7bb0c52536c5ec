"""Exports stay, unless the operator says for how many days; then the nightly retention lets older ones go."""

from datetime import datetime, timedelta
from pathlib import Path

from api.wiring import House
from domain.runs.state import Run
from examples import IN_SESSION, open_example
from exported import Written, asked, written

from .asked_runs import ended, scheduled

DAY = timedelta(days=1)


def at(house: House, moment: datetime) -> House:
    """The house with its clock at a moment."""
    house.clock = house.ledger.clock = lambda: moment
    return house


def exported(house: House, days: int) -> tuple[Run, Written]:
    """An export that was written so many days after the first."""
    run = asked(at(house, IN_SESSION + days * DAY), "ledger", destination="file:kept/here")
    return run, written(house, run)


def retained(house: House, days: int) -> str:
    """What the retention of so many days after says."""
    slot = IN_SESSION + days * DAY
    run_id = scheduled(at(house, slot), None, slot, "retention")
    house.execute_run(run_id)
    status, summary = ended(house, run_id)
    assert status == "success"
    return summary


def files(folder: Path) -> set[str]:
    """Everything below a folder that is a file."""
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_what_is_older_than_the_operator_wants_goes_with_all_its_files(house: House) -> None:
    """Not before its day, once, and nothing else; what is told of it says that it was removed."""
    house.exports_kept = timedelta(days=30)
    open_example(at(house, IN_SESSION))
    old, of_old = exported(house, 0)
    _, of_new = exported(house, 10)
    assert "and 0 exports." in retained(house, 30)
    assert of_old.is_what_it_says()

    assert "and 1 export." in retained(house, 31)
    assert not of_old.folder.exists()
    assert house.export_places.file("file:kept/here", old.id, "ledger.parquet") is None
    assert of_new.is_what_it_says()
    assert files(house.exports_folder) == {"ledger.parquet", "manifest.json"}
    assert "and 0 exports." in retained(house, 32)


def test_without_the_setting_exports_stay(house: House) -> None:
    open_example(at(house, IN_SESSION))
    _, of_old = exported(house, 0)
    assert "and 0 exports." in retained(house, 30_000)
    assert of_old.is_what_it_says()


def test_no_link_is_followed_to_what_is_removed(house: House, tmp_path: Path) -> None:
    house.exports_kept = timedelta(days=30)
    open_example(at(house, IN_SESSION))
    _, of_old = exported(house, 0)
    elsewhere = of_old.folder.rename(tmp_path / "elsewhere")
    of_old.folder.symlink_to(elsewhere)
    assert "and 0 exports." in retained(house, 31)
    assert files(elsewhere) == {"ledger.parquet", "manifest.json"}
