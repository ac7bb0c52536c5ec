"""Which addresses a channel may have at all."""

import pytest

from adapters.notifiers.schemes import PLAIN, SEALED, scheme_of


@pytest.mark.parametrize(
    "url", ["ntfys://ntfy.sh/topic", "NTFYS://ntfy.sh/topic", "tgram://1:a/2", "json://nas.local"]
)
def test_services_of_the_net_may_be_channels(url: str) -> None:
    assert scheme_of(url) in SEALED | PLAIN


@pytest.mark.parametrize(
    "url",
    [
        "syslog://localhost", "dbus://", "gnome://", "windows://", "macosx://", "file:///etc/passwd", "mqtt://host/topic",
        "exec:///bin/sh", "rsyslog://host", "growl://host", "smpp://host", "vapid://a/b", "fcm://a/b", "http://host/",
        "nowhere", "", "//host", "json//host", "[", "tgram", "workflows://h/a/b/c", "msteams://a/b/c",
    ],
)  # fmt: skip
def test_what_is_of_this_machine_or_not_known_may_not_and_the_refusal_does_not_repeat_it(url: str) -> None:
    with pytest.raises(ValueError, match="An address begins with one of ") as refused:
        scheme_of(url)
    assert len(url) < 8 or url not in str(refused.value)
