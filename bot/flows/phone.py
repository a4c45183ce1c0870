"""Is this phone private? Who else can see it, what Telegram keeps and shows, and how to delete the chat.

Offered once before anything sensitive, never before numbers, and always skippable. Sources: `safety_content`
3.1, 3.2 and 3.3, read 2026-11-23.
"""

from datetime import date

from bot.dialog.model import Checked, Choice, Flow, Screen
from bot.flows.sheets import read_on
from bot.i18n import N_, NP_

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""


def phone(now: int) -> Flow:
    """The conversation on the day of `now`, seconds since 1970."""
    read = read_on(READ, now)
    return Flow(
        "phone",
        _ask(),
        _shared(read),
        _devices(read),
        _previews(read),
        _telegram(read),
        _delete(read),
    )


def _ask() -> Screen:
    return Screen(
        "ask",
        N_(
            "First, a question about this phone. Can someone else open it, or your Telegram? Choose what is closest. "
            "You do not have to."
        ),
        Choice("shared", NP_("button", "Someone else uses it"), to="phone.shared"),
        Choice("devices", NP_("button", "Telegram on another device"), to="phone.devices"),
        Choice("previews", NP_("button", "What the lock screen shows"), to="phone.previews"),
        Choice("telegram", NP_("button", "What Telegram keeps"), to="phone.telegram"),
        Choice("delete", NP_("button", "How to delete this chat"), to="phone.delete"),
    )


def _shared(read: Checked) -> Screen:
    return Screen(
        "shared",
        N_(
            "If someone else opens this phone, read only when you are alone. “Close” takes away the messages of the "
            "last two days. It cannot take back screenshots. If you think there is a tracking program, use another "
            "phone first. Someone may notice if you remove it."
        ),
        Choice("delete", NP_("button", "How to delete this chat"), to="phone.delete"),
        checked=read,
    )


def _devices(read: Checked) -> Screen:
    return Screen(
        "devices",
        N_(
            "Telegram may be open on another device too. Look in Settings → Devices. If you end a session there, that "
            "device is logged out. This can be noticed. If that is risky, write from another phone."
        ),
        checked=read,
    )


def _previews(read: Checked) -> Screen:
    return Screen(
        "previews",
        N_(
            "A locked phone can show the start of a message. You can mute this chat. To hide the text, go to Settings "
            "→ Notifications in Telegram. Our messages come without sound and begin with plain words."
        ),
        checked=read,
    )


def _telegram(read: Checked) -> Screen:
    return Screen(
        "telegram",
        N_(
            "What Telegram keeps and shows: this chat is not end-to-end encrypted, as a “Secret Chat” is. Telegram "
            "stores it, with every button you press, and could read it. By law it may give data to authorities. Your "
            "name and photo there reach this program, but we do not save them. The chat stays in your list until you "
            "delete it."
        ),
        Choice("delete", NP_("button", "How to delete this chat"), to="phone.delete"),
        checked=read,
    )


def _delete(read: Checked) -> Screen:
    return Screen(
        "delete",
        N_(
            "Read to the end first: “Close” takes this text away too. Press “Close”, then hold this chat in the list "
            "of chats and choose “Delete”. Older messages go only this way. Clear it from recent searches too. Nothing "
            "will be sent to you afterwards."
        ),
        checked=read,
    )
