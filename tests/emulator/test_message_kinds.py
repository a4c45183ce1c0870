"""Sends everything that Telegram can send to the living bot, and holds what it does against the page about it.

The page is `docs/message_kinds.md`; `make kinds` writes it anew. Kinds come from the installed libraries, examples are
judged by an independent model of the Bot API, and an answer that `OUTCOMES` does not name is an undecided one.
"""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from bot.domain.routing import Routing
from tests.emulator import api_examples as api
from tests.emulator.kind_cases import Case, Step, cases, steps
from tests.emulator.kind_page import OUTCOMES, Outcome, page
from tests.emulator.living import Living, Phone
from tests.emulator.test_journeys import BOTH_WAYS
from tests.unit import update_kinds

WORDS = tomllib.loads((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))
PAGE = Path(__file__).parents[2] / "docs" / "message_kinds.md"


@BOTH_WAYS
async def test_the_page_says_what_the_bot_does_with_everything(alive: Living, request: pytest.FixtureRequest) -> None:
    outcomes = await _observed(alive, cases(alive.emulator.world.clock.seconds()))
    for step in steps():
        outcomes[step.case] = await _after_start(alive, step)
    assert "poison" not in alive.log.getvalue()
    undecided = {(c.kind, c.way, outcome) for c, outcome in outcomes.items() if outcome not in OUTCOMES}
    assert undecided == set()
    written = page(outcomes, WORDS)
    if request.config.getoption("--rewrite"):
        PAGE.write_text(written, encoding="utf-8")
    assert PAGE.is_file(), "run make kinds and read the diff"
    assert PAGE.read_text(encoding="utf-8") == written, "run make kinds and read the diff"


def test_every_kind_that_a_library_knows_has_words_and_no_other() -> None:
    assert (sorted(WORDS["message"]), sorted(WORDS["update"])) == (api.MESSAGE_KINDS, api.UPDATE_KINDS)


def test_every_kind_that_a_library_knows_is_decided() -> None:
    decided = {"text"} | update_kinds.REMOVED.keys() | update_kinds.UNREAD.keys() | update_kinds.SERVICE
    assert set(api.MESSAGE_KINDS) == decided
    assert set(api.UPDATE_KINDS) == update_kinds.ACTED_ON | update_kinds.SILENT_UPDATES


def test_what_telegram_could_not_have_sent_is_no_example() -> None:
    with pytest.raises(ValidationError):
        api.check(update_kinds.message(voice={"file_id": "x"}))


async def _observed(alive: Living, given: list[Case]) -> dict[Case, Outcome]:
    """Sends each case to somebody who has pressed Start, all at once; what was done for whom."""
    world = alive.emulator.world
    phones = {case: alive.phone("ru") for case in given}
    for case, phone in phones.items():
        world.chat(phone.id).started = True
        if case.is_sent:
            world.start(phone.id)
    await alive.settled(patience=60)
    since, sent = world.bot().calls.count, {}
    for case, phone in phones.items():
        made = case.make(phone.id)
        if case.is_sent:
            sent[case] = world.send(phone.id, message=made).message_id
        else:
            world.inject(made)
    for case, event in zip(given, world.bot().queue.peek(), strict=True):
        if case.is_real:
            api.check(json.loads(event.body))
    await alive.settled(patience=60)
    done: dict[int, list[str]] = {phone.id: [] for phone in phones.values()}
    for call in world.calls(since=since):
        if call.method != "getWebhookInfo":  # looked at now and then
            done[_whose(call.params)].append(_told(call.method, call.params))
    return {case: _outcome(done[phone.id], phone, sent.get(case)) for case, phone in phones.items()}


async def _after_start(alive: Living, step: Step) -> Outcome:
    """Somebody starts, then does something; what was done after that."""
    phone = alive.phone("ru")
    await phone.start()
    since = alive.emulator.world.bot().calls.count
    update = step.do(phone)
    if update is not None:
        api.check(update)
        alive.emulator.world.inject(update)
    await alive.settled()
    calls = alive.emulator.world.calls(since=since)
    told = sorted(_told(call.method, call.params) for call in calls if call.method != "getWebhookInfo")
    return (*_outcome(told, phone, None), *(["forgotten"] if await _is_forgotten(alive, phone.id) else []))


async def _is_forgotten(alive: Living, chat: int) -> bool:
    """Whether she would be a stranger."""

    def decide(found: Routing | None) -> tuple[Routing | None, bool]:
        return found, found is None or found.is_closed

    return await alive.helpline[0].store.change(chat, alive.helpline[0].clock(), decide, lambda entry: entry.seen_at)


def _whose(params: dict[str, Any]) -> int:
    """Whose case a call belongs to: groups and questions are numbered after the person."""
    question = params.get("pre_checkout_query_id") or params.get("callback_query_id")
    return int(question[1:]) if question else abs(params["chat_id"]) % 1_000_000


def _told(method: str, params: dict[str, Any]) -> str:
    if method == "answerPreCheckoutQuery":
        return f"{method} {params['ok']}"
    return " ".join([method, *([Case.screen(params["text"])] if "text" in params else [])])


def _outcome(done: list[str], phone: Phone, sent: int | None) -> Outcome:
    """What was called, and whether the message that she sent went."""
    gone = sent is not None and all(message["message_id"] != sent for message in phone.messages)
    told = [name for place, name in enumerate(done) if done[place - 1 : place] != [name] or name != "deleteMessages"]
    return (*told, "hers is gone") if gone else tuple(told)
