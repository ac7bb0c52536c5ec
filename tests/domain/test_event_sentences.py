"""Every event says in a sentence what happened."""

from typing import ClassVar

import pytest

from domain.events import Event


def test_an_event_that_says_nothing_cannot_be_made() -> None:
    """Timelines and notifications show every event in its own sentence."""

    class Silent(Event):
        """Something happened, but what?"""

        name: ClassVar[str] = "position.silent.1"

    with pytest.raises(TypeError, match="sentence"):
        Silent()  # type: ignore[abstract]
