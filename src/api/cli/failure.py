"""A command that cannot go on, with what to tell the person and the exit code."""


class Failure(Exception):
    """One clear sentence and the exit code to end with."""

    def __init__(self, sentence: str, code: int) -> None:
        super().__init__(sentence)
        self.code = code
