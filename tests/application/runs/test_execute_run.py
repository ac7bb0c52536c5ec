"""A run is carried out once, by one worker at a time; whatever becomes of its work, it has an end."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import psycopg
import pytest

from api.wiring import House
from application import portfolios
from application.ledger import Cause
from domain.policy.canonical import Json, canonical, digest
from domain.refusals import Conflict
from domain.runs.decide import ATTEMPTS_MAX, Result
from domain.runs.state import Run
from examples import IN_SESSION, Opened, by_hand, open_example
from projections.catalogue import BY_NAME
from projections.rebuild import Rebuild

from .asked_runs import Doing, by_person, ended, executing, run_of, scheduled

SLOT = IN_SESSION.replace(minute=0)


@pytest.fixture
def opened(house: House) -> Opened:
    """A portfolio to do runs for."""
    house.ledger.clock = lambda: IN_SESSION
    return open_example(house)


def unattended(house: House) -> list[UUID]:
    """The runs that nobody is carrying out."""
    return [run_id for _, run_id in house.asked_runs.unattended()]


def raising(error: BaseException) -> Callable[[Run], Result]:
    """A work that ends in an error."""

    def work(_: Run) -> Result:
        raise error

    return work


def test_it_is_done_once_and_says_what_it_came_to(house: House, opened: Opened) -> None:
    """Carried out again, nothing happens."""
    work = Doing(lambda _: Result("no_action", "Nothing had changed."))
    run_id = scheduled(house, opened.portfolio_id, SLOT)
    execute = executing(house, work)
    assert [execute(run_id), execute(run_id)] == [run_of(house, run_id)] * 2
    assert [each.id for each in work.done] == [run_id]
    assert ended(house, run_id) == ("no_action", "Nothing had changed.")


def test_asked_for_again_a_slot_has_its_run_already(house: House, opened: Opened) -> None:
    """Twenty schedulers at once: one event."""
    with ThreadPoolExecutor(8) as schedulers:
        ids = {*schedulers.map(lambda _: scheduled(house, opened.portfolio_id, SLOT), range(20))}
    assert len(ids) == 1
    with house.pool.connection() as connection:
        rows = connection.execute("select from stored_events where topic = 'run.requested.1'").fetchall()
    assert len(rows) == 1


def test_two_workers_do_not_do_it_at_once(
    house: House, opened: Opened, new_house: Callable[[], House]
) -> None:
    """The second finds it attended to, and so does the sweep; afterwards it is over."""
    begun, go_on = threading.Event(), threading.Event()

    def slowly(_: Run) -> Result:
        begun.set()
        assert go_on.wait(20)
        return Result("success", "Slow, but done.")

    run_id, other = scheduled(house, opened.portfolio_id, SLOT), Doing()
    waiting = by_person(house, opened.portfolio_id)
    with ThreadPoolExecutor(1) as worker:
        slow = worker.submit(executing(house, slowly), run_id)
        assert begun.wait(20)
        assert executing(new_house(), other)(run_id) is None
        assert unattended(house) == [waiting]
        go_on.set()
        assert slow.result() == run_of(house, run_id)
    assert other.done == []
    assert ended(house, run_id) == ("success", "Slow, but done.")
    assert unattended(house) == [waiting]


def test_of_many_that_wait_some_are_answered_at_a_time_and_then_those_behind_them(
    house: House, opened: Opened
) -> None:
    asked = [scheduled(house, opened.portfolio_id, SLOT + timedelta(minutes=number)) for number in range(5)]
    first = house.asked_runs.unattended(limit=2)
    second = house.asked_runs.unattended(first[-1][0], limit=2)
    executing(house, Doing())(asked[4])
    assert [run_id for _, run_id in (*first, *second)] == asked[:4]
    assert house.asked_runs.unattended(second[-1][0], limit=2) == []


def test_a_worker_that_dies_leaves_it_to_the_next(house: House, opened: Opened) -> None:
    """Its lock is given up with its session; the run began when the first began with it."""
    run_id = scheduled(house, opened.portfolio_id, SLOT)
    with pytest.raises(KeyboardInterrupt):
        executing(house, raising(KeyboardInterrupt()))(run_id)
    assert run_of(house, run_id).status == "running"
    assert unattended(house) == [run_id]
    again = Doing()
    executing(house, again)(run_id)
    assert [each.attempts for each in again.done] == [2]
    assert ended(house, run_id) == ("success", "Done.")


def test_what_kills_every_worker_fails_in_the_end(house: House, opened: Opened) -> None:
    run_id = scheduled(house, opened.portfolio_id, SLOT)
    for _ in range(ATTEMPTS_MAX):
        with pytest.raises(KeyboardInterrupt):
            executing(house, raising(KeyboardInterrupt()))(run_id)
    executing(house, work := Doing())(run_id)
    assert work.done == []
    assert ended(house, run_id) == ("failed", "It was begun 5 times and never came to an end.")


@pytest.mark.parametrize(
    ("error", "summary"),
    [
        (Conflict("The broker is closed for good."), "The broker is closed for good."),
        (ZeroDivisionError("secret"), "Something went wrong here; the worker's log says what."),
    ],
)
def test_work_that_fails_says_so_in_a_sentence(
    house: House, opened: Opened, error: Exception, summary: str
) -> None:
    """A refusal in its own words, anything else in none of its own."""
    run_id = scheduled(house, opened.portfolio_id, SLOT)
    executing(house, raising(error))(run_id)
    assert ended(house, run_id) == ("failed", summary)


def test_what_passes_by_itself_does_not_end_a_run(house: House, opened: Opened) -> None:
    """The database was away for a moment: another attempt is made."""
    run_id = scheduled(house, opened.portfolio_id, SLOT)
    with pytest.raises(psycopg.OperationalError):
        executing(house, raising(psycopg.OperationalError("gone")))(run_id)
    assert run_of(house, run_id).status == "running"
    executing(house, Doing())(run_id)
    assert ended(house, run_id) == ("success", "Done.")


def test_a_freeze_stops_what_a_schedule_wants_and_the_work_is_not_asked(house: House, opened: Opened) -> None:
    portfolios.freeze(house.ledger, by_hand(house), opened.portfolio_id, "Wait.")
    for kind in ("price_refresh", "reconciliation", "dividends"):
        run_id = scheduled(house, opened.portfolio_id, SLOT, kind)
        executing(house, work := Doing(), kind)(run_id)
        assert work.done == []
        assert ended(house, run_id) == ("blocked_frozen", "The portfolio is frozen, and nothing was done.")


def test_while_frozen_a_person_gets_what_only_books(house: House, opened: Opened) -> None:
    """A comparison and a dividend book what has happened; asking a provider for prices is stopped."""
    portfolios.freeze(house.ledger, by_hand(house), opened.portfolio_id, "Wait.")
    endings = {}
    for kind in ("price_refresh", "reconciliation", "dividends"):
        run_id = by_person(house, opened.portfolio_id, kind)
        executing(house, Doing(), kind)(run_id)
        endings[kind] = ended(house, run_id)[0]
    assert endings == {"price_refresh": "blocked_frozen", "reconciliation": "success", "dividends": "success"}


def test_the_house_is_never_frozen(house: House, opened: Opened) -> None:
    portfolios.freeze(house.ledger, by_hand(house), opened.portfolio_id, "Wait.")
    run_id = scheduled(house, None, SLOT, "backup")
    executing(house, Doing(), "backup")(run_id)
    assert ended(house, run_id)[0] == "success"


def test_its_input_is_kept_once_under_its_hash(house: House, opened: Opened) -> None:
    """Two runs of the same input name the same hash."""
    snapshot: dict[str, Json] = {"cash": Decimal("512.440"), "as_of": IN_SESSION}
    execute = executing(house, Doing(lambda _: Result("success", "Done.", snapshot)))
    ids = [by_person(house, opened.portfolio_id), by_person(house, opened.portfolio_id)]
    for run_id in ids:
        execute(run_id)
    assert house.run_inputs.content(digest(snapshot)) == canonical(snapshot)
    with house.pool.connection() as connection:
        named = connection.execute("select distinct snapshot_hash from runs_progress").fetchall()
        kept = connection.execute("select hash from run_inputs").fetchall()
    assert [row["snapshot_hash"] for row in named] == [row["hash"] for row in kept] == [digest(snapshot)]


def test_what_it_does_by_itself_is_recorded_under_it(house: House, opened: Opened) -> None:
    """Beside it everything has a run id of its own again."""

    def work(run: Run) -> Result:
        assert house.ledger.run_id() == run.id
        cause = Cause("ballast:test", house.ledger.run_id(), run_id=house.ledger.run_id())
        portfolios.freeze(house.ledger, cause, run.portfolio, "The work said so.")
        return Result("success", "Froze it.")

    run_id = by_person(house, opened.portfolio_id)
    executing(house, work)(run_id)
    assert house.ledger.run_id() != run_id
    frozen = house.log.newest(opened.portfolio_id, "portfolio.frozen.1")
    assert frozen is not None
    assert frozen.metadata.run_id == run_id


def test_given_up_it_has_failed_with_the_reason(house: House, opened: Opened) -> None:
    run_id = by_person(house, opened.portfolio_id)
    house.execute_run.fail(run_id, "It took too long.")
    assert ended(house, run_id) == ("failed", "It took too long.")
    house.execute_run.fail(run_id, "And again.")
    assert ended(house, run_id) == ("failed", "It took too long.")


def test_runs_are_rebuilt_as_they_are(house: House, opened: Opened) -> None:
    for kind in ("price_refresh", "reconciliation"):
        executing(house, Doing())(scheduled(house, opened.portfolio_id, SLOT, kind))
    scheduled(house, opened.portfolio_id, SLOT.replace(hour=3))
    with house.pool.connection() as connection:
        [found] = Rebuild(connection, house.log, [BY_NAME["runs"]]).run(lambda step, done, total: None)
    assert found.equal
    assert found.rows == 6


def test_a_kind_that_this_program_cannot_do_fails(house: House, opened: Opened) -> None:
    """A newer one may have asked for it."""
    run_id = by_person(house, opened.portfolio_id, "monthly")
    replace(house.execute_run, works={})(run_id)
    assert ended(house, run_id) == ("failed", "Ballast cannot do a monthly allocation yet.")
