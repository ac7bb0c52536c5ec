"""Opinions of a language model, set apart from what was decided."""

from typing import Literal

from api.http.schemas.answer import Answer, Moment


class Verdict(Answer):
    """An opinion. It decides nothing, and nothing that decides has read it.

    ``status`` is ``waiting``, ``given``, or ``missed`` with a ``reason``; ``notes`` are the model's own text.
    What it was asked is archived under ``prompt_hash``.
    """

    status: Literal["waiting", "given", "missed"]
    verdict: Literal["PASS", "WARN", "FAIL"] | None
    notes: list[str]
    reason: str | None
    model: str | None
    prompt_hash: str | None
    at: Moment
