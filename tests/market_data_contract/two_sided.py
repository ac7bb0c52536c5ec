"""The contract about quotes that have two sides."""

from datetime import timedelta
from decimal import Decimal

from market_data_contract.bench import KO, NOW, Bench
from provider_server.board import Quote

LATE = NOW - timedelta(minutes=1)


class TwoSided:
    """What holds for every provider that tells bid and ask."""

    def test_both_sides_are_told(self, bench: Bench) -> None:
        bench.tell(KO, Quote("97.10", LATE, "97.09", "97.11"))
        (point,) = bench.provider().quotes([KO]).points
        assert (point.last, point.bid, point.ask) == (Decimal("97.10"), Decimal("97.09"), Decimal("97.11"))

    def test_an_empty_side_of_the_book_is_no_price_of_zero(self, bench: Bench) -> None:
        bench.tell(KO, Quote("97.10", LATE, "0", "97.11"))
        (point,) = bench.provider().quotes([KO]).points
        assert (point.last, point.bid, point.ask) == (Decimal("97.10"), None, None)

    def test_sides_without_a_trade_are_a_quote(self, bench: Bench) -> None:
        bench.tell(KO, Quote(None, LATE, "97.09", "97.11"))
        (point,) = bench.provider().quotes([KO]).points
        assert (point.last, point.value) == (None, Decimal("97.10"))
