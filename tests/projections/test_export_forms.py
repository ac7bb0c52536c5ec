"""An export says the same in every form: the same rows, and the same of each."""

import json
from typing import Any, get_args

import pytest

from api.wiring import House
from domain.exports.wanted import What
from domain.portfolio.state import LIVE_FEED
from domain.streams import POSITION
from examples import IN_SESSION, open_example, tick
from exported import Written, asked, written


def lines(export: Written, name: str) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in (export.folder / f"{name}.jsonl").read_bytes().splitlines()]


@pytest.mark.parametrize("what", get_args(What))
def test_lines_say_what_csv_says(house: House, what: What) -> None:
    """Numbers with every digit, as text where a reader would round them; moments to the microsecond."""
    house.ledger.clock = lambda: IN_SESSION
    opened = open_example(house)
    house.ingest_prices([tick(opened.listing_id, "97", IN_SESSION)])
    house.evaluate_ticks(LIVE_FEED, [opened.listing_id])
    state = house.ledger.load(POSITION, opened.position_id).state
    assert state is not None
    assert state.order is not None
    house.submit_order(opened.position_id, state.order.id)
    in_csv, in_lines = (written(house, asked(house, what, form)) for form in ("csv", "jsonl"))
    assert in_lines.manifest["formulas_quoted"] is False
    for file in in_csv.manifest["files"]:
        name = file["name"].removesuffix(".csv")
        types = {column["name"]: column["type"] for column in file["columns"]}
        found = lines(in_lines, name)
        assert [[*line] for line in found] == [[*types]] * len(found)
        rows = in_csv.csv(name)
        assert rows or name in ("disposals", "dividends")
        for line, row in zip(found[: len(rows)], rows, strict=True):
            for column, text in row.items():
                assert spelled(line[column]) == text
                assert types[column] != "decimal(38,18)" or isinstance(line[column], str | None)


def spelled(value: object) -> str:
    """A value of a line as CSV has it."""
    match value:
        case None:
            return ""
        case str():
            return value
        case _:
            return json.dumps(value, separators=(",", ":"))
