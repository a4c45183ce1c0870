"""Telegram's small HTML: the tags a bot may put into a text, turned into plain text and entities.

Source of the rules and of the wording: `parse_html` in TDLib and "HTML style" in the Bot API documentation.
"""

import re
from dataclasses import dataclass, field

from .refusals import Refusal, bad_request
from .shapes import Json

_TAG = re.compile(r"<(/?)([A-Za-z0-9-]*)([^<>]*)(>?)")
_ATTRIBUTE = re.compile(r"""([A-Za-z0-9-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the unit of all of Telegram's offsets and limits."""
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)


@dataclass(slots=True)
class _Open:
    tag: str
    start: int
    text_at: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _Reading:
    text: list[str] = field(default_factory=list)
    units: int = 0
    entities: list[Json] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    code_language: str = ""

    def add(self, raw: str) -> None:
        plain = _REFERENCE.sub(_referred, raw)
        self.text.append(plain)
        self.units += utf16_length(plain)


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Plain text and entities (offsets and lengths in UTF-16 code units) of a text with tags.

    Raises Refusal (400) for tags that Telegram does not know or that do not match.
    """
    reading = _Reading()
    at = 0
    while (begin := source.find("<", at)) >= 0:
        reading.add(source[at:begin])
        match = _TAG.match(source, begin)
        if match is None or not match.group(4):
            raise _refused(source, begin, "Unclosed start tag")
        closing, tag, attributes, _ = match.groups()
        if closing:
            _close(reading, source, begin, tag.lower())
        else:
            reading.stack.append(_opened(reading, source, begin, tag.lower(), attributes))
        at = match.end()
    reading.add(source[at:])
    if reading.stack:
        raise bad_request(
            f"can't parse entities: Can't find end tag corresponding to start tag \"{reading.stack[-1].tag}\""
        )
    entities = sorted(reading.entities, key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(reading.text), entities


def _opened(reading: _Reading, source: str, begin: int, tag: str, written: str) -> _Open:
    if tag not in _SIMPLE:
        raise _refused(source, begin, f'Unsupported start tag "{tag}"')
    attributes = {
        name.lower(): _REFERENCE.sub(_referred, value.strip("\"'")) for name, value in _ATTRIBUTE.findall(written)
    }
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise _refused(source, begin, 'Tag "span" must have class "tg-spoiler"')
    return _Open(tag, reading.units, len(reading.text), attributes)


def _close(reading: _Reading, source: str, begin: int, tag: str) -> None:
    if not reading.stack:
        raise _refused(source, begin, "Unexpected end tag")
    opened = reading.stack.pop()
    if tag and tag != opened.tag:
        raise _refused(source, begin, "Unmatched end tag", f', expected "</{opened.tag}>", found "</{tag}>"')
    length = reading.units - opened.start
    if length == 0:
        return
    entity: Json = {"offset": opened.start, "length": length, "type": _SIMPLE[opened.tag]}
    if opened.tag == "a":
        address = opened.attributes.get("href") or "".join(reading.text[opened.text_at :])
        entity["url"] = address
    elif opened.tag == "tg-emoji":
        entity["custom_emoji_id"] = opened.attributes.get("emoji-id", "")
    elif opened.tag == "blockquote" and "expandable" in opened.attributes:
        entity["type"] = "expandable_blockquote"
    elif opened.tag == "code":
        reading.code_language = opened.attributes.get("class", "").removeprefix("language-")
    elif opened.tag == "pre":
        _absorb_code(reading, entity)
    reading.entities.append(entity)


def _absorb_code(reading: _Reading, entity: Json) -> None:
    """`<pre><code class="language-x">` is one entity, not two."""
    last = reading.entities[-1] if reading.entities else {}
    if last.get("type") == "code" and (last["offset"], last["length"]) == (entity["offset"], entity["length"]):
        reading.entities.pop()
        if reading.code_language:
            entity["language"] = reading.code_language


def _referred(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else match.group(0)


def _refused(source: str, at: int, reason: str, rest: str = "") -> Refusal:
    offset = len(source[:at].encode("utf-8", "surrogatepass"))
    return bad_request(f"can't parse entities: {reason} at byte offset {offset}{rest}")
