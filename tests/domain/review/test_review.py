"""A review is concluded once for each time that somebody asks."""

from uuid import UUID

from domain.review.decide import ask, give, miss
from domain.review.events import ReviewAsked, ReviewGiven, ReviewMissed
from domain.review.opinion import Opinion
from domain.review.state import Review, evolve
from domain.review.subject import Subject

ADVICE = Subject(portfolio_id=UUID(int=1), policy_hash="5f" * 32, recommendation_id=UUID(int=2))
DRAFT = Subject(portfolio_id=UUID(int=1), policy_hash="5f" * 32)
FINE = Opinion(verdict="PASS", notes=("Fine.",))


def test_what_is_concluded_is_so_until_somebody_asks_again() -> None:
    [given] = give(None, ADVICE, FINE, "tiny-1", "6e" * 32)
    review = evolve(None, given)
    assert give(review, ADVICE, FINE, "tiny-1", "6e" * 32) == []
    assert miss(review, ADVICE, "Slow.", "tiny-1", None) == []
    [asked] = ask(review, ADVICE)
    waiting = evolve(review, asked)
    assert ask(waiting, ADVICE) == []
    [missed] = miss(waiting, ADVICE, "Slow.", "tiny-1", None)
    assert isinstance(missed, ReviewMissed)
    assert evolve(waiting, missed) == review == Review(ADVICE.review_id, ADVICE, waits=False)


def test_sentences_say_whose_opinion_it_is_and_quote_none_of_it() -> None:
    [given] = give(None, ADVICE, FINE, "tiny-1", "6e" * 32)
    [asked] = ask(None, DRAFT)
    [missed] = miss(None, DRAFT, "The day's 100 tokens are spent.", "tiny-1", None)
    assert isinstance(given, ReviewGiven)
    assert isinstance(asked, ReviewAsked)
    assert [each.sentence() for each in (given, asked, missed)] == [
        "tiny-1 says PASS of the recommendation: an opinion, which decides nothing.",
        "Asked for a review of the policy 5f5f5f5f.",
        "No verdict on the policy 5f5f5f5f: The day's 100 tokens are spent.",
    ]


def test_each_subject_has_a_review_of_its_own() -> None:
    other = DRAFT.model_copy(update={"portfolio_id": UUID(int=3)})
    assert len({each.review_id for each in (ADVICE, DRAFT, other)}) == 3
