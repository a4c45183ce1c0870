"""Texts to copy: no screen and no button without an approval of these words, and nothing in them is filled in by us."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.dialog.model import Book, Session
from bot.dialog.view import COPIED_AT_MOST, draw
from bot.flows import proof
from bot.flows.directory import shipped
from bot.flows.organisation import Approval, Organisation
from bot.flows.sample_texts import SAMPLES, Sample, page
from bot.flows.shelf import Shelf
from bot.i18n import LANGUAGES, N_, Words, translator
from tests.books import APPROVED, BOOK, PINNED, book_at

NAMES = [sample.name for sample in SAMPLES]
OFFERED = {
    "call": "police.called",
    "statement": "police.statement",
    "complaint": "police.prosecutor",
    "requirements": "order.ask",
    "school": "order.copy",
}
"""The screen from which each text can be reached, besides the list of all."""


def leading_to_samples(book: Book) -> set[tuple[str, str]]:
    """Where a button outside of the list leads to a text, and to which."""
    screens = [one for one in book if not one.startswith("samples.")]
    return {(one, to.to) for one in screens for to in book.screen(one).choices if to.to.startswith("samples.")}


def test_without_an_approval_there_is_no_screen_and_no_button() -> None:
    assert [address for address in BOOK if address.startswith("samples.")] == []
    assert leading_to_samples(BOOK) == set()


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_an_approved_text_alone_has_its_screen_and_its_buttons(sample: Sample) -> None:
    approval = Approval(sample.name, "Lawyer", date(2026, 11, 20), sample.fingerprint)
    book = book_at(PINNED, Organisation(approved=(approval,)))
    shown = [address for address in book if address.startswith("samples.")]
    assert shown == ["samples.start", f"samples.{sample.name}"]
    assert leading_to_samples(book) == {
        ("police.start", "samples.start"),
        (OFFERED[sample.name], f"samples.{sample.name}"),
    }


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2026, 11, 19, 12, tzinfo=UTC), False),
        (datetime(2026, 11, 20, 12, tzinfo=UTC), True),
        (datetime(2027, 11, 20, 12, tzinfo=UTC), True),
        (datetime(2027, 11, 21, 12, tzinfo=UTC), False),
    ],
)
def test_an_approval_counts_from_its_day_and_for_a_year(moment: datetime, shown: bool) -> None:
    approval = Approval("call", "Lawyer", date(2026, 11, 20), SAMPLES[0].fingerprint)
    assert ("samples.call" in book_at(int(moment.timestamp()), Organisation(approved=(approval,)))) is shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_a_text_says_who_approved_it_and_can_be_copied(sample: Sample, language: str) -> None:
    view = draw(APPROVED, Session(language, f"samples.{sample.name}"))
    words = translator(language).say(sample.words)
    assert words in view.text
    assert ": Lawyer of the fund, 11.2026" in view.text
    copied = [button.copies for button in view.buttons() if button.copies]
    assert copied == ([words] if sample.name == "call" else [])
    assert all(len(one) <= COPIED_AT_MOST for one in copied)


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_a_text_has_as_many_blanks_in_each_language_and_nothing_from_us_in_them(sample: Sample) -> None:
    blanks = [len(re.findall(r"\[[^\[\]]+\]", translator(language).say(sample.words))) for language in LANGUAGES]
    assert len(set(blanks)) == 1
    assert blanks[0] >= 5
    assert "{" not in translator("en").say(sample.words)


def test_every_text_keeps_the_rules_of_writing() -> None:
    assert proof.problems(APPROVED, [one.name for one in shipped().directory().shown.values()]) == []


def test_before_a_paper_that_stays_the_question_about_the_phone_comes_and_not_before_a_call() -> None:
    asked = {name: APPROVED.screen(f"samples.{name}").sensitive for name in NAMES}
    assert asked == {name: name != "call" for name in NAMES}


def test_fingerprints_are_short_and_differ() -> None:
    found = [sample.fingerprint for sample in SAMPLES]
    assert len(set(found)) == len(SAMPLES)
    assert all(re.fullmatch(r"[0-9a-f]{8}", one) for one in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fingerprint_follows_the_words_of_each_language(language: str) -> None:
    """A changed translation alone is other words too; the button is not part of what is approved."""
    words = {code: f"Words in {code}" for code in LANGUAGES}
    one = Sample("call", N_("A"), Words(**words)).fingerprint
    assert Sample("call", N_("B"), Words(**words)).fingerprint == one
    assert Sample("call", N_("A"), Words(**{**words, language: "Other words"})).fingerprint != one


def test_the_page_for_the_lawyer_is_up_to_date() -> None:
    written = Path(__file__).parents[2] / "docs" / "samples.md"
    assert written.read_text(encoding="utf-8") == page(), "run: python -m bot graph"


def test_the_line_on_the_page_is_what_a_file_needs(tmp_path: Path) -> None:
    lines = re.findall(r"`(\w+ = \{ by = .*\})`", page())
    assert [line.partition(" ")[0] for line in lines] == NAMES
    (tmp_path / "organisation.toml").write_text("\n".join(["[approved]", *lines]), encoding="utf-8")
    now = int(datetime(2026, 12, 1, 12, tzinfo=UTC).timestamp())
    shelf = Shelf(tmp_path, now)
    assert [address for address in shelf.book if address.startswith("samples.")] == [
        one for one in APPROVED if one.startswith("samples.")
    ]
    shelf.refresh(now + 366 * 86_400)
    assert [address for address in shelf.book if address.startswith("samples.")] == []
