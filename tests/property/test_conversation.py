"""A machine that taps anything, types anything and forges buttons, and checks the promises after every step."""

import asyncio
import string
from collections.abc import Coroutine
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.dialog.codec import Reader, encode
from bot.dialog.engine import EXIT_KEY, URGENT_KEY, Meaning, own_keys
from bot.dialog.model import HOME, URGENT, Session
from bot.dialog.view import COPIED_AT_MOST
from bot.domain.situation import Situation
from bot.flows.phrases import DONE
from bot.flows.proof import NEUTRAL_BEGINNING, TELLING
from bot.i18n import LANGUAGES, translator
from bot.understanding import understand
from tests.books import BOOK
from tests.core_phone import CorePhone

T = TypeVar("T")
DONE_IN = {translator(language).say(DONE) for language in LANGUAGES}
READER = Reader(BOOK, own_keys(BOOK))
typed = st.one_of(
    st.sampled_from(["/start", "help", "помогите", "көмек", "komek", "102", ".", "exit", "шығу", "/language kk", "/x"]),
    st.text(max_size=40),
    st.text(alphabet=string.printable, max_size=40),
)


class SomebodyWrites(RuleBasedStateMachine):
    """One person, and whoever else has her phone."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def teardown(self) -> None:
        self.loop.close()

    @initialize(hint=st.sampled_from(["kk", "ru", "en", "uz", "de", None]))
    def begin(self, hint: str | None) -> None:
        self.phone = CorePhone(hint=hint)
        self.run(self.phone.write("/start"))

    @rule(text=typed, age=st.sampled_from([0, 0, 0, 0, 599, 601, 80_000]))
    def types(self, text: str, age: int) -> None:
        meaning = understand(text).meaning
        before = len(self.phone.visible())
        self.run(self.phone.write(text, age))
        if meaning is Meaning.EXIT:
            self.is_closed()
        elif age <= 600:
            view = self.phone.screen().view
            assert view is not None
            assert view.session.screen == (URGENT if meaning is Meaning.URGENT else HOME)
        else:
            assert len(self.phone.visible()) <= before + 2  # her own words, and at most one neutral line

    @rule(pick=st.randoms(use_true_random=False))
    def taps(self, pick: object) -> None:
        buttons = self.phone.buttons()
        if not buttons:
            return
        message_id, button = pick.choice(buttons)  # type: ignore[attr-defined]
        self.run(self.phone.press(button.data, message_id))
        if button.key == EXIT_KEY:
            self.is_closed()
        if button.key == URGENT_KEY:
            shown = self.phone.bubbles.get(message_id) or self.phone.screen()
            assert shown.view is not None
            assert shown.view.session.screen == URGENT

    @rule(data=st.one_of(st.text(max_size=64), st.binary(max_size=48).map(lambda b: b.hex()[:64])))
    def forges(self, data: str) -> None:
        message_id = max(self.phone.bubbles, default=5)
        self.run(self.phone.press(data, message_id))

    @rule(
        screen=st.sampled_from(sorted(BOOK)),
        came_from=st.one_of(st.none(), st.sampled_from(sorted(BOOK))),
        flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
        choice=st.sampled_from([*sorted(own_keys(BOOK)), "what", "after", "next", "card", "yes", "gone"]),
        language=st.sampled_from(list(LANGUAGES)),
        plan=st.one_of(st.just(0), st.integers(0, (1 << 64) - 1)),
    )
    def forges_well(
        self, screen: str, came_from: str | None, flags: tuple[bool, bool, bool], choice: str, language: str, plan: int
    ) -> None:
        session = Session(language, screen, came_from, *flags, told=Situation(plan=plan))
        self.run(self.phone.press(encode(session, choice), max(self.phone.bubbles, default=5)))

    @rule(seconds=st.sampled_from([1, 400, 7_000, 100_000]))
    def time_passes(self, seconds: int) -> None:
        self.phone.now += seconds

    @rule()
    def exits(self) -> None:
        for message_id, button in self.phone.buttons():
            if button.key == EXIT_KEY:
                self.run(self.phone.press(button.data or "", message_id))
                self.is_closed()
                return

    def is_closed(self) -> None:
        """Nothing of hers and nothing of ours is left but neutral lines, and nothing is remembered (P2)."""
        young = [b for b in self.phone.bubbles.values() if self.phone.now - b.sent_at < 48 * 3600]
        assert {bubble.text for bubble in young} <= DONE_IN
        assert self.run(self.phone.store.find(self.phone.chat, self.phone.now)) is None

    @invariant()
    def every_screen_has_the_numbers_and_the_exit(self) -> None:
        for bubble in self.phone.bubbles.values():
            if bubble.view is None:
                continue
            keys = [button.key for button in bubble.view.buttons()]
            assert EXIT_KEY in keys
            assert URGENT_KEY in keys or {"102", "112", "103", "111"} <= {b.copies for b in bubble.view.buttons()}

    @invariant()
    def nothing_tells_at_its_beginning(self) -> None:
        for bubble in self.phone.bubbles.values():
            if not bubble.mine:
                beginning = bubble.text[:NEUTRAL_BEGINNING].lower()
                assert not [stem for stem in TELLING if f" {stem}" in f" {beginning}"]

    @invariant()
    def every_copy_can_be_sent(self) -> None:
        for bubble in self.phone.bubbles.values():
            copies = [button.copies for button in bubble.view.buttons()] if bubble.view else []
            assert all(copy is None or 0 < len(copy) <= COPIED_AT_MOST for copy in copies)

    @invariant()
    def every_button_can_be_read_back(self) -> None:
        for _, button in self.phone.buttons():
            tap = READER.read(button.data or "")
            assert tap is not None
            assert tap.choice == button.key


SomebodyWrites.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestSomebodyWrites = SomebodyWrites.TestCase
