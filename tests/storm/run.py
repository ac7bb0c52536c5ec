"""Bad days at the broker's, seed after seed: everything fails, and the books must come out right.

    python tests/storm/run.py                      # a thousand seeds, and a million broker events
    python tests/storm/run.py --seeds 100 --first 1
    python tests/storm/run.py --seeds 1 --first 51 --shrink

Each seed has a database of its own and leaves the same log whenever it runs. A seed that breaks a promise is printed
with the command that repeats it; ``--shrink`` looks for the steps that are enough to break it. Exit code 1 if any did.
Without ``--seeds`` it goes on until there were enough of both.
"""

import argparse
import itertools
import os
import signal
import sys
import time
import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # run as a program, it finds what the tests find

import structlog

from scratch import keep_in_memory, servers
from storm.databases import template
from storm.scenario import STEPS
from storm.seeds import breaks, shrunk, weather_out
from storm.totals import Result, Total, Wanted

SEEDS_PROMISED = 1_000
EVENTS_PROMISED = 1_000_000
REPORT_SECONDS = 30.0
REBUILD_EVERY_SEEDS = 10
AHEAD = 4
"""How many seeds a process are begun before the first of them has ended: some take ten times as long as others."""


def main() -> int:
    """Run all seeds; answers the exit code."""
    options = _options()
    keep_in_memory()
    _be_quiet()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # told to end, it stops its servers too
    began = said = time.monotonic()
    total, broken = Total(), 0
    wanted = Wanted(SEEDS_PROMISED, EVENTS_PROMISED) if options.seeds is None else Wanted(options.seeds, 0)
    with servers("ballast-storm-") as opened, template(opened.database_url) as copied_from:
        for result in _results(options, opened.database_url, copied_from):
            if result.calm is not None:
                total.add(result.seed, result.calm)
            else:
                broken += 1
                _say(f"BROKEN with seed {result.seed}: {result.broken}")
                _say(f"  again: {_command(options, result.seed)}")
                if options.shrink:
                    _shrink(options, result, opened.database_url, copied_from)
                if options.until_broken:
                    break
            if time.monotonic() - said > REPORT_SECONDS:
                said = time.monotonic()
                _say(f"{total.sentence(said - began)}; {wanted.left(total, said - began)}")
            if wanted.reached(total, broken):
                break
    _say(total.sentence(time.monotonic() - began))
    _say(f"hash of their logs: {total.log_hash()}")
    _say(f"BROKEN: {broken} seeds" if broken else "every promise was kept")
    return 1 if broken else 0


def _results(options: argparse.Namespace, database_url: str, copied_from: str) -> Iterator[Result]:
    """The seeds' results in their order, so that the same command comes to the same seeds."""
    first, many = options.first, options.seeds
    seeds: Iterator[int] = itertools.count(first) if many is None else iter(range(first, first + many))
    if options.processes == 1:
        for seed in seeds:
            yield _result(seed, options.steps, database_url, copied_from)
        return
    pool = ProcessPoolExecutor(options.processes, initializer=_be_quiet)
    asked: deque[Future[Result]] = deque()

    def ask(seeds: Iterable[int]) -> None:
        asked.extend(pool.submit(_result, each, options.steps, database_url, copied_from) for each in seeds)

    try:
        ask(itertools.islice(seeds, AHEAD * options.processes))
        while asked:
            yield asked.popleft().result()
            ask(itertools.islice(seeds, 1))
    finally:
        pool.shutdown(cancel_futures=True)


def _result(seed: int, steps: int, database_url: str, copied_from: str) -> Result:
    rebuild = seed % REBUILD_EVERY_SEEDS == 0
    try:
        calm = weather_out(seed, database_url, copied_from, steps=steps, rebuild=rebuild)
    except Exception as error:  # noqa: BLE001  # whatever it is, this seed has found it
        where = traceback.extract_tb(error.__traceback__)[-1]
        return Result(
            seed, None, f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
        )
    return Result(seed, calm, None)


def _shrink(options: argparse.Namespace, result: Result, database_url: str, copied_from: str) -> None:
    kind = (result.broken or "").partition(":")[0]

    def still_breaks(left_out: AbstractSet[int]) -> bool:
        found = breaks(result.seed, database_url, copied_from, steps=options.steps, left_out=left_out)
        return found is not None and found.startswith(kind)

    steps = shrunk(options.steps, still_breaks, _say)
    _say(f"  enough to break seed {result.seed}: steps {steps}")


def _command(options: argparse.Namespace, seed: int) -> str:
    return f'make storm ARGS="--seeds 1 --first {seed} --steps {options.steps}"'


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Bad days at the broker's, seed after seed.")
    parser.add_argument("--seeds", type=int, help="how many; as many as were promised if this is not said")
    parser.add_argument("--first", type=int, default=1, help="the first of them")
    parser.add_argument("--steps", type=int, default=STEPS, help="how long each lasts")
    parser.add_argument(
        "--processes",
        type=int,
        default=os.cpu_count() or 1,
        help="how many seeds at once; one for each processor",
    )
    parser.add_argument("--until-broken", action="store_true", help="stop at the first that breaks")
    parser.add_argument(
        "--shrink", action="store_true", help="look for the steps that are enough to break it"
    )
    return parser.parse_args()


def _be_quiet() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a worker that is told to end need not tidy up
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))


def _say(sentence: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
