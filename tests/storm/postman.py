"""Deliver letters to a process as a broker does: again until they are taken, and a repeat must change nothing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from random import Random

from application.messages.callbacks import Answer
from application.messages.message_booking import Taken
from storm.crashes import Crashed
from storm.post import Letter, Post
from storm.processes import Process
from storm.sums import Broken

ROUNDS = (1, 3, 12, 64, 64)
"""How many letters come together."""

Key = tuple[str, str]
"""What a repeat is told by: where a letter comes from, and its id."""


class Postman:
    """Carries the letters of all accounts, and remembers which were taken."""

    def __init__(self, posts: Sequence[Post], clock: Callable[[], datetime], chance: Random) -> None:
        self._posts = posts
        self._clock = clock
        self._chance = chance
        self._taken: set[Key] = set()
        self.deliveries = 0
        self.stored = 0

    def deliver(self, process: Process, *, anyway: bool = False) -> int:
        """Deliver a round of each account's letters that have arrived; answers how many there were."""
        delivered = 0
        for post in self._posts:
            letters = post.pick(self._clock(), self._chance.choice(ROUNDS), anyway=anyway)
            callbacks = [letter for letter in letters if letter.channel == "callback"]
            heard = [letter for letter in letters if letter.channel != "callback"]
            delivered += len(letters)
            if callbacks:
                self._call_back(process, post, callbacks)
            for letter in heard:
                self._hear(process, post, letter)
        return delivered

    def _call_back(self, process: Process, post: Post, letters: Sequence[Letter]) -> None:
        """A broker calls again until it is answered."""
        self.deliveries += len(letters)
        taken_before = set(self._taken)
        try:
            answers = process.call_back(letters)
        except Crashed:
            post.waiting.extend(letters)
            raise
        for letter, answer in zip(letters, answers, strict=True):
            self._answered(letter, answer, taken_before)

    def _answered(self, letter: Letter, answer: Answer | Exception, taken_before: set[Key]) -> None:
        if isinstance(answer, Exception):
            raise Broken(f"{letter.source} {letter.id} {letter.body!r} is refused: {answer!r}")
        key = (letter.source, letter.id)
        if key in taken_before and (answer.taken is not Taken.DUPLICATE or answer.number is not None):
            raise Broken(f"{key} is taken once more: {answer}")
        self.stored += answer.taken is Taken.STORED
        self._taken.add(key)

    def _hear(self, process: Process, post: Post, letter: Letter) -> None:
        """A stream says a thing once; whoever was not there to store it has missed it."""
        self.deliveries += 1
        key = (letter.source, letter.id)
        was_taken = key in self._taken
        try:
            is_new = process.hear(letter)
        except Crashed:
            post.dropped.append(letter)
            raise
        if is_new and was_taken:
            raise Broken(f"{key} is stored once more")
        self._taken.add(key)
