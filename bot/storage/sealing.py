"""Closes values so that only the day's key opens them, and only in the very place where they were put.

A sealed value is one version byte, twelve random bytes and what AES-256-GCM makes of the padded value. Its length tells
nothing: values up to 508 bytes all look alike, longer ones fall into classes of 1024, 2048, ... bytes.
"""

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.storage.keys import DayKey, Random

VERSION = 1
"""First byte of every sealed value. A release that writes a new version must come after one that reads it."""

LOOKUP = 16
"""Bytes of a lookup."""

_NONCE = 12
_TAG = 16
_LENGTH = 4
_SMALLEST = 512


class Unreadable(Exception):
    """Damaged, sealed under another key, or moved here from another place."""


def lookup(key: DayKey, purpose: str, number: int) -> bytes:
    """What stands in the database instead of a chat's number: 16 bytes, for that day and purpose always the same.

    A plain hash would not do: there are so few possible numbers that all can be tried in hours, hence the pepper.
    """
    return hmac.digest(key.pepper, f"{purpose}|{number}".encode(), "sha256")[:LOOKUP]


def seal(key: DayKey, column: str, row: bytes, value: bytes, random: Random = secrets.token_bytes) -> bytes:
    """Seals a value for one column (as `table.column`) of the row with that lookup."""
    nonce = random(_NONCE)
    return bytes((VERSION,)) + nonce + AESGCM(key.key).encrypt(nonce, _padded(value), _place(key, column, row))


def unseal(key: DayKey, column: str, row: bytes, sealed: bytes) -> bytes:
    """The value that was sealed for this very place.

    Raises:
        Unreadable: it was not, or not under this key, or it is damaged.
    """
    if len(sealed) < 1 + _NONCE + _LENGTH + _TAG or sealed[0] != VERSION:
        raise Unreadable
    try:
        padded = AESGCM(key.key).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], _place(key, column, row))
    except InvalidTag as error:
        raise Unreadable from error
    length = int.from_bytes(padded[:_LENGTH], "big")
    if length > len(padded) - _LENGTH:
        raise Unreadable
    return padded[_LENGTH : _LENGTH + length]


def _place(key: DayKey, column: str, row: bytes) -> bytes:
    """The associated data: a value opens only in this version, column, day and row."""
    return bytes((VERSION,)) + f"{column}|{key.day}|".encode() + row


def _padded(value: bytes) -> bytes:
    whole = len(value).to_bytes(_LENGTH, "big") + value
    size = max(_SMALLEST, 1 << (len(whole) - 1).bit_length())
    return whole.ljust(size, b"\0")
