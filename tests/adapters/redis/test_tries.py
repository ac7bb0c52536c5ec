"""Tries to sign in, counted for all processes together."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from adapters.redis.tries import OF_A_NAME_HERE, RedisTries
from api.wiring import House
from application.ports.access import Whereabouts
from domain.access.secret import hash_of

HERE, THERE = Whereabouts("192.0.2.1"), Whereabouts("192.0.2.2")
AT_HOME = Whereabouts("192.0.2.1", "a browser of hers")


def place(number: int) -> Whereabouts:
    """One of many places."""
    return Whereabouts(f"198.51.{number // 250}.{number % 250}")


def test_five_tries_of_a_name_from_an_address_and_then_it_waits(house: House) -> None:
    taken = [house.tries.take("Anna", HERE) for _ in range(6)]

    assert taken[:5] == [None] * 5
    assert taken[5] is not None
    assert 290 <= taken[5] <= 300


def test_a_name_is_counted_however_it_is_written_and_others_are_not_touched(house: House) -> None:
    for name in ("Anna", "ANNA", "anna", "Ａnna", "aNNa"):
        assert house.tries.take(name, HERE) is None

    assert house.tries.take("Anna", HERE) is not None
    assert house.tries.take("Berta", HERE) is None
    assert house.tries.take("Anna", THERE) is None


def test_whoever_comes_in_begins_anew(house: House) -> None:
    for _ in range(5):
        house.tries.take("Anna", HERE)

    house.tries.forgive("anna", HERE)

    assert house.tries.take("Anna", HERE) is None


def test_a_name_tried_from_everywhere_waits_too_and_the_person_who_keeps_the_machine_helps(
    house: House,
) -> None:
    """After no more than a hundred and twenty in an hour, from however many places."""
    taken = [house.tries.take("Anna", place(number)) for number in range(121)]
    assert taken[:120] == [None] * 120
    assert taken[120] is not None

    house.tries.forgive_name("Anna")

    assert [house.tries.take("Anna", place(number)) for number in range(200, 320)] == [None] * 120


def test_strangers_at_a_few_addresses_leave_a_person_three_tries_elsewhere(house: House) -> None:
    """However often they try: what is left to share is used up, and what is kept for newcomers is not."""
    for number in range(20):
        for _ in range(5):
            house.tries.take("Anna", place(number))

    taken = [house.tries.take("Anna", THERE) for _ in range(4)]

    assert taken[:3] == [None] * 3
    assert taken[3] is not None


def test_it_takes_thirty_networks_to_keep_newcomers_out(house: House) -> None:
    for number in range(29):
        for _ in range(5):
            house.tries.take("Anna", place(number))
    assert house.tries.take("Anna", THERE) is None
    for number in range(29, 31):
        for _ in range(5):
            house.tries.take("Anna", place(number))

    assert house.tries.take("Anna", Whereabouts("192.0.2.3")) is not None


def test_who_has_come_in_there_has_first_tries_there_again(house: House) -> None:
    for _ in range(3):
        house.tries.take("Anna", THERE)
    house.tries.forgive("Anna", THERE)
    for number in range(20):
        for _ in range(5):
            house.tries.take("Anna", place(number))

    assert [house.tries.take("Anna", THERE) for _ in range(3)] == [None] * 3


def test_networks_of_one_owner_are_one_when_it_comes_to_first_tries(house: House) -> None:
    for number in range(65):
        house.tries.take("Anna", Whereabouts(f"2001:db8:1:{number:x}::/64"))
    assert house.tries.take("Anna", Whereabouts("2001:db8:1:ffff::/64")) is not None

    assert house.tries.take("Anna", Whereabouts("2001:db8:2:1::/64")) is None
    assert house.tries.take("Anna", THERE) is None


def test_what_is_refused_for_one_name_is_not_counted_against_the_address(house: House) -> None:
    for _ in range(150):
        house.tries.take("Anna", HERE)

    assert house.tries.take("Berta", HERE) is None


def test_an_address_that_tries_many_names_waits(house: House) -> None:
    taken = [house.tries.take(f"person {number}", HERE) for number in range(101)]

    assert taken[:100] == [None] * 100
    assert taken[100] is not None
    assert house.tries.take("somebody else", THERE) is None


def test_many_processes_at_once_let_through_as_many_as_one(new_house: Callable[[], House]) -> None:
    processes = [new_house().tries for _ in range(4)]

    with ThreadPoolExecutor(16) as pool:
        taken = list(pool.map(lambda number: processes[number % 4].take("Anna", HERE), range(80)))

    assert taken.count(None) == 5


def test_no_name_lies_in_redis(house: House) -> None:
    house.tries.take("Annabella", HERE)

    keys = house.queue.client.keys(f"{house.namespace}.tries*")

    assert len(keys) == 5
    assert not any(b"nnabella" in key or HERE.address.encode() in key for key in keys)


def test_without_redis_a_process_counts_for_itself() -> None:
    away = RedisTries("redis://127.0.0.1:1", "nowhere")

    taken = [away.take("Anna", HERE) for _ in range(6)]
    away.forgive("Anna", HERE)

    assert taken[:5] == [None] * 5
    assert taken[5] is not None
    assert away.take("Anna", HERE) is None
    away.close()


def test_one_address_does_not_use_up_a_name(house: House) -> None:
    """However patient: after twenty in an hour it waits, and another address does not."""
    here = (OF_A_NAME_HERE, hash_of(f"anna\0{HERE.address}").hex())
    taken = []
    for _ in range(12):
        taken += [house.tries.take("Anna", HERE) for _ in range(5)]
        house.tries._clear(*here)  # five minutes have passed

    assert taken.count(None) == 20
    assert (taken[-1] or 0) > 3_000
    assert house.tries.take("Anna", THERE) is None


def test_a_browser_that_she_has_used_has_tries_of_its_own(house: House) -> None:
    """Whatever was tried for her name, from her address too; and it has no more than others."""
    for number in range(120):
        house.tries.take("Anna", place(number))
    for _ in range(6):
        house.tries.take("Anna", HERE)
    assert house.tries.take("Anna", THERE) is not None

    taken = [house.tries.take("Anna", AT_HOME) for _ in range(6)]

    assert taken[:5] == [None] * 5
    assert taken[5] is not None
    house.tries.forgive("Anna", AT_HOME)
    assert house.tries.take("Anna", AT_HOME) is None


def test_proofs_are_counted_for_each_sign_in(house: House) -> None:
    taken = [house.tries.take_proof(b"one") for _ in range(6)]

    assert taken[:5] == [None] * 5
    assert taken[5] is not None
    assert house.tries.take_proof(b"another") is None
    house.tries.forgive_proofs(b"one")
    assert house.tries.take_proof(b"one") is None
