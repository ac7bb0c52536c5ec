"""See to a job that was given up: have it tried again, or let it be."""

from dataclasses import dataclass
from uuid import UUID

from application.ports import Clock
from application.ports.dead_letters import Again, DeadLetter, DeadLetters
from domain.refusals import NotFound


@dataclass(frozen=True, slots=True)
class SettleDeadLetters:
    """The use cases with what they need from outside."""

    letters: DeadLetters
    again: Again
    clock: Clock

    def retry(self, letter_id: UUID, by: str) -> DeadLetter:
        """Ask for the job once more. Jobs may run twice, so that one that was asked for meanwhile does no harm.

        It is asked for before it is settled: when the queue is away it goes on waiting. One that fails again comes
        back as another letter. Raises NotFound and QueueAway.
        """
        found = next((each for each in self.letters.waiting() if each.id == letter_id), None)
        if found is None:
            raise NotFound("dead letter", letter_id)
        self.again(found.job, found.arguments)
        self.letters.settle(letter_id, "retried", by, self.clock())
        return found

    def dismiss(self, letter_id: UUID, by: str) -> DeadLetter:
        """Let it be. Raises NotFound."""
        found = self.letters.settle(letter_id, "dismissed", by, self.clock())
        if found is None:
            raise NotFound("dead letter", letter_id)
        return found
