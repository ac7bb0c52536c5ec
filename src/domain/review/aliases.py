"""Names that tell nothing: what a person has named goes out as ``sleeve_1``, and comes back as it was."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from domain.policy import Policy

PARK = "cash_park"
ALIAS = re.compile(r"\b(?:sleeve|wave|sunset)_[0-9]+\b", re.ASCII)


@dataclass(frozen=True, slots=True)
class Aliases:
    """The aliases of one policy, by a sleeve's name and by a trigger's code."""

    sleeves: Mapping[str, str]
    triggers: Mapping[str, str]

    @classmethod
    def of(cls, policy: Policy) -> "Aliases":
        """Numbered as they stand in the policy, so that the same policy has the same aliases."""
        waves = policy.cash_park.waves if policy.cash_park else ()
        sunsets = policy.cash_park.sunset if policy.cash_park else ()
        return cls(
            {sleeve: f"sleeve_{number}" for number, sleeve in enumerate(policy.targets, 1)},
            {wave.code: f"wave_{number}" for number, wave in enumerate(waves, 1)}
            | {sunset.code: f"sunset_{number}" for number, sunset in enumerate(sunsets, 1)},
        )

    def sleeve(self, name: str) -> str:
        """A sleeve's alias; the one sleeve without a target is the cash park's."""
        return self.sleeves.get(name, PARK)

    def trigger(self, code: str | None) -> str | None:
        """A trigger's alias, None for none."""
        return None if code is None else self.triggers[code]

    def rule(self, code: str) -> str:
        """A rule of ours by its own name; a trigger among the rules, which its code's colon tells, by its alias."""
        return self.triggers[code] if ":" in code else code

    def back(self, text: str) -> str:
        """A text with the person's own names in place of their aliases."""
        names = {alias: name for known in (self.sleeves, self.triggers) for name, alias in known.items()}
        return ALIAS.sub(lambda found: names.get(found[0], found[0]), text)
