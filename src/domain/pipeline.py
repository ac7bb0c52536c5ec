"""The way of a price to a booked trade, step by step, each with where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Name = Literal["feed", "gate", "decision", "order", "booking"]
State = Literal["ok", "waiting", "look", "stopped"]


@dataclass(frozen=True, slots=True)
class Step:
    """``word`` is how it stands, ``at`` when it last did something, ``subject`` the stream that it did it to."""

    name: Name
    state: State
    word: str
    at: datetime | None = None
    sentence: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of the timeline: when it took effect, what it says, and its stream."""

    at: datetime
    sentence: str
    subject: str


def feed(listings: int, old: int, newest: datetime | None) -> Step:
    """Prices come in."""
    if not listings:
        return Step("feed", "waiting", "nothing is watched")
    if newest is None:
        return Step("feed", "look", "no price yet")
    fresh = "fresh" if not old else f"{listings - old} of {listings} fresh"
    return Step("feed", "look" if old else "ok", fresh, newest)


def gate(stopped: int) -> Step:
    """Prices are judged."""
    return Step("gate", "stopped", f"{stopped} stopped") if stopped else Step("gate", "ok", "ok")


def decision(latest: Happened | None, frozen: int) -> Step:
    """The rule decides."""
    word = "frozen" if frozen else "decided" if latest else "nothing to decide yet"
    state: State = "stopped" if frozen else "ok" if latest else "waiting"
    return _step("decision", state, word, latest)


def order(open_by_status: Mapping[str, int], latest: Happened | None) -> Step:
    """Orders leave and end."""
    if open_by_status.get("unknown"):
        return _step("order", "stopped", f"{open_by_status['unknown']} unknown", latest)
    if open_by_status:
        return _step(
            "order", "ok", ", ".join(f"{n} {status}" for status, n in open_by_status.items()), latest
        )
    return _step("order", "ok" if latest else "waiting", "none open", latest)


def booking(latest: Happened | None) -> Step:
    """Executions are booked."""
    return _step("booking", "ok" if latest else "waiting", "booked" if latest else "nothing yet", latest)


def _step(name: Name, state: State, word: str, latest: Happened | None) -> Step:
    if latest is None:
        return Step(name, state, word)
    return Step(name, state, word, latest.at, latest.sentence, latest.subject)


def sentence(steps: tuple[Step, ...], lag: int, dead_letters: int) -> str:
    """Is the machine well?"""
    stopped = [each for each in steps if each.state == "stopped"]
    if stopped:
        return f"The way from a price to a trade stands still: {stopped[0].name} {stopped[0].word}."
    if dead_letters:
        waits = (
            "1 job was given up and waits"
            if dead_letters == 1
            else f"{dead_letters} jobs were given up and wait"
        )
        return f"It works; {waits} for you."
    if lag:
        return f"It works; what is shown is {lag:,} {'event' if lag == 1 else 'events'} behind."
    return "Everything works, and nothing is behind."
