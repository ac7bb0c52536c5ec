"""What a rule that stops prices means, in a sentence for whoever looks at the two prices side by side (DOMAIN §4)."""

MEANINGS = {
    "scale": "About a hundred times more or less than the last good price: most likely pounds for pence.",
    "split_suspect": "The last good price divided or multiplied by a whole number, and nobody has announced a split.",
    "jump": "Further from the last good price than prices go at once.",
    "value_jump": "Further from the close before than prices go in a day.",
    "currency_mismatch": "The source names another currency or unit than the listing is registered in.",
    "outlier": "Out of proportion to the last hour.",
}


def meaning(rule: str) -> str:
    """A rule in a sentence."""
    return MEANINGS.get(rule, f"Stopped by the rule {rule}.")
