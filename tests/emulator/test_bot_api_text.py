"""Words: tags, what Telegram marks by itself, what it trims, and how long they are."""

from typing import Any

import pytest

from bot.demo.bot_api.html import parse_html, utf16_length
from bot.demo.bot_api.refusals import Refusal
from bot.demo.bot_api.text import recognised, styled


def of(source: str, mode: str = "HTML", entities: object = None) -> tuple[str, list[dict[str, Any]]]:
    words = styled(source, mode, entities, limit=4096, too_long="too long")
    return words.text, words.entities


def marked(source: str) -> list[tuple[str, str]]:
    """The pieces of a plain text that Telegram marks, with the kind of mark."""
    units = source.encode("utf-16-le")
    return [
        (entity["type"], units[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le"))
        for entity in recognised(source)
    ]


@pytest.mark.parametrize(
    ("text", "length"), [("", 0), ("abc", 3), ("қазақ", 5), ("👍", 2), ("👨‍👩‍👧", 8), ("e\u0301", 2)]
)
def test_length_is_counted_in_utf16(text: str, length: int) -> None:
    assert utf16_length(text) == length == len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>a</b>", "a", [{"offset": 0, "length": 1, "type": "bold"}]),
        ("👍<i>a</i>", "👍a", [{"offset": 2, "length": 1, "type": "italic"}]),
        ("a &lt;b&gt; &amp;&quot;&#33;&#x21;&nbsp;", 'a <b> &"!!&nbsp;', []),
        (
            "<b>a<i>b</i></b>",
            "ab",
            [{"offset": 0, "length": 2, "type": "bold"}, {"offset": 1, "length": 1, "type": "italic"}],
        ),
        (
            '<a href="https://x.kz/?a=1&amp;b">t</a>',
            "t",
            [{"offset": 0, "length": 1, "type": "text_link", "url": "https://x.kz/?a=1&b"}],
        ),
        ("<blockquote expandable>q</blockquote>", "q", [{"offset": 0, "length": 1, "type": "expandable_blockquote"}]),
        ('<span class="tg-spoiler">s</span>', "s", [{"offset": 0, "length": 1, "type": "spoiler"}]),
        (
            '<pre><code class="language-python">x</code></pre>',
            "x",
            [{"offset": 0, "length": 1, "type": "pre", "language": "python"}],
        ),
        ("<b></b>x", "x", []),
        ("<B>a</B>", "a", [{"offset": 0, "length": 1, "type": "bold"}]),
    ],
)
def test_tags(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert of(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("жж<div>", 'Unsupported start tag "div" at byte offset 4'),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_tags_that_do_not_fit(source: str, why: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_html(source)
    assert caught.value.description == f"Bad Request: can't parse entities: {why}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("/start abc", [("bot_command", "/start")]),
        ("👍 /help@some_bot", [("bot_command", "/help@some_bot")]),
        ("a/b and /көмек and //x", []),
        (
            "see https://example.org/a?b, or www.example.org.",
            [("url", "https://example.org/a?b"), ("url", "www.example.org")],
        ),
        ("call 102 or 112 or 87000000000", []),
        ("call +7 700 000 00 00!", [("phone_number", "+7 700 000 00 00")]),
        ("@somebody and me@example.org", [("mention", "@somebody"), ("email", "me@example.org")]),
        ("#көмек #1", [("hashtag", "#көмек")]),
    ],
)
def test_what_is_marked(source: str, expected: list[tuple[str, str]]) -> None:
    assert marked(source) == expected


@pytest.mark.parametrize(
    ("source", "text"),
    [("\n \n a \n\n", " a"), ("a\r\nb", "a\nb"), ("a\tb\x00c", "a b c"), ("  a", "  a"), ("a\n\nb", "a\n\nb")],
)
def test_what_is_trimmed(source: str, text: str) -> None:
    assert of(source, "")[0] == text


def test_entities_follow_the_trimming() -> None:
    assert of("\n\n<b>a</b>\n") == ("a", [{"offset": 0, "length": 1, "type": "bold"}])
    assert of("<b>\n a \n</b>") == (" a", [{"offset": 0, "length": 2, "type": "bold"}])
    given = [{"type": "bold", "offset": 1, "length": 2}]
    assert of("\nab", "", given) == ("ab", [{"type": "bold", "offset": 0, "length": 2}])


@pytest.mark.parametrize(
    "entities", [[{"type": "bold", "offset": 0, "length": 9}], [{"type": "bold", "offset": -1, "length": 1}]]
)
def test_entities_outside_the_text(entities: object) -> None:
    with pytest.raises(Refusal, match="ENTITY_BOUNDS_INVALID"):
        of("ab", "", entities)


@pytest.mark.parametrize(
    "entities", ["x", ["x"], [{}], [{"type": "bold"}], [{"type": "bold", "offset": "0", "length": 1}]]
)
def test_entities_that_are_none(entities: object) -> None:
    with pytest.raises(Refusal):
        of("ab", "", entities)


def test_code_and_links_are_left_alone() -> None:
    assert [entity["type"] for entity in of("<code>/start</code> /start")[1]] == ["code", "bot_command"]
    assert [entity["type"] for entity in of('<a href="https://x.kz/">https://y.kz/</a>')[1]] == ["text_link"]


def test_markdown_is_refused_not_misread() -> None:
    with pytest.raises(Refusal, match="unsupported parse_mode"):
        of("*a*", "MarkdownV2")
