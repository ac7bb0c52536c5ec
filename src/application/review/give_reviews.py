"""Have a model say what it thinks of a subject, once, and store that or why there is nothing.

This is a job of its own, begun after the decision is stored. It writes to the subject's review and nowhere else.
"""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from application.ledger import Cause, Ledger, Transaction
from application.policies import archived
from application.ports import Archives, RunLocks
from application.ports.reviewer import NoAnswer, Reviewer, TokenBudget
from domain.recommendation.events import RecommendationProposed
from domain.refusals import Refusal
from domain.review import decide as rules
from domain.review.opinion import Opinion, read_opinion
from domain.review.question import Question, about_advice, about_policy
from domain.review.subject import Subject
from domain.streams import RECOMMENDATION, REVIEW

log = structlog.get_logger()

ACTOR = "ballast:reviewer"
PAUSE_SECONDS, PAUSE_SECONDS_MAX = 2.0, 20.0
"""How long the second try waits, and at most where the endpoint wants to be left alone."""


@dataclass(frozen=True, slots=True)
class GiveReviews:
    """The use case. ``tokens_a_day`` is what all reviews of a day (UTC) may cost; ``pause`` waits for some seconds."""

    ledger: Ledger
    archives: Archives
    locks: RunLocks
    budget: TokenBudget
    reviewer: Reviewer
    tokens_a_day: int
    pause: Callable[[float], None]

    def __call__(self, subject: Subject) -> None:
        """Review a subject that waits for it; what somebody else reviews just now is left to them."""
        with self.locks.hold(subject.review_id) as held:
            review = self.ledger.load(REVIEW, subject.review_id).state if held else None
            if not held or (review is not None and not review.waits):
                return
            try:
                question = self._question(subject)
            except Refusal as refusal:
                self._store(subject, f"{refusal}", None)
                return
            self.archives.keep(question.hash, question.text)
            self._store(subject, self._outcome(question), question.hash)

    def _question(self, subject: Subject) -> Question:
        policy = archived(self.archives, subject.policy_hash).policy
        if subject.recommendation_id is None:
            return about_policy(policy)
        transaction = Transaction(self.ledger, self._cause(subject))
        stream, _ = transaction.require(RECOMMENDATION, subject.recommendation_id)
        [proposed] = transaction.events_of(stream, [RecommendationProposed.name])
        if not isinstance(proposed.event, RecommendationProposed):
            raise TypeError(f"{proposed.event.name} is no proposal")
        return about_advice(proposed.event, policy)

    def _outcome(self, question: Question) -> Opinion | str:
        """An opinion, or in one sentence why there is none after a second try."""
        try:
            return self._asked(question)
        except NoAnswer as nothing:
            if not nothing.again:
                return str(nothing)
            self.pause(min(nothing.wait_seconds or PAUSE_SECONDS, PAUSE_SECONDS_MAX))
        try:
            return self._asked(question)
        except NoAnswer as nothing:
            return str(nothing)

    def _asked(self, question: Question) -> Opinion:
        """One try, paid for before it is made. Raises NoAnswer."""
        day = self.ledger.clock().date()
        reserved = self.reviewer.tokens_max(question.system, question.user)
        if not self.budget.reserve(day, reserved, self.tokens_a_day):
            raise NoAnswer(f"The day's {self.tokens_a_day} tokens are spent.", again=False)
        answered = self.reviewer.ask(question.system, question.user)
        if answered.tokens is not None and 0 < answered.tokens < reserved:
            self.budget.settle(day, reserved, answered.tokens)
        try:
            opinion = read_opinion(answered.text)
        except ValueError as error:
            raise NoAnswer(f"{self.reviewer.model} answered, and {error}.", again=True) from None
        return opinion.model_copy(
            update={"notes": tuple(question.aliases.back(each) for each in opinion.notes)}
        )

    def _store(self, subject: Subject, outcome: Opinion | str, prompt_hash: str | None) -> None:
        def decide(transaction: Transaction) -> None:
            stream = transaction.load(REVIEW, subject.review_id)
            model = self.reviewer.model
            if isinstance(outcome, Opinion):
                events = rules.give(stream.state, subject, outcome, model, prompt_hash or "")
            else:
                events = rules.miss(stream.state, subject, outcome, model, prompt_hash)
            if events:
                transaction.append(stream, events)
                log.info("review.concluded", review_id=str(subject.review_id), sentence=events[0].sentence())

        self.ledger.transact(self._cause(subject), decide)

    def _cause(self, subject: Subject) -> Cause:
        return Cause(actor=ACTOR, correlation_id=subject.review_id, run_id=self.ledger.run_id())
