"""What is known of instruments."""

from typing import Any
from uuid import UUID

import pytest

from domain import instrument as rules
from domain.instrument import Instrument, InstrumentChanged, InstrumentRegistered, Particulars
from domain.refusals import Conflict, Invalid
from given_when_then import Decider

VWRP = UUID(int=1)
ISIN = "IE00BK5BQT80"
ALONE = Particulars(isin=ISIN)
WHOLE = Particulars(isin=ISIN, title="FTSE All-World", kind="etf", distribution="accumulating")

instrument: Decider[Instrument] = Decider(rules.evolve)
REGISTERED = InstrumentRegistered(instrument_id=VWRP, particulars=ALONE)


def told(particulars: Particulars) -> Any:
    """The command to register it, though it is known."""
    return lambda state: rules.register(state, UUID(int=2), particulars)


def changed(before: Particulars, after: Particulars) -> InstrumentChanged:
    """The event that more is known."""
    return InstrumentChanged(instrument_id=VWRP, particulars=after, before=before)


def test_an_instrument_needs_no_isin() -> None:
    """And nothing else either."""
    for particulars in (WHOLE, ALONE, Particulars(), Particulars(title="Gold coins", kind="other")):
        [registered] = rules.register(None, VWRP, particulars)
        assert registered == InstrumentRegistered(instrument_id=VWRP, particulars=particulars)


def test_what_was_not_known_is_learnt_under_the_id_it_has() -> None:
    """A listing may have made it known by its ISIN alone."""
    learnt = instrument.given(REGISTERED).when(told(WHOLE)).then(changed(ALONE, WHOLE))
    assert learnt.state == Instrument(VWRP, WHOLE)
    learnt.when(told(WHOLE)).then_nothing()
    learnt.when(told(ALONE)).then_nothing()


@pytest.mark.parametrize("other", [{"title": "Other"}, {"kind": "stock"}, {"distribution": "distributing"}])
def test_registering_it_as_something_else_is_a_conflict(other: dict[str, Any]) -> None:
    """It takes a change, which somebody means."""
    known = instrument.given(REGISTERED, changed(ALONE, WHOLE))
    different = Particulars.model_validate(WHOLE.model_dump() | other)
    known.when(told(different)).then_refused(Conflict, "is that of the accumulating ETF FTSE All-World")
    known.when(lambda state: rules.change(state, Particulars.model_validate(other))).then(
        changed(WHOLE, different)
    )


def test_an_isin_is_told_once_and_kept() -> None:
    """What has another ISIN is another instrument."""
    nameless = instrument.given(
        InstrumentRegistered(instrument_id=VWRP, particulars=Particulars(title="All-World"))
    )
    known = nameless.when(lambda state: rules.change(state, ALONE)).then_kinds(InstrumentChanged)
    known.when(lambda state: rules.change(state, ALONE)).then_nothing()
    known.when(lambda state: rules.change(state, Particulars(isin="US0378331005"))).then_refused(
        Conflict, f"has the ISIN {ISIN}, which it keeps"
    )


def test_what_is_no_isin_is_refused() -> None:
    """At whichever door it comes in."""
    wrong = Particulars(isin="IE00BK5BQT81")
    with pytest.raises(Invalid, match="is no ISIN"):
        rules.register(None, VWRP, wrong)
    with pytest.raises(Invalid, match="is no ISIN"):
        rules.change(Instrument(VWRP, Particulars()), wrong)


def test_its_sentences_say_what_is_known() -> None:
    """In the order of a sentence, whatever is missing."""
    assert REGISTERED.sentence() == f"Registered the instrument with ISIN {ISIN}."
    assert changed(ALONE, WHOLE).sentence() == (
        f"The instrument with ISIN {ISIN} is known as the accumulating ETF FTSE All-World with ISIN {ISIN}."
    )
    bare = InstrumentRegistered(instrument_id=VWRP, particulars=Particulars(kind="bond"))
    assert bare.sentence() == "Registered the bond without an ISIN."
