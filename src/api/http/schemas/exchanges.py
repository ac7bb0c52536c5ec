"""Exchanges, and the units that prices come in."""

from api.http.schemas.answer import Answer, Number


class Exchange(Answer):
    """An exchange by its market identifier (ISO 10383), and what most prices there are in."""

    exchange: str
    name: str
    currency: str
    quote_unit: str


class MinorUnit(Answer):
    """A quote unit that is a part of a currency: ``scale`` is how much of it one is, ``called`` its common name."""

    unit: str
    currency: str
    scale: Number
    called: str


class Exchanges(Answer):
    """Those that most listings are on; any other that has a calendar can be registered too."""

    items: list[Exchange]
    units: list[MinorUnit]
