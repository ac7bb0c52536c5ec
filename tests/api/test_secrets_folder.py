"""Secrets that Ballast makes for itself: once, whole, and for their owner's eyes only."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from adapters.seals.sealing import Sealer
from api.secrets_folder import callback_secret, known_sealing_key, sealing_key


def test_a_sealing_key_is_made_once_and_can_be_used(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    assert known_sealing_key(folder) is None

    made = sealing_key(folder)

    assert sealing_key(folder) == known_sealing_key(folder) == made
    assert Sealer(made).ids
    assert callback_secret(folder).startswith("whsec_")
    assert callback_secret(folder) == callback_secret(folder)


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    sealing_key(tmp_path / "secrets")

    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    (file,) = (tmp_path / "secrets").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_many_that_make_it_at_once_have_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        made = set(pool.map(lambda _: sealing_key(tmp_path).get_secret_value(), range(64)))

    assert len(made) == 1
    assert len(list(tmp_path.iterdir())) == 1
