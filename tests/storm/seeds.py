"""One seed from its beginning to its end on a database of its own, and the shortest script that still breaks."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet

from adapters.postgres.pool import open_pool
from storm.calm import Calm, calm_down
from storm.databases import database
from storm.scenario import STEPS, scenario
from storm.steps import Storm

NOTHING: AbstractSet[int] = frozenset()


def weather_out(
    seed: int,
    database_url: str,
    copied_from: str,
    *,
    steps: int = STEPS,
    left_out: AbstractSet[int] = NOTHING,
    rebuild: bool = False,
) -> Calm:
    """One seed, without some of its steps. Raises Broken, or whatever else went wrong."""
    with database(database_url, copied_from) as url:
        pool = open_pool(url, size_max=4)
        try:
            storm = Storm(scenario(seed, steps), url, pool)
            storm.run(left_out)
            return calm_down(storm, rebuild=rebuild)
        finally:
            pool.close()


def breaks(
    seed: int, database_url: str, copied_from: str, *, steps: int, left_out: AbstractSet[int] = NOTHING
) -> str | None:
    """How a seed breaks, in words; None when it does not."""
    try:
        weather_out(seed, database_url, copied_from, steps=steps, left_out=left_out)
    except Exception as error:  # noqa: BLE001  # whatever it is, it breaks
        return f"{type(error).__name__}: {error}"
    return None


def shrunk(
    steps: int, still_breaks: Callable[[AbstractSet[int]], bool], tell: Callable[[str], None]
) -> list[int]:
    """The steps that are needed to break it, as far as leaving out parts of halving size can tell."""
    needed = list(range(1, steps + 1))
    size = max(1, len(needed) // 2)
    while size:
        begin = 0
        while begin < len(needed):
            rest = needed[:begin] + needed[begin + size :]
            if still_breaks(frozenset(range(1, steps + 1)) - set(rest)):
                needed = rest
                tell(f"{len(needed)} steps are enough")
            else:
                begin += size
        size //= 2
    return needed
