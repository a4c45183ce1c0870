"""Sealed values open only whole, under their own key and in their own place; entries come back as they went in."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.routing import Routing, Tracked
from bot.storage.keys import DayKey
from bot.storage.packing import pack, unpack
from bot.storage.sealing import Unreadable, lookup, seal, unseal

KEY = DayKey(20_000, bytes(range(32)), bytes(range(32, 64)))
ROW = b"0123456789abcdef"
COLUMN = "routing.sealed"
NUMBERS = st.integers(-(2**61), 2**61)
ENTRIES = st.builds(
    Routing,
    chat=NUMBERS,
    language=st.text(max_size=12),
    seen_at=NUMBERS,
    messages=st.lists(st.builds(Tracked, NUMBERS, NUMBERS), max_size=30).map(tuple),
    away=st.booleans(),
    waiting=st.lists(NUMBERS, max_size=5).map(tuple),
)


@given(ENTRIES)
def test_an_entry_comes_back_as_it_went_in(entry: Routing) -> None:
    assert unpack(pack(entry)) == entry


@given(st.binary(max_size=3000))
def test_a_sealed_value_opens_again(value: bytes) -> None:
    assert unseal(KEY, COLUMN, ROW, seal(KEY, COLUMN, ROW, value)) == value


@given(st.binary(max_size=80))
def test_noise_is_unreadable_and_nothing_worse(noise: bytes) -> None:
    with pytest.raises(Unreadable):
        unseal(KEY, COLUMN, ROW, noise)
    with pytest.raises(Unreadable):
        unseal(KEY, COLUMN, ROW, b"\1" + noise)


@given(st.binary(max_size=60))
def test_unpacking_noise_gives_an_entry_or_unreadable(noise: bytes) -> None:
    for packed in (noise, b"\1\0" + noise):
        try:
            entry = unpack(packed)
        except Unreadable:
            continue
        assert unpack(pack(entry)) == entry


@given(ENTRIES, st.data())
def test_a_cut_or_lengthened_entry_is_unreadable(entry: Routing, data: st.DataObject) -> None:
    packed = pack(entry)
    with pytest.raises(Unreadable):
        unpack(packed[: data.draw(st.integers(0, len(packed) - 1))])
    with pytest.raises(Unreadable):
        unpack(packed + b"\0")


def test_every_changed_bit_and_every_cut_is_noticed() -> None:
    sealed = seal(KEY, COLUMN, ROW, b"where she is")
    for at in range(len(sealed)):
        for bit in range(8):
            broken = bytearray(sealed)
            broken[at] ^= 1 << bit
            with pytest.raises(Unreadable):
                unseal(KEY, COLUMN, ROW, bytes(broken))
        with pytest.raises(Unreadable):
            unseal(KEY, COLUMN, ROW, sealed[:at])


@pytest.mark.parametrize(
    ("key", "column", "row"),
    [
        (KEY, COLUMN, b"0123456789abcdeg"),
        (KEY, "case.sealed", ROW),
        (KEY, "routing.other", ROW),
        (DayKey(20_001, KEY.key, KEY.pepper), COLUMN, ROW),
        (DayKey(20_000, bytes(32), KEY.pepper), COLUMN, ROW),
    ],
)
def test_it_opens_in_no_other_place_and_under_no_other_key(key: DayKey, column: str, row: bytes) -> None:
    sealed = seal(KEY, COLUMN, ROW, b"where she is")
    assert unseal(KEY, COLUMN, ROW, sealed) == b"where she is"
    with pytest.raises(Unreadable):
        unseal(key, column, row, sealed)


@pytest.mark.parametrize(
    ("length", "sealed"), [(0, 541), (1, 541), (508, 541), (509, 1053), (1020, 1053), (1021, 2077), (5000, 8221)]
)
def test_lengths_fall_into_classes(length: int, sealed: int) -> None:
    assert len(seal(KEY, COLUMN, ROW, b"x" * length)) == sealed


def test_the_same_value_never_looks_the_same_twice() -> None:
    assert len({seal(KEY, COLUMN, ROW, b"same") for _ in range(1000)}) == 1000


def test_the_random_bytes_are_the_ones_that_were_given() -> None:
    sealed = seal(KEY, COLUMN, ROW, b"value", lambda size: b"N" * size)
    assert sealed[1:13] == b"N" * 12
    assert sealed == seal(KEY, COLUMN, ROW, b"value", lambda size: b"N" * size)


def test_what_was_sealed_by_an_earlier_release_still_opens() -> None:
    """These bytes are of layout 1 and version 1; both stay readable as long as anybody may use them."""
    packed = bytes.fromhex("0101e6b2c3bc36027275908088b00c02d00f00049c01")
    entry = Routing(
        7_311_223_987, "ru", 1_661_009_928, (Tracked(1000, 1_661_009_928), Tracked(1002, 1_661_010_006)), True
    )
    assert (pack(entry), unpack(packed)) == (packed, entry)
    sealed = seal(KEY, COLUMN, ROW, packed)
    padded = AESGCM(KEY.key).decrypt(sealed[1:13], sealed[13:], b"\x01routing.sealed|20000|" + ROW)
    assert (sealed[0], padded) == (1, b"\0\0\0\x16" + packed + bytes(512 - 4 - 22))


@pytest.mark.parametrize("away", [False, True])
@pytest.mark.parametrize("marks", [(None, None, None), (5, None, None), (5, 9, None), (None, None, 7), (5, 9, 2**40)])
def test_every_mark_comes_back(away: bool, marks: tuple[int | None, int | None, int | None]) -> None:
    entry = Routing(7, "kk", 100, (Tracked(1, 90),), away, *marks)
    assert unpack(pack(entry)) == entry


def test_a_hundred_messages_fit_the_smallest_class() -> None:
    tracked = tuple(Tracked(12_345_678 + 3 * number, 1_700_000_000 + 600 * number) for number in range(100))
    assert len(pack(Routing(-1_002_233_445_566, "kk", 1_700_000_000, tracked))) <= 508


@pytest.mark.parametrize("entry", [Routing(2**64, "kk", 0), Routing(1, "kk", -(2**70)), Routing(1, "\ud800", 0)])
def test_what_cannot_be_written_is_refused(entry: Routing) -> None:
    with pytest.raises(ValueError):
        pack(entry)


def test_a_lookup_depends_on_pepper_purpose_and_number_alone() -> None:
    other_day = DayKey(20_001, KEY.key, bytes(32))
    same_pepper = DayKey(19_999, bytes(32), KEY.pepper)
    assert lookup(KEY, "routing", 7) == lookup(same_pepper, "routing", 7)
    different = [
        lookup(KEY, "routing", 7),
        lookup(KEY, "routing", -7),
        lookup(KEY, "routing", 8),
        lookup(KEY, "case", 7),
        lookup(other_day, "routing", 7),
    ]
    assert len(set(different)) == 5
    assert {len(each) for each in different} == {16}


def test_a_lookup_is_the_documented_hmac() -> None:
    """Computed by: printf 'routing|7' | openssl dgst -sha256 -mac HMAC -macopt hexkey:202122...3f"""
    assert lookup(KEY, "routing", 7).hex() == "de2d8c32d488239c01c4b8bb467513b8"
