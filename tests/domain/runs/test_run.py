"""A run from its request to its end: once for a slot, begun again after a death, over once."""

from datetime import timedelta

import pytest

from domain.runs import decide as rules
from domain.runs.decide import ATTEMPTS_MAX, Result, run_of
from domain.runs.events import RunEnded, RunStarted
from example_run_events import HASH, LATER_AT, RUN_ID, SLOT, requested, run
from stories import AT, PORTFOLIO_ID

DONE = Result("success", "Done.")


def started(attempt: int = 1) -> RunStarted:
    """A worker began with it."""
    return RunStarted(
        run_id=RUN_ID, kind="reconciliation", portfolio_id=PORTFOLIO_ID, attempt=attempt, started_at=AT
    )


def ended() -> RunEnded:
    """It came to its end."""
    [event] = rules.end(run.given(requested(), started()).state, DONE, HASH)
    assert isinstance(event, RunEnded)
    return event


def test_a_slot_has_one_run_whoever_asks_for_it() -> None:
    """Its id is that of portfolio, kind and slot, in whatever zone the slot is written."""
    id_ = run_of(PORTFOLIO_ID, "backup", SLOT)
    assert id_ == run_of(PORTFOLIO_ID, "backup", SLOT)
    others = [
        run_of(None, "backup", SLOT),
        run_of(PORTFOLIO_ID, "retention", SLOT),
        run_of(PORTFOLIO_ID, "backup", SLOT + timedelta(microseconds=1)),
    ]
    assert len({id_, *others}) == 4


def test_what_was_asked_for_is_asked_for_once() -> None:
    assert rules.request(None, requested()) == [requested()]
    run.given(requested()).when(lambda state: rules.request(state, requested())).then_nothing()
    run.given(requested(), started(), ended()).when(
        lambda state: rules.request(state, requested())
    ).then_nothing()


def test_it_begins_and_ends_with_what_it_came_to() -> None:
    after = run.given(requested()).when(lambda state: rules.start(state, AT)).then(started())
    assert (after.state.status, after.state.attempts, after.state.is_over) == ("running", 1, False)
    over = after.when(lambda state: rules.end(state, DONE, HASH)).then(
        RunEnded(
            run_id=RUN_ID,
            kind="reconciliation",
            portfolio_id=PORTFOLIO_ID,
            status="success",
            summary="Done.",
            started_at=AT,
            snapshot_hash=HASH,
            policy_hash=None,
            recommendation_id=None,
        )
    )
    assert (over.state.status, over.state.is_over) == ("success", True)


def test_what_is_over_stays_over() -> None:
    over = run.given(requested(), started(), ended())
    over.when(lambda state: rules.start(state, LATER_AT)).then_nothing()
    over.when(lambda state: rules.end(state, Result("failed", "Too late."))).then_nothing()


def test_who_died_is_followed_by_another_and_the_run_began_with_the_first() -> None:
    again = run.given(requested(), started()).when(lambda state: rules.start(state, LATER_AT))
    after = again.then(started().model_copy(update={"attempt": 2, "started_at": LATER_AT}))
    assert after.state.started_at == AT


def test_what_never_comes_to_an_end_fails_in_the_end() -> None:
    """A run that kills every worker is not given to workers for ever."""
    begun = run.given(requested(), *(started(number) for number in range(1, ATTEMPTS_MAX + 1)))
    over = begun.when(lambda state: rules.start(state, LATER_AT)).then_kinds(RunEnded)
    assert over.state.status == "failed"


def test_a_run_of_the_house_is_done_for_no_portfolio() -> None:
    of_house = run.given(requested(portfolio_id=None)).state
    with pytest.raises(ValueError, match="for no portfolio"):
        _ = of_house.portfolio
