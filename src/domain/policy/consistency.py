"""What a well-formed policy can still get wrong: parts that contradict one another (DOMAIN §7).

Each check answers every fault it finds as (path, sentence); paths name the document's own keys but for the
currency at the end of amounts.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal, localcontext

from domain.money import quote_scale
from domain.numbers import EXACT, shortest
from domain.policy.model import Policy

Path = tuple[str | int, ...]
Fault = tuple[Path, str]
Check = Callable[[Policy], Iterator[Fault]]


def weights_sum_to_one(policy: Policy) -> Iterator[Fault]:
    """All targets together are the whole."""
    total = sum(policy.targets.values(), Decimal(0))
    if total != 1:
        yield ("targets",), f"The weights must sum to 1, and sum to {shortest(total)}."


def tickers_are_listed_once(policy: Policy) -> Iterator[Fault]:
    """An instrument appears once."""
    seen: set[str] = set()
    for number, instrument in enumerate(policy.instruments):
        if instrument.ticker in seen:
            yield ("instruments", number, "ticker"), f"{instrument.ticker} is listed twice."
        seen.add(instrument.ticker)


def units_belong_to_currencies(policy: Policy) -> Iterator[Fault]:
    """An instrument's quote unit is one of its currency, and the factors given are the true ones."""
    for number, instrument in enumerate(policy.instruments):
        try:
            quote_scale(instrument.currency, instrument.quote_scale)
        except ValueError as error:
            yield ("instruments", number, "quote_scale"), f"{error}."
    given = policy.price_normalization
    if given is None:
        return
    if given.target_currency != policy.base_currency:
        yield (
            ("price_normalization", "target_currency"),
            f"Must be the base currency {policy.base_currency}.",
        )
    for unit, factor in given.quote_scale_factors.items():
        yield from _wrong_factor(policy, unit, factor)


def _wrong_factor(policy: Policy, unit: str, factor: Decimal) -> Iterator[Fault]:
    currencies = {each.currency for each in policy.instruments if each.quote_scale == unit} or {unit}
    for currency in sorted(currencies):
        try:
            true = quote_scale(currency, unit)
        except ValueError:
            continue
        if factor != true:
            path = ("price_normalization", "quote_scale_factors", unit)
            yield path, f"One {unit} is {shortest(true)} {currency}, not {shortest(factor)}."


def sleeves_can_be_bought(policy: Policy) -> Iterator[Fault]:
    """Each targeted sleeve has an instrument, and each instrument's sleeve a target, or it is the cash park."""
    known = {each.sleeve for each in policy.instruments}
    for sleeve in policy.targets:
        if sleeve not in known:
            yield ("targets", sleeve), f"No instrument belongs to the sleeve {sleeve}."
    park = policy.cash_park.instrument_ticker if policy.cash_park else None
    for number, instrument in enumerate(policy.instruments):
        if instrument.sleeve not in policy.targets and instrument.ticker != park:
            yield ("instruments", number, "sleeve"), f"The sleeve {instrument.sleeve} has no target."


def park_is_apart(policy: Policy) -> Iterator[Fault]:
    """The cash park is an instrument of the policy and no part of a targeted sleeve."""
    if policy.cash_park is None:
        return
    path = ("cash_park", "instrument_ticker")
    park = policy.instrument(policy.cash_park.instrument_ticker)
    if park is None:
        yield path, f"{policy.cash_park.instrument_ticker} is not among the instruments."
    elif park.sleeve in policy.targets:
        yield (
            path,
            f"{park.ticker} belongs to the sleeve {park.sleeve}, which has a target; staged cash has none.",
        )


def waves_and_sunsets_differ(policy: Policy) -> Iterator[Fault]:
    """Each trigger has a code of its own, by which it is remembered as used."""
    if policy.cash_park is None:
        return
    names = Counter(wave.name for wave in policy.cash_park.waves)
    for number, wave in enumerate(policy.cash_park.waves):
        if names[wave.name] > 1:
            yield ("cash_park", "waves", number, "name"), f"There is another wave {wave.name}."
    days = Counter(sunset.date for sunset in policy.cash_park.sunset)
    for number, sunset in enumerate(policy.cash_park.sunset):
        if days[sunset.date] > 1:
            yield ("cash_park", "sunset", number, "date"), f"There is another sunset on {sunset.date}."


def named_sleeves_are_known(policy: Policy) -> Iterator[Fault]:
    """Every sleeve that a rule names has a target."""
    for path, sleeves in _mentions(policy):
        for number, sleeve in enumerate(sleeves):
            if sleeve not in policy.targets:
                yield (*path, number), f"The sleeve {sleeve} has no target."
            elif sleeve in sleeves[:number]:
                yield (*path, number), f"The sleeve {sleeve} is named twice."


def _mentions(policy: Policy) -> Iterator[tuple[Path, tuple[str, ...]]]:
    yield ("triggers", "minor_sleeves"), policy.triggers.minor_sleeves
    if policy.cadence.quarterly is not None:
        path = ("cadence", "quarterly", "priority_underweight_sleeves")
        yield path, policy.cadence.quarterly.priority_underweight_sleeves
    if policy.cash_park is None:
        return
    for number, wave in enumerate(policy.cash_park.waves):
        yield ("cash_park", "waves", number, "eligible_sleeves"), wave.eligible_sleeves
    for number, sunset in enumerate(policy.cash_park.sunset):
        yield ("cash_park", "sunset", number, "deploy_to_sleeves"), sunset.deploy_to_sleeves


def fixed_allocations_have_weight(policy: Policy) -> Iterator[Fault]:
    """What is split by target weight needs a weight to split by."""
    if policy.cash_park is None:
        return
    deployments = [
        *(
            (("waves", n, "eligible_sleeves"), w.deploy_strategy, w.eligible_sleeves)
            for n, w in enumerate(policy.cash_park.waves)
        ),
        *(
            (("sunset", n, "deploy_to_sleeves"), s.deploy_strategy, s.deploy_to_sleeves)
            for n, s in enumerate(policy.cash_park.sunset)
        ),
    ]
    for path, strategy, sleeves in deployments:
        if strategy == "fixed_allocation" and not any(policy.targets.get(sleeve) for sleeve in sleeves):
            yield ("cash_park", *path), "A fixed allocation needs a sleeve with a target above 0."


def default_orders_spend_the_contribution(policy: Policy) -> Iterator[Fault]:
    """The monthly orders are of known, targeted instruments and sum to the contribution."""
    monthly = policy.cadence.monthly
    seen: set[str] = set()
    for number, order in enumerate(monthly.default_orders):
        path = ("cadence", "monthly", "default_orders", number, "ticker")
        instrument = policy.instrument(order.ticker)
        if instrument is None:
            yield path, f"{order.ticker} is not among the instruments."
        elif instrument.sleeve not in policy.targets:
            yield path, f"{order.ticker} belongs to no sleeve with a target."
        elif order.ticker in seen:
            yield path, f"{order.ticker} is ordered twice."
        seen.add(order.ticker)
    total = sum((order.amount for order in monthly.default_orders), Decimal(0))
    if total != monthly.contribution:
        wanted = f"The orders must sum to the contribution of {shortest(monthly.contribution)}"
        yield ("cadence", "monthly", "default_orders"), f"{wanted}, and sum to {shortest(total)}."
    if len(monthly.default_orders) > monthly.max_orders:
        yield (
            ("cadence", "monthly", "max_orders"),
            f"Allows {monthly.max_orders} orders, and there are {len(monthly.default_orders)} by default.",
        )


CHECKS: tuple[Check, ...] = (
    weights_sum_to_one,
    tickers_are_listed_once,
    units_belong_to_currencies,
    sleeves_can_be_bought,
    park_is_apart,
    waves_and_sunsets_differ,
    named_sleeves_are_known,
    fixed_allocations_have_weight,
    default_orders_spend_the_contribution,
)


def faults(policy: Policy) -> list[Fault]:
    """Every contradiction in a policy, check by check."""
    with localcontext(EXACT):
        return [fault for check in CHECKS for fault in check(policy)]
