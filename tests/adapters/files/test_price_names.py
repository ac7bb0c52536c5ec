"""What a price file's name, or a ticker in it, says."""

from pathlib import Path

import pytest

from adapters.files.price_names import STOOQ, Named, named_by_file, named_by_ticker

AMERICA = STOOQ["US"]


@pytest.mark.parametrize(
    ("name", "symbol", "exchanges"),
    [
        ("KO.csv", "KO", None),
        ("ko.csv.gz", "KO", None),
        ("EZJ.L.csv", "EZJ", frozenset({"XLON"})),
        ("EZJ.XLON.csv", "EZJ", frozenset({"XLON"})),
        ("ko.us.txt", "KO", AMERICA),
        ("ko_us_d.csv", "KO", AMERICA),
        ("brk-b.us.txt", "BRK-B", AMERICA),
        ("vod_d.csv", "VOD", None),
    ],
)
def test_a_name_says_a_symbol_and_perhaps_where_it_trades(
    name: str, symbol: str, exchanges: frozenset[str] | None
) -> None:
    assert named_by_file(Path(name))[-1] == Named(symbol, exchanges)


def test_a_symbol_with_a_dot_in_it_may_be_one() -> None:
    assert named_by_ticker("BRK.B")[0] == Named("BRK.B")
    assert named_by_ticker("ezj.l") == [Named("EZJ.L"), Named("EZJ", frozenset({"XLON"}))]
    assert named_by_ticker("KO.US") == [Named("KO.US"), Named("KO", AMERICA)]


def test_the_name_itself_comes_first() -> None:
    assert [each.symbol for each in named_by_file(Path("AB_D.csv"))] == ["AB_D", "AB"]
