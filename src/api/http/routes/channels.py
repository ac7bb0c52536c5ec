"""Channels: where notifications go besides the feed. Addresses only ever go in, for most hold a secret."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import AfterValidator, Field, SecretStr, StrictBool

from api.http.access import Principal
from api.http.answers import encode, json_answer, moment
from api.http.asked import TheHouse
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body, Text
from api.http.schemas.answer import Page
from api.http.schemas.channels import Channel, Tried
from api.http.strict_request import StrictRoute
from application.notifications.set_channels import Wanted
from application.ports import channels as ports
from domain.notifications.notification import Severity

router = APIRouter(prefix="/channels", tags=["notifications"], route_class=StrictRoute)

CHANNELS_MAX = 20
URL_CHARACTERS_MAX = 2_000


def _visible(url: SecretStr) -> SecretStr:
    if not all("!" <= letter <= "~" for letter in url.get_secret_value()):
        raise ValueError("must be visible ASCII characters without spaces; write others as %20 and the like")
    return url


def _each_once(severities: list[Severity]) -> list[Severity]:
    return list(dict.fromkeys(severities))


def _what_matters() -> list[Severity]:
    return ["CRITICAL", "WARN"]


Address = Annotated[SecretStr, Field(min_length=1, max_length=URL_CHARACTERS_MAX), AfterValidator(_visible)]
Severities = Annotated[list[Severity], Field(min_length=1, max_length=10), AfterValidator(_each_once)]


class ChannelIn(Body):
    """``url`` is an address of apprise's, such as ``ntfys://ntfy.sh/topic``; without it the channel keeps its own.

    It is the channel of this id, else the one of this name, else a new one. It hears CRITICAL and WARN when nothing
    else is said.
    """

    id: UUID | None = None
    name: Text
    url: Address | None = None
    severities: Severities = Field(default_factory=_what_matters)
    enabled: StrictBool = True


class ChannelList(Body):
    """All of them: what is not in the list is forgotten."""

    channels: list[ChannelIn] = Field(max_length=CHANNELS_MAX)


@router.get("", responses=answers(Page[Channel]), response_model=None)
def get(house: TheHouse, principal: Principal) -> Response:
    """One's own channels, and how each does."""
    return json_answer(_page(house.channels.of(principal), house.deliveries.standing(principal)))


@router.put("", responses=answers(Page[Channel]), response_model=None)
def put(house: TheHouse, principal: Principal, command: ACommand, body: ChannelList) -> Response:
    """Make the list what it says, whole. Nothing is sent; a channel hears what happens from now on."""
    standing = house.deliveries.standing(principal)
    wanted = [Wanted(each.id, each.name, each.url, each.severities, each.enabled) for each in body.channels]
    # A password in an address may be weak: what is kept of the body must not help to guess it.
    keyed = replace(command, fingerprint=house.channels.fingerprint(SecretStr(command.fingerprint)))
    return keyed.run(
        lambda cause: house.set_channels(cause, principal, wanted), lambda kept: _page(kept, standing)
    )


@router.post("/{channel_id}/test", responses=answers(Tried), response_model=None)
def test(house: TheHouse, principal: Principal, command: ACommand, channel_id: UUID) -> Response:
    """Send a test message over a channel, at once and once, whatever it is set to."""

    def told(problem: str | None) -> bytes:
        return encode({"sent": problem is None, "problem": problem})

    return command.run(lambda cause: house.set_channels.test(cause, principal, channel_id), told)


def _page(channels: Sequence[ports.Channel], standing: Mapping[UUID, ports.Standing]) -> bytes:
    return encode({"items": [_json(each, standing) for each in channels], "next": None})


def _json(channel: ports.Channel, standing: Mapping[UUID, ports.Standing]) -> dict[str, Any]:
    how = standing.get(channel.id, ports.Standing())
    return {
        "id": channel.id,
        "name": channel.name,
        "scheme": channel.scheme,
        "fingerprint": channel.fingerprint,
        "severities": list(channel.severities),
        "enabled": channel.enabled,
        "last_sent_at": moment(how.last_sent_at),
        "waiting": how.waiting,
        "failed": how.failed,
        "problem": how.problem,
    }
