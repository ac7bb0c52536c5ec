"""What a verification came to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from domain.audit.difference import Difference

Step = Literal["decisions", "snapshots", "tables"]
"""What is verified when the log is what it was."""

STEPS: tuple[Step, ...] = get_args(Step)


@dataclass(frozen=True, slots=True)
class Verification:
    """How many events were held against the chain, and the hash at their end; how many decisions were decided again.

    ``inputs_retired`` counts decisions whose inputs are not kept any more, ``differences`` are the first hundred of
    each step. Of a log that differs itself nothing else is verified: whatever follows from it would prove nothing, and
    ``not_verified`` names what that is. It names what was not looked at to its end as well.
    """

    events: int
    chain_head: str | None
    decisions: int
    inputs_retired: int
    differences: Sequence[Difference]
    not_verified: Sequence[Step] = ()

    @property
    def ok(self) -> bool:
        """Whether everything is what it was."""
        return not self.differences
