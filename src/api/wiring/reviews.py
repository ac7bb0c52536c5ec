"""What has a model give its opinion, made of the adapters that it needs; without a model, asking is refused."""

import time
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from adapters.outbound.client import Outbound
from adapters.postgres.review_tokens import PostgresReviewTokens
from adapters.reviewer.chat_completions import ANSWER_BYTES_MAX, ChatReviewer, with_home
from api.wiring.notifying import Notifying
from application.review.ask_for_review import AskForReview
from application.review.give_reviews import GiveReviews
from application.review.waiting_reviews import WaitingReviews
from domain.review.opinion import SCHEMA
from domain.review.subject import Subject
from projections import reviews


class Reviews(Notifying):
    """Reviews, and what begins them."""

    @cached_property
    def reviewers_line(self) -> Outbound:
        """The way to the model: to nothing else, and never with more than an opinion coming back."""
        return Outbound(with_home(self.outbound_policy), ANSWER_BYTES_MAX)

    @cached_property
    def give_reviews(self) -> GiveReviews | None:
        configured = self.reviewing
        if configured is None:
            return None
        key = configured.key
        reviewer = ChatReviewer(
            self.reviewers_line,
            configured.url,
            configured.model,
            lambda: None if key is None else key.get_secret_value(),
            SCHEMA,
            configured.seconds_max,
        )
        return GiveReviews(
            self.ledger,
            self.archives,
            self.run_locks,
            PostgresReviewTokens(self.house_pool),
            reviewer,
            configured.tokens_a_day,
            time.sleep,
        )

    @cached_property
    def ask_for_review(self) -> AskForReview:
        return AskForReview(self.ledger, enabled=self.reviewing is not None)

    @cached_property
    def waiting_reviews(self) -> Sequence[WaitingReviews]:
        """The outbox's sweep for reviews, none where there is no model."""
        return [] if self.reviewing is None else [WaitingReviews(self.unreviewed, self.jobs.review)]

    def unreviewed(self, since: datetime) -> Sequence[Subject]:
        with self.pool.connection() as connection:
            return reviews.waiting(connection, since)
