"""What a person does about an alert: the first step in a sentence; docs/runbook.md says more of each rule."""

from collections.abc import Mapping

STOPPED = (
    "Look at the stopped price: release it if it is true, discard it if it is not, then lift the freeze."
)
FEED = "Look at the feed or the provider, and refresh the prices; the alert ends with the next price."
POLICY_FILES = "Mend the files that the sentence names; they are tried again when they change."

REMEDIES: Mapping[str, str] = {
    "order_unknown": "Wait: the broker is asked again within half a minute, and the alert ends when it answers.",
    "order_lost": "Look for its client order id at the broker: reconcile if it is there, else cancel or send it again.",
    "overfill": "Ask the broker which is true; a correction is booked when it comes. Then lift the freeze.",
    "execution_conflict": "Ask the broker which of the two is true; what is booked stays until a correction comes.",
    "unbookable_execution": "Most often an earlier message is late: it is booked by itself. Else ask the broker.",
    "daily_loss": "Look at the prices first: a loss that is none comes from a bad one. Then lift the freeze.",
    "stale_intraday": FEED,
    "stale_close": f"{FEED} A listing that trades no more is sold, or taken from the list.",
    "missing_close": "Look at the feed or the provider, or give the close by hand; the alert ends when it comes.",
    "stale_fx": "Look at the provider of rates; the alert ends with the next rate.",
    "policy_files": POLICY_FILES,
    "unknown_order": "Look at the callback address and its secret at the broker; it is tried again for a week.",
    "unreadable_message": "Read the message among the dead letters; a comparison finds what it was about.",
    "broker_silent": "Look at the broker's status page and at the keys; it is tried again every fifteen seconds.",
    "order_missing": "Look for the client order id at the broker: reconcile if it is there, cancel it if it is not.",
    "order_stray": "Cancel it at the broker, if you do not want it.",
    "external_trade": "Nothing, or open a position for it.",
    "execution_unbookable": "Find out what happened at the broker; what cannot be booked keeps its position back.",
    "holding_differs": "Announce a split or merger that was forgotten, or give the shares to another position in it.",
    "cash_differs": "Post the deposit that arrived or the withdrawal that left; wait for a dividend under way.",
    "provider_failing": "Look at the provider and its key; prices are asked for again at the next refresh.",
    "fx_jump": "Compare the rate with another source; give the true one by hand, or wait for the next.",
    "scale": STOPPED,
    "jump": STOPPED,
    "value_jump": STOPPED,
    "currency_mismatch": STOPPED,
    "split_suspect": f"If there was a split, announce it. Else: {STOPPED[0].lower()}{STOPPED[1:]}",
    "advice_not_placed": "Approve it again to place what is left, mark what you placed yourself, or ignore it.",
    "units_below_zero": "Post what became of the units, such as buying them back; then lift the freeze.",
    "trade_booked_twice": "Reverse the entry that was posted or imported; what the broker has executed stays.",
    "dividend_not_booked": "Look at your broker's statement, then post or reverse what the sentence says, or close it.",
    "max_drawdown_tolerance": "Read the recommendation that it comes with, and decide.",
}


def remedy(rule: str) -> str | None:
    """The first step for an alert's rule; None where nothing general can be said."""
    return REMEDIES.get(rule.partition("/")[0])
