"""Ask for a review because a person wants one; a job then asks the model."""

from dataclasses import dataclass
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from domain.refusals import Conflict
from domain.review import decide as rules
from domain.review.state import Review
from domain.review.subject import Subject
from domain.streams import PORTFOLIO, RECOMMENDATION, REVIEW


@dataclass(frozen=True, slots=True)
class AskForReview:
    """The use cases. ``enabled`` says whether there is a model to be asked."""

    ledger: Ledger
    enabled: bool

    def of_advice(self, cause: Cause, recommendation_id: UUID) -> Outcome[Review]:
        """Of a policy's recommendation, open or not. Raises Conflict where no model is configured."""

        def decide(transaction: Transaction) -> Review:
            _, advised = transaction.require(RECOMMENDATION, recommendation_id)
            if advised.policy_hash is None:
                raise Conflict("It follows a position's settings and no policy; there is nothing to review.")
            subject = Subject(
                portfolio_id=advised.portfolio_id,
                policy_hash=advised.policy_hash,
                recommendation_id=recommendation_id,
            )
            return self._ask(transaction, subject)

        return self.ledger.transact(cause, decide)

    def of_draft(self, cause: Cause, portfolio_id: UUID) -> Outcome[Review]:
        """Of a portfolio's draft. Raises Conflict where there is none, or no model is configured."""

        def decide(transaction: Transaction) -> Review:
            _, portfolio = transaction.require(PORTFOLIO, portfolio_id)
            if portfolio.draft is None:
                raise Conflict("There is no draft to review.")
            subject = Subject(portfolio_id=portfolio_id, policy_hash=portfolio.draft.policy_hash)
            return self._ask(transaction, subject)

        return self.ledger.transact(cause, decide)

    def _ask(self, transaction: Transaction, subject: Subject) -> Review:
        if not self.enabled:
            raise Conflict(
                "No model is configured that could be asked; set BALLAST_LLM_URL and BALLAST_LLM_MODEL."
            )
        stream = transaction.load(REVIEW, subject.review_id)
        return transaction.append(stream, rules.ask(stream.state, subject))
