"""What a person meets, end to end: the real bot, real HTTP, a real database."""

import pytest

from bot.dialog.codec import Reader
from bot.dialog.engine import EXIT_KEY, URGENT_KEY, own_keys
from bot.dialog.model import HOME, Session
from bot.dialog.model import URGENT as NUMBERS
from bot.dialog.view import draw
from bot.flows.proof import NEUTRAL_BEGINNING, TELLING
from bot.i18n import LANGUAGES, NP_, translator
from tests.books import TODAY as BOOK
from tests.emulator.living import BACK, CLOSE, DONE, URGENT, Living, Phone, on_every_database
from tests.emulator.walking import Walk

READER = Reader(BOOK, own_keys(BOOK))
VALUES = {"hours": 24}


BOTH_WAYS = pytest.mark.parametrize("alive", ["polling", "webhook"], indirect=True)
"""For the main paths: updates are fetched, and brought."""


def text_of(screen: str, language: str) -> str:
    return draw(BOOK, Session(language, screen), VALUES).text


@BOTH_WAYS
@pytest.mark.parametrize(
    ("hint", "language"),
    [("kk", "kk"), ("ru", "ru"), ("uz", "ru"), ("ky", "ru"), ("be", "ru"), ("en", "en"), ("de", "en"), (None, "ru")],
)
async def test_whoever_comes_sees_the_home_screen(alive: Living, hint: str | None, language: str) -> None:
    phone = alive.phone(hint)
    await phone.start("abc_123")
    assert [message["text"] for message in phone.bots] == [text_of(HOME, language)]
    await phone.say("қалайсың how are you")
    assert [message["text"] for message in phone.bots] == [text_of(HOME, language)] * 2
    assert all(message["silent"] for message in phone.bots)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_screen_has_the_numbers_and_the_exit_one_tap_away(alive: Living, language: str) -> None:
    phone = alive.phone(language)
    await phone.start()
    walk, screens = Walk(BOOK, language), {HOME}
    waiting = [*walk.roads, *(key["data"] for row in phone.screen["buttons"] for key in row if key["data"])]
    while waiting:
        data = waiting.pop()
        if not walk.presses(data):
            continue
        await phone.press(data)
        screens.add(_address(phone))
        _check_screen(phone, language)
        fresh = [key["data"] for row in phone.screen["buttons"] for key in row if key["data"]]
        waiting += [data for data in fresh if not data.startswith("!")]
    assert screens == set(BOOK) - {"home.unread", "home.removed"}


def _address(phone: Phone) -> str:
    tap = READER.read(phone.screen["buttons"][-1][-1]["data"])
    assert tap is not None
    return tap.session.screen


def _check_screen(phone: Phone, language: str) -> None:
    keys = phone.keys()
    say = translator(language).say
    assert say(CLOSE) in keys
    assert say(URGENT) in keys
    if _address(phone) == NUMBERS:
        assert [key["copy"] for key in phone.screen["buttons"][1]] == ["102", "112", "103", "111"]
        assert len(phone.screen["text"]) <= 240
    beginning = phone.screen["text"][:NEUTRAL_BEGINNING].lower()
    assert [stem for stem in TELLING if f" {stem}" in f" {beginning}"] == []


@pytest.mark.parametrize(
    ("database", "language"),
    [*(("sqlite", language) for language in LANGUAGES), ("postgresql", "kk")],  # a database knows no language
    indirect=["database"],
)
async def test_exit_from_every_screen_leaves_one_neutral_line_and_remembers_nothing(
    alive: Living, language: str
) -> None:
    for screen in BOOK:
        phone = alive.phone(language)
        await phone.start()
        await phone.say("мені ұрып жатыр")
        view = draw(BOOK, Session(language, screen), VALUES)
        exit_key = next(button for button in view.buttons() if button.key == EXIT_KEY)
        assert exit_key.data is not None
        await phone.press(exit_key.data)
        assert [(m["text"], m["buttons"]) for m in phone.messages] == [(translator(language).say(DONE), [])]
        assert alive.rows() == 0


@BOTH_WAYS
@pytest.mark.parametrize("word", ["выход", "Выход!", "шығу", "ШЫҒУ", "exit", ".", "/exit", "/x", "вызод"])
async def test_a_typed_word_closes_in_any_state(alive: Living, word: str) -> None:
    phone = alive.phone("ru")
    await phone.start()
    await phone.tap(URGENT)
    await phone.say("hello")
    await phone.say(word)
    assert [message["text"] for message in phone.messages] == [translator("ru").say(DONE)]
    assert alive.rows() == 0
    await phone.say("кто здесь")
    assert [message["text"] for message in phone.bots][-1] == text_of(HOME, "ru")


@BOTH_WAYS
@pytest.mark.parametrize(
    "word",
    ["102", "помогите", "Помогите!!!", "көмек", "komek", "help", "/urgent", "/102", "/sos", "ол мені ұрып жатыр"],
)
async def test_typed_urgent_words_show_the_numbers_at_once(alive: Living, word: str) -> None:
    phone = alive.phone("kk")
    await phone.say(word)
    assert _address(phone) == NUMBERS
    await phone.tap(NP_("button", "No, that's not it"), "kk")
    assert phone.bots == []


@on_every_database
@BOTH_WAYS
async def test_a_card_comes_only_when_asked_and_the_screen_stands_beneath_it(alive: Living) -> None:
    phone = alive.phone("ru")
    await phone.start()
    await phone.tap(URGENT)
    assert [message["kind"] for message in phone.bots] == ["text"]
    await phone.tap(NP_("button", "Tel. {number}"), number="102")
    assert [message["kind"] for message in phone.bots] == ["contact", "text"]
    assert phone.bots[0]["contact"] == {"phone_number": "102", "first_name": "102"}
    assert _address(phone) == NUMBERS
    assert phone.messages[-1]["text"] == text_of(NUMBERS, "ru")


@BOTH_WAYS
async def test_a_forged_press_on_a_card_is_answered_beneath_it(alive: Living) -> None:
    """A card has no words that could become a screen; Telegram refuses to edit it."""
    phone = alive.phone("ru")
    await phone.start()
    await phone.tap(URGENT)
    data = phone.keys()[translator("ru").say(NP_("button", "What to say"))]["data"]
    await phone.tap(NP_("button", "Tel. {number}"), number="102")
    await phone.press(data, phone.bots[0]["message_id"])
    assert [message["kind"] for message in phone.bots] == ["contact", "text", "text"]
    assert phone.screen["text"] == text_of("urgent.say", "ru")


@on_every_database
@BOTH_WAYS
async def test_the_language_changes_without_losing_the_place(alive: Living) -> None:
    phone = alive.phone("ru")
    await phone.start()
    await phone.tap(URGENT)
    await phone.tap(NP_("button", "What to say"))
    await phone.tap("Қазақша")
    assert phone.screen["text"] == text_of("urgent.say", "kk")
    await phone.say("салем")
    assert phone.screen["text"] == text_of(HOME, "kk")
    await phone.say("/language en")
    assert phone.screen["text"] == text_of(HOME, "en")


@on_every_database
@BOTH_WAYS
async def test_back_from_urgent_leads_where_she_was(alive: Living) -> None:
    phone = alive.phone("ru")
    await phone.start()
    await phone.tap(NP_("button", "What this is"))
    await phone.tap(URGENT)
    await phone.tap(BACK)
    assert _address(phone) == "about.what"


@pytest.mark.parametrize("kind", ["photo", "voice", "video_note", "video", "document", "sticker", "dice", "poll"])
async def test_what_cannot_be_read_gets_a_calm_answer(alive: Living, kind: str) -> None:
    phone = alive.phone("ru")
    alive.emulator.world.send(phone.id, kind=kind)
    await alive.settled()
    assert [message["text"] for message in phone.bots] == [text_of("home.unread", "ru")]


@pytest.mark.parametrize("kind", ["contact", "location", "venue"])
async def test_a_contact_or_a_place_is_taken_out_at_once(alive: Living, kind: str) -> None:
    phone = alive.phone("ru")
    alive.emulator.world.send(phone.id, kind=kind)
    await alive.settled()
    assert [message["text"] for message in phone.messages] == [text_of("home.removed", "ru")]


@on_every_database
@BOTH_WAYS
async def test_an_album_gets_one_answer(alive: Living) -> None:
    phone = alive.phone("ru")
    for _ in range(10):
        alive.emulator.world.send(phone.id, kind="photo", message={"media_group_id": "77"})
    await alive.settled()
    assert [message["text"] for message in phone.bots] == [text_of("home.unread", "ru")]


@on_every_database
@BOTH_WAYS
async def test_who_blocks_the_bot_is_forgotten(alive: Living) -> None:
    phone = alive.phone("ru")
    await phone.start()
    assert alive.rows() == 1
    alive.emulator.world.block(phone.id)
    await alive.settled()
    for _ in range(24):
        alive.emulator.world.clock.advance(3700)
        await alive.victim.tidy()
    assert alive.rows() == 0


@on_every_database
@BOTH_WAYS
async def test_an_old_button_of_a_forgotten_chat_shows_what_a_stranger_sees(alive: Living) -> None:
    phone = alive.phone("ru")
    await phone.start()
    await phone.tap(NP_("button", "What this is"))
    kept = phone.keys()[translator("ru").say(NP_("button", "What is kept"))]["data"]
    message_id = phone.screen["message_id"]
    await phone.say(".")
    await phone.press(kept, message_id)
    assert phone.screen["text"] == text_of(HOME, "ru")


@on_every_database
@BOTH_WAYS
async def test_pressing_urgent_on_a_forgotten_screen_still_shows_the_numbers(alive: Living) -> None:
    phone = alive.phone("ru")
    await phone.start()
    key = phone.keys()[translator("ru").say(URGENT)]
    tap = READER.read(key["data"])
    assert tap is not None
    assert tap.choice == URGENT_KEY
    message_id = phone.screen["message_id"]
    await phone.say(".")
    await phone.press(key["data"], message_id)
    assert phone.screen["text"] == text_of(NUMBERS, "ru")
