"""Finds in words what could lead somebody to a door: streets, houses, entrances, floors."""

import re

_STREET = re.compile(
    r"(?<!\w)(?:ул\.|улиц|пр\.|просп|пр-к?т|мкр|микрорайон|пер\.|переул|бульвар|шоссе|кв\.|квартир|этаж|подъезд|дом\s*№?\s*\d|"
    r"д\.\s*\d|көше|даңғыл|мөлтек|шағын\s?аудан|үй\s*\d|пәтер|қабат|кіреберіс|"
    r"street|str\.|avenue|ave\.|boulevard|road|floor|entrance|apartment|flat\s*\d|house\s*\d)|\d\s*-?\s*үй(?!\w)|(?<!\d)\d{1,2}\s*/\s*\d{1,3}(?!\d)",
    re.IGNORECASE,
)

_LETTER = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІ"
_HOUSE = re.compile(rf"(?<=[^.!?:\s]\s)[{_LETTER}][^\W\d_]+,?\s+(?:№\s*)?\d{{1,2}}(?!\d)")
"""A name in the middle of a sentence with a small number behind it: what a street without its word looks like."""


def street_in(text: str) -> bool:
    """Whether it has what looks like a street or a part of a house."""
    return bool(_STREET.search(text))


def house_in(text: str) -> bool:
    """Whether a name and a small number stand together in it, as in an address without the word street."""
    return bool(_HOUSE.search(text))
