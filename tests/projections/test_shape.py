"""The shape of a state changes with every field of everything it holds, and with nothing else."""

from dataclasses import dataclass
from typing import Literal

from domain.streams import POSITION
from projections.shape import shape_of


@dataclass(frozen=True)
class Part:
    size: int


@dataclass(frozen=True)
class Whole:
    kind: Literal["this", "that"]
    parts: tuple[Part, ...]
    spare: Part | None = None


def test_parts_are_told_with_the_whole() -> None:
    assert shape_of(Whole) == (
        "Part(size: int); Whole(kind: Literal[this, that], parts: tuple[Part, Ellipsis], spare: Part | None)"
    )


def test_a_position_tells_of_its_orders_and_their_executions() -> None:
    assert "by_hand: bool" in shape_of(POSITION.state_type)
    assert "execution_id: str" in shape_of(POSITION.state_type)
