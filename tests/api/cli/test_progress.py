"""Long work says how far it is where nobody looks at bars, and not too often."""

from api.cli.progress import Lines


def test_a_line_every_ten_seconds_says_how_much_of_what_is_done() -> None:
    """The first after ten seconds, whatever happens in between; while nobody knows of how much, without that."""
    moments = iter([0.0, 9.9, 10.0, 10.0, 19.0, 25.0, 25.0])
    said: list[str] = []
    tell = Lines(lambda: next(moments), said.append)
    tell("events", 100_000, 1_000_000)
    tell("events", 254_900, 1_000_000)
    tell("events", 300_000, 1_000_000)
    tell("decisions", 2_000, None)
    assert said == ["events: 254,900 of 1,000,000 (25 %)", "decisions: 2,000"]
