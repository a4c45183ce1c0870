"""Words in a message: how long they may be, what Telegram trims, and what it recognises in them.

Lengths are UTF-16 code units after the tags have been taken out. Sources: Bot API documentation (4096 and 1024),
`fix_formatted_text` in TDLib (trimming), and the entity types of the documentation.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from .html import parse_html, utf16_length
from .refusals import bad_request
from .shapes import Json

MAX_TEXT = 4096
MAX_CAPTION = 1024

_CONTROL = {code: " " for code in range(32) if code not in (10, 13)} | {13: ""}
_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?!\w|/))"
    r"|(?P<url>(?<!\w)(?:https?://|www\.)[^\s<>\"']+[^\s<>\"'.,:;!?)])"
    r"|(?P<email>(?<![\w.@])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?!\w))"
    r"|(?P<mention>(?<![\w@])@[A-Za-z]\w{3,31}(?!\w))"
    r"|(?P<hashtag>(?<![\w#&])#\w*[^\W\d]\w*)"
    r"|(?P<phone_number>(?<![\w+])\+\d(?:[ ()-]?\d){9,14}(?!\d))"
)
_HINTS = re.compile(r"[/@#+]|www\.")


@dataclass(frozen=True, slots=True)
class Styled:
    """Plain text and its entities (offsets and lengths in UTF-16 code units)."""

    text: str
    entities: list[Json]


def styled(text: str, mode: str, entities: object, *, limit: int, too_long: str) -> Styled:
    """What Telegram makes of a text that a bot sends.

    `mode` is the parse mode ("" or "HTML"; Markdown is not emulated and is refused), `entities` the list given
    instead of it. Raises Refusal (400): tags that do not match, entities outside the text, or longer than `limit`
    units (`too_long` is the sentence for that).
    """
    text = text.translate(_CONTROL)
    if mode.lower() == "html":
        text, found = parse_html(text)
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        found = _given(entities, utf16_length(text))
    text, found = _trimmed(text, found)
    if utf16_length(text) > limit:
        raise bad_request(too_long)
    return Styled(text, _merged(text, found))


def written(text: str) -> Styled:
    """What Telegram makes of a text that a person types. An overlong or empty text is her client's matter, not ours."""
    return Styled(text, recognised(text))


def content(words: Styled, *, caption: bool = False) -> Json:
    """The fields of a message that carry these words."""
    if caption and not words.text:
        return {}
    prefix = "caption_" if caption else ""
    fields: Json = {"caption" if caption else "text": words.text}
    if words.entities:
        fields[f"{prefix}entities"] = words.entities
    return fields


def recognised(text: str) -> list[Json]:
    """Commands, addresses, mentions and numbers with a plus that Telegram marks by itself; 102 is not among them."""
    if not _HINTS.search(text):
        return []
    return [dict(entity) for entity in _recognised(text)]


@lru_cache(maxsize=256)
def _recognised(text: str) -> tuple[Json, ...]:
    return tuple(
        {
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match.group(0)),
            "type": str(match.lastgroup),
        }
        for match in _FOUND.finditer(text)
    )


def _given(entities: object, length: int) -> list[Json]:
    if entities is None:
        return []
    if not isinstance(entities, list):
        raise bad_request("expected an Array of MessageEntity")
    checked = []
    for entity in entities:
        if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
            raise bad_request("can't parse MessageEntity: an Object with a type is expected")
        offset, size = entity.get("offset"), entity.get("length")
        if not isinstance(offset, int) or not isinstance(size, int):
            raise bad_request('can\'t parse MessageEntity: Field "offset" must be of type Number')
        if offset < 0 or size < 0 or offset + size > length:
            raise bad_request("ENTITY_BOUNDS_INVALID")
        if size:
            checked.append(dict(entity))
    return sorted(checked, key=lambda entity: (entity["offset"], -entity["length"]))


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without blank lines in front and blanks behind; entities follow."""
    kept = text.rstrip(" \n")
    first = len(kept) - len(kept.lstrip(" \n"))
    start = kept.rfind("\n", 0, first) + 1
    if not entities:
        return kept[start:], entities
    shift, length = utf16_length(kept[:start]), utf16_length(kept[start:])
    moved = []
    for entity in entities:
        begin = max(0, entity["offset"] - shift)
        end = min(length, entity["offset"] + entity["length"] - shift)
        if end > begin:
            moved.append({**entity, "offset": begin, "length": end - begin})
    return kept[start:], moved


def _merged(text: str, entities: list[Json]) -> list[Json]:
    """The bot's own entities, and those Telegram recognises outside code and links."""
    closed = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in entities
        if entity["type"] in {"code", "pre", "text_link", "text_mention", "custom_emoji"}
    ]
    found = [
        entity
        for entity in recognised(text)
        if not any(begin < entity["offset"] + entity["length"] and entity["offset"] < end for begin, end in closed)
    ]
    seen = {(entity["offset"], entity["length"], entity["type"]) for entity in entities}
    extra = [entity for entity in found if (entity["offset"], entity["length"], entity["type"]) not in seen]
    return sorted(entities + extra, key=lambda entity: (entity["offset"], -entity["length"]))
