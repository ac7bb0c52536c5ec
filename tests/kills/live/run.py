"""Rounds of the story in which parts die at random, and what they come to."""

import json
import random
import shutil
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from kills.live.checks import differences
from kills.live.deaths import TARGETS
from kills.live.ledger import books
from kills.live.recovery import Recovery
from kills.live.story import Story, told
from kills.programs import Broken, run

VOLLEY_WEIGHTS = {1: 0.6, 2: 0.3, 3: 0.1}
"""How many die in a row before it is waited for that everything works again."""

PAUSE_SECONDS_MAX = 1.0
DIFFERENCES_SHOWN = 20
Say = Callable[[str], None]


@dataclass
class Toll:
    """What died, and the seconds from each death until everything worked again."""

    deaths: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    called: int = 0
    """How often a person had to send an order once more."""

    def __str__(self) -> str:
        """The figures, in a line."""
        if not self.seconds:
            return "nothing died"
        median, longest = statistics.median(self.seconds), max(self.seconds)
        parts = ", ".join(f"{name} {count}" for name, count in sorted(self.deaths.items()))
        recovery = f"recovery median {median:.1f} s, at most {longest:.1f} s"
        return f"{len(self.seconds)} kills ({parts}), {recovery}, a person called {self.called} times"


def volley(story: Story, recovery: Recovery, names: Sequence[str], chance: random.Random, toll: Toll) -> str:
    """Let some parts die one after the other and wait until all is well; answers what happened."""
    died: list[tuple[str, datetime]] = []
    for name in names:
        if died:
            time.sleep(chance.uniform(0, PAUSE_SECONDS_MAX))
        said = story.deaths.strike(name)
        if said is not None:
            died.append((said, datetime.now(UTC)))
            toll.deaths[name] += 1
    if not died:
        return "nothing, it was dead already"
    well = recovery.after(died[-1][1])
    seconds = [(well - at).total_seconds() for _, at in died]
    toll.seconds += seconds
    return f"{' then '.join(said for said, _ in died)}: all is well after {max(seconds):.1f} s"


def one_round(data: Path, seed: int, kills: int, until: float, toll: Toll, say: Say) -> None:
    """Tell the story once while so many parts die, and verify everything. Raises Broken."""
    chance = random.Random(seed)
    before = len(toll.seconds)
    with told(data, seed) as story:
        recovery = Recovery(story)
        recovery.after(datetime.now(UTC))
        say(f"round with seed {seed}: everything trades")
        wishes = [story.person.pay_dividends, story.person.split_shares]
        while (done := len(toll.seconds) - before) < kills and time.monotonic() < until:
            time.sleep(chance.uniform(0, PAUSE_SECONDS_MAX))
            story.person.deposit()
            if wishes and done >= kills / 3 * (3 - len(wishes)):
                wishes.pop(0)()
            count = chance.choices([*VOLLEY_WEIGHTS], [*VOLLEY_WEIGHTS.values()])[0]
            names = chance.sample(TARGETS, min(count, kills - done))
            say(volley(story, recovery, names, chance, toll))
        for wish in wishes:
            wish()
        finish(story, recovery)
        toll.called += story.person.called
        say(f"verified: {story.told()}")


def finish(story: Story, recovery: Recovery) -> None:
    """Let everything come to its end, and verify it. Raises Broken."""
    story.desk.recover()
    story.investor.enough()
    recovery.rested()
    story.market.stop()
    recovery.settled()
    _compare(story)
    recovery.settled()
    for each in story.busy:
        each.stop()
    with books(story.up.data) as found:
        wrong = differences(story, found)
    verification = run(story.up.data, "verify", "--json")
    wrong += [f"verifying found {each}" for each in verification["differences"]]
    for model in run(story.up.data, "rebuild", "--json"):
        if not model["equal"]:
            wrong.append(f"rebuilding corrected something: {model}")
    if wrong:
        raise Broken("\n  ".join(["the books differ:", *wrong[:DIFFERENCES_SHOWN]]))


def rounds(
    folder: Path, seed: int, kills: int, until: float, toll: Toll, say: Say, each_round: int = 25
) -> None:
    """Round after round until enough have died. Raises Broken."""
    number = 0
    while len(toll.seconds) < kills and time.monotonic() < until:
        data = folder / f"live-{number}"
        left = kills - len(toll.seconds)
        try:
            one_round(data, seed + number, min(each_round, left), until, toll, say)
        except Broken as broken:
            raise Broken(f"in the round with seed {seed + number}: {broken}") from None
        say(f"so far {toll}")
        shutil.rmtree(data)
        number += 1


def _compare(story: Story) -> None:
    path = f"/portfolios/{story.accounts.alpaca.portfolio_id}/reconcile"
    answer = story.requests.acknowledged("POST", path, b"")
    if answer.get("differences") or not answer.get("clean", True):
        raise Broken(f"the last comparison with Alpaca found {json.dumps(answer)[:600]}")
