"""The model's settings: off by default, both or neither, and its key never shown."""

import pytest
from pydantic import ValidationError

from api.configuration import Configuration
from reviewer_server import KEY

URL = "http://127.0.0.1:11434/v1"


def test_no_model_is_asked_unless_one_is_configured() -> None:
    assert Configuration.model_validate({}).reviewing() is None


def test_address_and_model_are_enough() -> None:
    found = Configuration.model_validate({"llm_url": URL, "llm_model": "tiny-1", "llm_key": KEY}).reviewing()
    assert found is not None
    assert (found.url, found.model, found.seconds_max, found.tokens_a_day) == (URL, "tiny-1", 60, 200_000)
    assert KEY not in repr(found)


@pytest.mark.parametrize(
    "wrong",
    [
        {"llm_url": URL},
        {"llm_model": "tiny-1"},
        {"llm_url": "127.0.0.1:11434", "llm_model": "tiny-1"},
        {"llm_url": URL, "llm_model": "two\nlines"},
        {"llm_url": URL, "llm_model": "tiny-1", "llm_seconds": 121},
        {"llm_url": URL, "llm_model": "tiny-1", "llm_tokens_a_day": 0},
    ],
)
def test_what_cannot_work_is_said_at_once(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Configuration.model_validate(wrong)
