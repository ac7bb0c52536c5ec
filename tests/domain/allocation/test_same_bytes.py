"""The same snapshot and policy give the same bytes in any process, whatever its hashes and whatever was shuffled."""

import hashlib
import os
import subprocess
import sys

from domain.allocation import plan
from policy_examples import policy, snapshot

PROGRAM = """
import hashlib, random, sys
from domain.allocation import plan
from domain.allocation.snapshot import Snapshot
from policy_examples import policy, snapshot

shot = snapshot("monthly", drawdown="0.25", used=("sunset:2027-02-01", "wave:A"))
fields = shot.model_dump()
for name in ("holdings", "prices", "used"):
    shuffled = list(fields[name])
    random.Random(sys.argv[1]).shuffle(shuffled)
    fields[name] = tuple(shuffled)
again = Snapshot.model_validate(fields)
print(hashlib.sha256((again.document() + plan(again, policy()).document()).encode()).hexdigest())
"""


def in_another_process(seed: str) -> str:
    """The digest of snapshot and advice, in a process whose hashes begin with a seed."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, seed],
        env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.strip()


def test_two_processes_and_this_one_decide_alike() -> None:
    shot = snapshot("monthly", drawdown="0.25", used=("sunset:2027-02-01", "wave:A"))
    here = hashlib.sha256((shot.document() + plan(shot, policy()).document()).encode()).hexdigest()
    assert {in_another_process("1"), in_another_process("2")} == {here}
