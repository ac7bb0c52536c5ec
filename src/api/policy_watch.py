"""Watches the folder of policies: what changes there is put forward as a draft, for as long as the scheduler runs."""

from api.repeating import Repeating
from api.wiring import House

LOOK_SECONDS = 2.0


class PolicyWatch(Repeating):
    """Looks every two seconds; of several processes one tries a change."""

    def __init__(self, house: House) -> None:
        house.policies_folder.mkdir(parents=True, exist_ok=True)
        super().__init__("policy_files", LOOK_SECONDS, house.load_policy_files)
