"""After the storm: no process dies, everything arrives, and in the end both sides must have the same books."""

from dataclasses import dataclass
from datetime import timedelta

from storm.checks import log_hash, require_agreement, require_books, require_rebuild
from storm.steps import Storm
from storm.sums import Broken

ROUNDS_MAX = 60
JOBS_MAX = 1_000
PAUSE = timedelta(seconds=20)
"""Longer than any patience of the sweeps with a portfolio that is not reconciled."""

LONG = timedelta(minutes=6)


@dataclass(frozen=True)
class Calm:
    """What a seed came to."""

    log_hash: str
    events: int
    broker_events: int
    deliveries: int
    crashes: int
    overtaken: int
    overdrawn: int
    orders: int
    executions: int
    sent: int
    lines: int
    """How many lines of advice became orders."""


def calm_down(storm: Storm, *, rebuild: bool = False) -> Calm:
    """Let everything come to rest, and require that all agrees. Raises Broken."""
    _stop(storm)
    _come_to_rest(storm)
    storm.clock.now += LONG  # a comparison hears of what was lost for good, and that may call for a person
    _come_to_rest(storm)
    storm.clock.now += LONG
    _round(storm)
    if not _is_calm(storm):
        raise Broken(f"it does not stay at rest: {_unrest(storm)}")
    with storm.world.pool.connection() as connection:
        require_books(connection, storm.audit)
        require_agreement(connection, storm.audit, storm.exchanges)
        if rebuild:
            require_rebuild(connection, storm.processes[0].house.log)
        return _report(storm, log_hash(connection))


def _come_to_rest(storm: Storm) -> None:
    for _ in range(ROUNDS_MAX):
        if _round(storm) and _is_calm(storm):
            return
    raise Broken(f"it does not come to rest: {_unrest(storm)}")


def _stop(storm: Storm) -> None:
    storm.moments.calm = True
    storm.chance.seed(f"{storm.scenario.seed}|calm")
    for line in storm.lines.values():
        line.calm = True
        line.arrive(all_of_them=True)
    for post in storm.posts:
        post.calm = True
        if not storm.scenario.weather.lost_for_good:
            post.waiting.extend(post.dropped)


def _round(storm: Storm) -> bool:
    """Everybody does everything that there is to do; answers whether there was little."""
    storm.clock.now += PAUSE
    process = storm.processes[0]
    for name, exchange in storm.exchanges.items():
        for order in exchange.open_orders:
            storm.floors[name].fill(order, whole=True)
    while storm.postman.deliver(process, anyway=True):
        pass
    storm.person.lift_freezes(process.house)
    storm.person.mend(process.house)
    storm.investor.mend(process.house)
    storm.investor.let_be(process.house)
    process.follow()
    process.sweep()
    jobs = storm.work(process, JOBS_MAX, [])
    if jobs == JOBS_MAX:
        raise Broken("there is no end of jobs")
    process.follow()
    storm.catch_up()
    return True


def _is_calm(storm: Storm) -> bool:
    return not any(_unrest(storm).values())


def _unrest(storm: Storm) -> dict[str, object]:
    """What is still going on."""
    audit = storm.audit
    with storm.world.pool.connection() as connection:
        waiting = connection.execute(
            "select number, source, attempts, problem, next_try_at from inbox where booked_at is null"
        ).fetchall()
        advice = connection.execute(
            "select recommendation_id, status from recommendations"
            " where is_placing or status in ('proposed', 'approved', 'executed_partial')"
        ).fetchall()
        runs = connection.execute("select run_id from runs_progress where ended_at is null").fetchall()
        latest = storm.processes[0].house.reconciliations.latest()
    now = storm.clock.now
    return {
        "messages that wait, or were given up": waiting,
        "open at the broker": [
            each for exchange in storm.exchanges.values() for each in exchange.open_orders
        ],
        "open on the books": [each for each in audit.orders.values() if each.ended is None],
        "advice that is not over": advice,
        "runs that have not ended": runs,
        "frozen": [each for each, frozen in audit.frozen.items() if frozen],
        "not reconciled": [each for each in audit.accounts if not audit.reconciled.get(each)],
        "not compared of late": [
            each
            for each in audit.accounts
            if each not in latest or not latest[each][1] or now - latest[each][0] > LONG
        ],
        "jobs": [job for job in storm.queue.waiting if job.actor != "wake"],
    }


def _report(storm: Storm, hashed: str) -> Calm:
    exchanges = storm.exchanges.values()
    return Calm(
        log_hash=hashed,
        events=storm.audit.number,
        broker_events=sum(exchange.events for exchange in exchanges),
        deliveries=storm.postman.deliveries,
        crashes=storm.counts["crashes"],
        overtaken=sum(storm.moments.overtaken.values()),
        overdrawn=storm.audit.overdrawn,
        orders=sum(len(exchange.orders) for exchange in exchanges),
        executions=sum(len(exchange.executions) for exchange in exchanges),
        sent=storm.sending.attempts,
        lines=storm.audit.advice.lines,
    )
