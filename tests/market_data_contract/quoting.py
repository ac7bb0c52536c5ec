"""The contract about quotes."""

from datetime import timedelta
from decimal import Decimal

from market_data_contract.bench import KO, NOW, PG, UNKNOWN, Bench
from provider_server.board import Quote

LATE = NOW - timedelta(minutes=1)


class Quoting:
    """What holds for every provider that can be asked for quotes."""

    def test_a_quote_is_told_to_the_last_digit_under_its_own_source_and_moment(self, bench: Bench) -> None:
        bench.tell(KO, Quote("97.12000274658203", LATE))
        (point,) = bench.provider().quotes([KO]).points
        assert point.listing_id == KO.listing_id
        assert str(point.last) == "97.12000274658203"
        assert (point.as_of, point.is_close) == (LATE, False)
        assert point.source

    def test_asking_again_answers_the_same(self, bench: Bench) -> None:
        bench.tell(KO, Quote("97.10", LATE))
        assert list(bench.provider().quotes([KO]).points) == list(bench.provider().quotes([KO]).points)

    def test_what_a_provider_does_not_know_gets_no_price(self, bench: Bench) -> None:
        bench.tell(KO, Quote("97.10", LATE))
        provider = bench.provider()
        wanted = [KO, UNKNOWN][: provider.listings_max("quotes")]
        assert {point.listing_id for point in provider.quotes(wanted).points} == {KO.listing_id}

    def test_each_listing_gets_its_own_price(self, bench: Bench) -> None:
        bench.tell(KO, Quote("97.10", LATE))
        bench.tell(PG, Quote("141.5", LATE))
        provider = bench.provider()
        at_once = provider.listings_max("quotes")
        groups = [[KO, PG]] if at_once > 1 else [[KO], [PG]]
        found = {point.listing_id: point.last for group in groups for point in provider.quotes(group).points}
        assert found == {KO.listing_id: Decimal("97.10"), PG.listing_id: Decimal("141.5")}
