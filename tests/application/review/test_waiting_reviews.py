"""What waits for a review is begun at once, and again only when its job must be lost."""

from datetime import timedelta
from uuid import UUID

from application.review.waiting_reviews import LOOKS_BETWEEN, WaitingReviews
from domain.review.subject import Subject
from examples import IN_SESSION

FIRST, SECOND = (Subject(portfolio_id=UUID(int=number), policy_hash="5f" * 32) for number in (1, 2))


def test_each_is_begun_at_the_first_look_and_then_rarely() -> None:
    waiting, begun = [FIRST], list[Subject]()
    asked = list[timedelta]()
    sweep = WaitingReviews(lambda since: asked.append(IN_SESSION - since) or waiting, begun.append)  # type: ignore[func-returns-value]
    sweep(IN_SESSION)
    waiting.append(SECOND)
    for _ in range(LOOKS_BETWEEN - 1):
        sweep(IN_SESSION)
    assert begun == [FIRST, SECOND]
    sweep(IN_SESSION)
    assert begun == [FIRST, SECOND, FIRST]
    waiting.clear()
    sweep(IN_SESSION)
    waiting.append(FIRST)
    sweep(IN_SESSION)
    assert begun[3:] == [FIRST]
    assert set(asked) == {timedelta(days=1)}
