"""docs/events.md says what the code says."""

import importlib.util
from pathlib import Path
from types import ModuleType

from domain.catalogue import EVENT_TYPES

DOCS = Path(__file__).parents[2] / "docs"


def test_the_events_document_is_up_to_date() -> None:
    """``python docs/generate_events.py`` writes it anew."""
    assert (DOCS / "events.md").read_text() == _generator().document()


def test_every_event_is_explained_by_a_sentence() -> None:
    """Each has its name as a heading and an example, and the order machine is drawn."""
    text = (DOCS / "events.md").read_text()
    for name in EVENT_TYPES:
        assert f"### `{name}`\n" in text
    assert text.count("\n> ") == len(EVENT_TYPES)
    assert "submitting --> working: accepted" in text


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_events", DOCS / "generate_events.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
