"""What a portfolio was worth at the end of a day."""

from api.http.schemas.answer import Answer, Day, Number


class CloseOfDay(Answer):
    """``value`` and the day's ``flows`` are in the base currency, flows below zero where more went than came.

    ``unit_value`` tells gain and loss without the flows, from 1 on; ``drawdown`` is how far it lies below its highest
    close, as a part of one.
    """

    day: Day
    value: Number
    flows: Number
    unit_value: Number
    drawdown: Number
