"""Kill Ballast's processes at random during a replay, and verify that the books come out the same.

    python tests/kills/run.py --seed 7 --kills 40 --rows 1500 --minutes 15
    python tests/kills/run.py --live --seed 7 --kills 40 --minutes 15
    python tests/kills/run.py --month --seed 7 --minutes 5

One replay runs undisturbed. The same one then runs again and again, alone and under ``ballast up``, while
its processes are killed with SIGKILL. Afterwards its summary, its events and every row of every table must be
what they were undisturbed, and ``ballast rebuild`` must find nothing to correct. Exit code 1 if not.

With ``--live`` prices are posted to ``ballast up`` instead, orders go to three brokers, of positions and of approved
advice, and what they know is compared with the books; see ``kills.live``. With ``--month`` schedulers and workers die
while a month goes by in these minutes, and every slot of its schedules must have one run; see ``kills.month``.
"""

import argparse
import difflib
import itertools
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # run as a program, it finds what the tests find

from adapters.embedded.servers import open_servers
from kills.canonical import canonical
from kills.programs import Broken, run
from kills.rounds import Round, at_random, begun, finish, summary_of
from price_files import write_prices

SETTINGS = ("tau=0.02", "min_notional=400", "g_low=0.3", "g_high=0.7", "r=0.25")
OPTIONS = ("--cash", "20000", "--shares", "40", "--slippage-bps", "3")
DIFFERENCES_SHOWN = 20


@dataclass(frozen=True)
class Expected:
    """What a replay leaves behind when nobody disturbs it."""

    words: list[str]
    summary: dict[str, Any]
    text: str


def undisturbed(folder: Path, *, rows: int, seed: int) -> Expected:
    """Replay made-up prices in peace; near the end one of them is wrong and freezes the portfolio."""
    file = folder / "WALK.csv"
    write_prices(file, rows=rows, seed=seed, wrong_row=rows * 9 // 10)
    words = [
        "replay",
        str(file),
        "--json",
        *OPTIONS,
        *(word for each in SETTINGS for word in ("--set", each)),
    ]
    data = folder / "undisturbed"
    summary = summary_of(run(data, *words))
    return Expected(words, summary, canonical(data))


def disturbed(folder: Path, expected: Expected, disturb: Callable[[Round], int], *, alone: bool) -> int:
    """Replay once more while ``disturb`` kills, verify everything, and answer its count. Raises Broken."""
    data = folder / ("alone" if alone else "up")
    with begun(data, expected.words, alone=alone) as round_:
        killed = disturb(round_)
        summary = finish(round_)
        if not alone:
            _verify_rebuild(data)
    if alone:
        _verify_rebuild(data)
    text = canonical(data)
    if summary != expected.summary:
        raise Broken(f"the summary is {summary} instead of {expected.summary}")
    if text != expected.text:
        raise Broken(f"the books differ:\n{_differences(expected.text, text)}")
    shutil.rmtree(data)
    return killed


def main() -> int:
    """Run until enough were killed or the time is over; answers the exit code."""
    options = _options()
    folder = Path(tempfile.mkdtemp(prefix="ballast-kills-"))
    if options.month:
        return _month(options, folder)
    return _live(options, folder) if options.live else _replays(options, folder)


def _month(options: argparse.Namespace, folder: Path) -> int:
    """Kill schedulers and workers."""
    from kills.month.run import at_random as whoever
    from kills.month.run import live_through

    print(f"a month, seed {options.seed}: {options.minutes:g} minutes", flush=True)
    seconds = 60 * options.minutes
    try:
        with open_servers(folder, None, None, what="a month of kills") as servers:
            addresses = servers.database_url, servers.redis_url
            killing = whoever(random.Random(options.seed), seconds)
            done = live_through(addresses, timedelta(days=31), seconds, killing)
    except Broken as broken:
        print(f"BROKEN with seed {options.seed}: {broken}\nSee {folder}.")
        return 1
    shutil.rmtree(folder)
    print(f"EQUAL after {done}; and rebuilt the same")
    return 0


def _live(options: argparse.Namespace, folder: Path) -> int:
    """Kill what runs live."""
    from kills.live.run import Toll, rounds

    print(f"live, seed {options.seed}: {options.kills} kills, {options.minutes:g} minutes")
    toll = Toll()
    try:
        rounds(folder, options.seed, options.kills, time.monotonic() + 60 * options.minutes, toll, _say)
    except Broken as broken:
        print(f"BROKEN with seed {options.seed} after {toll}: {broken}\nSee {folder}.")
        return 1
    shutil.rmtree(folder)
    print(f"EQUAL after {toll}: nothing lost, nothing doubled, and rebuilt the same")
    return 0


def _replays(options: argparse.Namespace, folder: Path) -> int:
    """Kill what replays."""
    print(f"seed {options.seed}: {options.kills} kills, {options.rows} rows, {options.minutes:g} minutes")
    until = time.monotonic() + 60 * options.minutes
    chance = random.Random(options.seed)
    done = 0
    try:
        expected = undisturbed(folder, rows=options.rows, seed=options.seed)
        _say(f"undisturbed: {expected.summary}")
        for alone in itertools.cycle((False, True)):
            _say("a replay " + ("alone" if alone else "under ballast up"))
            killing = partial(at_random, chance=chance, kills=options.kills - done, until=until, say=_say)
            done += disturbed(folder, expected, killing, alone=alone)
            if done >= options.kills or time.monotonic() > until:
                break
    except Broken as broken:
        print(
            f"BROKEN with seed {options.seed} after {done} kills in earlier rounds: {broken}\nSee {folder}."
        )
        return 1
    shutil.rmtree(folder)
    print(f"EQUAL after {done} kills: same summary, same events, same rows, and rebuilt the same")
    return 0


def _verify_rebuild(data: Path) -> None:
    for model in run(data, "rebuild", "--json"):
        if not model["equal"]:
            raise Broken(f"rebuilding corrected something: {model}")


def _differences(expected: str, found: str) -> str:
    lines = difflib.unified_diff(
        expected.splitlines(), found.splitlines(), "undisturbed", "disturbed", lineterm="", n=0
    )
    return "\n".join(line[:600] for line in itertools.islice(lines, DIFFERENCES_SHOWN))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Kill processes at random and verify the books.")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--kills", type=int, default=40, help="how many processes to kill")
    parser.add_argument("--live", action="store_true", help="kill what runs live instead of replays")
    parser.add_argument("--month", action="store_true", help="kill what asks for runs and carries them out")
    parser.add_argument("--rows", type=int, default=1500, help="how many prices to replay")
    parser.add_argument("--minutes", type=float, default=15, help="when to stop killing")
    return parser.parse_args()


def _say(sentence: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
