"""Whoever comes gets a language that is there, and every sentence in it, with its placeholders filled."""

import gettext
import io

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

from bot.flows.phrases import LABELS
from bot.i18n import FALLBACK, LANGUAGES, N_, NP_, Text, Translator, language_from_hint, translator

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("hint", "language"),
    [
        ("kk", "kk"),
        ("ru", "ru"),
        ("en", "en"),
        ("KK", "kk"),
        (" ru ", "ru"),
        ("kk-KZ", "kk"),
        ("kk_KZ", "kk"),
        ("kk-Latn-KZ", "kk"),
        ("en-US", "en"),
        ("ru-KZ", "ru"),
        *((neighbour, "ru") for neighbour in ("uz", "ky", "tg", "uk", "be", "tk", "hy", "az", "ka", "tt", "mn")),
        ("uz-UZ", "ru"),
        ("de", "en"),
        ("tr", "en"),
        ("zh-hans", "en"),
        ("kkk", "en"),
        (None, "ru"),
        ("", "ru"),
        ("  ", "ru"),
        ("-", "ru"),
        ("_kk", "ru"),
        ("42", "ru"),
        ("\x00", "ru"),
        (7, "ru"),
        (True, "ru"),
        (["kk"], "ru"),
        ({"kk": "kk"}, "ru"),
        (b"kk", "ru"),
    ],
)
def test_a_hint_becomes_a_language_and_an_unusable_one_counts_as_absent(hint: object, language: str) -> None:
    assert language_from_hint(hint) == language


@given(JSON | st.characters(categories=["Cs"]))
def test_any_hint_at_all_gives_a_language_that_is_offered(hint: object) -> None:
    assert language_from_hint(hint) in LANGUAGES


def test_the_languages_come_in_their_order_with_their_own_names() -> None:
    assert list(LANGUAGES.items()) == [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
    assert FALLBACK in LANGUAGES


def translating(**words: str) -> Translator:
    """A translator with a catalog of these words; `close_` is "close" within a context."""
    catalog = Catalog(locale="ru")
    for msgid, translation in words.items():
        catalog.add(msgid.rstrip("_"), translation, context="near" if msgid.endswith("_") else None)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translator("ru", gettext.GNUTranslations(compiled))


def test_one_english_word_has_two_translations_by_context() -> None:
    say = translating(close="Закрыть", close_="Близко").say
    assert [say(N_("close")), say(NP_("near", "close")), say(NP_("far", "close"))] == ["Закрыть", "Близко", "close"]


def test_a_sentence_without_translation_is_said_in_english() -> None:
    say = translating(other="Другое").say
    assert [say(N_("Not there")), say(NP_("near", "Not there"))] == ["Not there", "Not there"]
    assert say(N_("Wait {hours} hours"), {"hours": 3}) == "Wait 3 hours"


def test_placeholders_are_filled_in_the_translation() -> None:
    assert translator("kk").say(LABELS.card, {"number": 102}).count("102") == 1
    assert translator("en").say(LABELS.card, {"number": "{number}"}) == "Tel. {number}"


def test_a_missing_value_raises_and_a_spare_one_does_not() -> None:
    with pytest.raises(KeyError, match="number"):
        translator("ru").say(LABELS.card)
    assert translator("en").say(LABELS.urgent, {"number": 1}) == "Urgent"


@given(st.text().filter(lambda text: "{" not in text and text not in {"", "Urgent"}))
def test_a_text_without_placeholders_is_said_as_it_is(text: str) -> None:
    assert translator("en").say(Text(text), {"number": 1}) == text


@pytest.mark.parametrize("language", ["de", "", "../en", "KK"])
def test_a_language_that_is_not_offered_has_no_translator(language: str) -> None:
    with pytest.raises(KeyError):
        translator(language)
