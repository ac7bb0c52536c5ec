"""Watches the drop folder: what is put there is taken in, for as long as the scheduler runs."""

from api.repeating import Repeating
from api.wiring import House

LOOK_SECONDS = 2.0


class DropWatch(Repeating):
    """Looks every two seconds; of several processes one takes a file."""

    def __init__(self, house: House) -> None:
        house.drop_folder.mkdir(parents=True, exist_ok=True)
        super().__init__("drop_folder", LOOK_SECONDS, house.take_in_files)
