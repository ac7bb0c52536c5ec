"""The contract about answers that are none. Nothing is ever asked twice, and no price comes of what is broken."""

from datetime import timedelta

import pytest

from application.ports.market_data import (
    MarketData,
    ProviderFailed,
    ProviderGarbled,
    ProviderRefused,
    ProviderSilent,
    ProviderThrottled,
)
from market_data_contract.bench import KO, NOW, WEEK
from market_data_contract.wire import HASTY_SECONDS_MAX, SECONDS_MAX, WireBench
from provider_server.board import Quote
from provider_server.door import Door, Reply
from provider_server.spoiling import GARBLED, SILENT, Spoil, redirected, throttled

LATE = NOW - timedelta(minutes=1)


class Failing:
    """What holds for every provider that is asked over a network."""

    @pytest.mark.parametrize("how", SILENT)
    @pytest.mark.parametrize("topic", ["quotes", "closes"])
    def test_no_answer_is_silence_and_is_not_asked_for_again(
        self, wire: WireBench, topic: str, how: str
    ) -> None:
        with pytest.raises(ProviderSilent):
            _asked(wire, topic, SILENT[how], HASTY_SECONDS_MAX)
        assert len(wire.server.asked) == 1

    @pytest.mark.parametrize("how", GARBLED)
    @pytest.mark.parametrize("topic", ["quotes", "closes"])
    def test_a_broken_answer_is_never_a_price(self, wire: WireBench, topic: str, how: str) -> None:
        with pytest.raises(ProviderGarbled):
            _asked(wire, topic, GARBLED[how])
        assert len(wire.server.asked) == 1

    @pytest.mark.parametrize(
        ("says", "seconds"),
        [
            ("120", 120),
            (None, 60),
            ("0", 1),
            ("soon", 60),
            ("99999999", 86_400),
            ("Fri, 20 Nov 2026 16:02:00 GMT", 120),
            ("Fri, 20 Nov 2026 15:00:00 GMT", 1),
        ],
    )
    def test_whoever_wants_to_be_left_alone_says_for_how_long(
        self, wire: WireBench, says: str | None, seconds: int
    ) -> None:
        with pytest.raises(ProviderThrottled) as left_alone:
            _asked(wire, "quotes", throttled(says))
        assert left_alone.value.retry_after_seconds == seconds
        assert len(wire.server.asked) == 1

    def test_a_redirect_is_not_followed(self, wire: WireBench) -> None:
        with Door(lambda _: Reply(content=b'{"secret":1}')) as inner, pytest.raises(ProviderGarbled):
            _asked(wire, "quotes", redirected(inner.url))
        assert inner.asked == []

    def test_keys_that_are_not_let_in_are_said_and_not_repeated(self, wire: WireBench) -> None:
        secrets = [wire.server.key, wire.server.key_id, wire.server.secret_key]
        provider = wire.provider()
        wire.server.key = wire.server.key_id = "another"
        with pytest.raises(ProviderRefused, match="does not let this key in") as refused:
            provider.quotes([KO])
        assert not any(secret in str(refused.value) for secret in secrets)

    def test_an_address_that_may_not_be_reached_is_not_asked(self, wire: WireBench) -> None:
        with pytest.raises(ProviderRefused, match="no public address"):
            wire.provider(allowed=False).quotes([KO])
        assert wire.server.asked == []

    def test_what_came_is_kept_with_the_failure(self, wire: WireBench) -> None:
        with pytest.raises(ProviderFailed) as failed:
            _asked(wire, "quotes", GARBLED["answers a page with 200"])
        payload = failed.value.payload
        assert payload is not None
        assert payload.body.startswith(b"<!doctype html>")
        assert payload.listing_ids == (KO.listing_id,)


def _asked(wire: WireBench, topic: str, spoil: Spoil, seconds_max: float = SECONDS_MAX) -> object:
    wire.tell(KO, Quote("97.10", LATE), WEEK)
    wire.server.spoil = spoil
    provider: MarketData = wire.provider(seconds_max=seconds_max)
    return provider.quotes([KO]).points if topic == "quotes" else provider.closes([KO], WEEK[0].day).points
