"""``ballast reseal``: seal everything with the newest sealing key."""

from api.cli.opening import opened
from api.cli.options import Data
from api.logs import configure


def reseal(data: Data = None) -> None:
    """Seal with the newest key whatever an older one opens. What no key opens stays as it is; see ballast doctor."""
    configure("WARNING")
    with opened(data, "a resealing") as (house, _):
        count = house.reseal()
    print("1 secret was sealed anew." if count == 1 else f"{count} secrets were sealed anew.")
