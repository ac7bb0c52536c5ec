"""Python's garbage collector, set for a process that keeps thousands of states for good."""

import gc


def calm_the_collector() -> None:
    """Spare what is there for good from every collection, and collect in larger strides.

    Thousands of cached positions are looked through by each full collection, in the middle of a decision.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
