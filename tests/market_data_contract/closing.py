"""The contract about daily closes."""

from datetime import date
from decimal import Decimal

from market_data_contract.bench import KO, NOW, SESSIONS, WEEK, Bench
from provider_server.board import Bar

MONDAY = WEEK[0].day


class Closing:
    """What holds for every provider that can be asked for closes."""

    def test_closes_are_of_sessions_that_are_over_at_their_close_and_oldest_first(self, bench: Bench) -> None:
        bench.tell(KO, bars=WEEK)
        points = bench.provider().closes([KO], MONDAY).points
        assert [(point.as_of, str(point.last)) for point in points] == [
            (SESSIONS.close_of("XNYS", bar.day), bar.close) for bar in WEEK[:-1]
        ]
        assert all(point.is_close and point.listing_id == KO.listing_id for point in points)

    def test_the_last_day_is_a_close_once_its_session_is_over(self, bench: Bench) -> None:
        bench.tell(KO, bars=WEEK)
        over = SESSIONS.close_of("XNYS", WEEK[-1].day)
        assert over is not None
        assert bench.provider(now=over).closes([KO], MONDAY).points[-1].last == Decimal(WEEK[-1].close)

    def test_a_bar_comes_whole(self, bench: Bench) -> None:
        bench.tell(KO, bars=WEEK)
        monday = bench.provider().closes([KO], MONDAY).points[0]
        assert (monday.open, monday.high, monday.low) == (Decimal("95.0"), Decimal("97.25"), Decimal("94.75"))

    def test_days_before_the_wanted_one_are_left_out(self, bench: Bench) -> None:
        bench.tell(KO, bars=WEEK)
        points = bench.provider().closes([KO], WEEK[2].day).points
        assert [point.last for point in points] == [Decimal("98.25"), Decimal("97.75")]

    def test_a_day_without_a_session_is_no_close(self, bench: Bench) -> None:
        bench.tell(KO, bars=[*WEEK[:2], Bar(date(2026, 11, 15), "96.5")])
        assert len(bench.provider().closes([KO], date(2026, 11, 9)).points) == 2

    def test_a_half_day_closes_early(self, bench: Bench) -> None:
        bench.tell(KO, bars=[Bar(date(2025, 11, 28), "72.5")])
        (point,) = bench.provider(NOW).closes([KO], date(2025, 11, 28)).points
        assert (point.as_of.hour, point.as_of.minute) == (18, 0)
