"""Phone, accounts and location: what others may see, and in which order something can be done about it.

The order is another phone, then a person, then a plan, and changes last, because a change can be noticed. What Telegram
itself shows is in `phone`. Sources, compared 2026-11-23: `safety_content` 3.1 (order, signs), 3.2 (Telegram, second
step), 3.4 (other platforms).
"""

from datetime import date

from bot.dialog.model import Checked, Choice, Flow, Screen
from bot.flows.sheets import read_on
from bot.i18n import N_, NP_

_OTHER = Choice("other", NP_("button", "Another phone first"), to="digital.other")
_PEOPLE = Choice("people", NP_("button", "People to talk to"), to="people.start")
_PLAN = Choice("plan", NP_("button", "A list for myself"), to="plan.start")
_ACCOUNTS = Choice("accounts", NP_("button", "Accounts and apps"), to="digital.accounts")

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""


def digital(now: int) -> Flow:
    """The conversation on the day of `now`, seconds since 1970."""
    read = read_on(READ, now)
    return Flow(
        "digital",
        _start(),
        _other(read),
        _knows(read),
        _program(read),
        _accounts(read),
        _telegram(read),
        _iphone(read),
        _android(read),
        _location(read),
        _sim(read),
        _photos(read),
    )


def _start() -> Screen:
    return Screen(
        "start",
        N_(
            "Here is what others may see of a phone, and what can be done. Often it is a shared account and not a "
            "program. One order works best: another phone, a person, a plan, and changes last. A change can be noticed."
        ),
        _OTHER,
        Choice("knows", NP_("button", "They know what I write"), to="digital.knows"),
        _ACCOUNTS,
        Choice("location", NP_("button", "Location and trackers"), to="digital.location"),
        Choice("sim", NP_("button", "SIM and calls"), to="digital.sim"),
        Choice("photos", NP_("button", "Photos, cloud, browser"), to="digital.photos"),
        Choice("telegram", NP_("button", "Phone and Telegram"), to="phone.ask"),
        listing=True,
    )


def _other(read: Checked) -> Screen:
    return Screen(
        "other",
        N_(
            "A phone that the other person does not open is the best start: a friend's, a neighbour's, one at work. It "
            "is better not to sign in there to accounts they know. From it you can write, call and plan. Passwords, "
            "programs and location come last."
        ),
        _PEOPLE,
        _PLAN,
        _ACCOUNTS,
        checked=read,
    )


def _knows(read: Checked) -> Screen:
    return Screen(
        "knows",
        N_(
            "If someone knows too much, notice what exactly: words, a place, or only that you wrote. It points to the "
            "source. Shared accounts, family groups, a car or a child's tablet are more common than a program. A warm "
            "phone or a weak battery proves nothing."
        ),
        Choice("program", NP_("button", "A tracking program"), to="digital.program"),
        _ACCOUNTS,
        _OTHER,
        checked=read,
    )


def _program(read: Checked) -> Screen:
    return Screen(
        "program",
        N_(
            "There can be signs: an unknown app with special rights, Play Protect switched off, an unknown profile on "
            "an iPhone, a new linked device. None of them is proof. If you remove a program, someone may notice. So "
            "another phone and a person come first."
        ),
        _OTHER,
        _PEOPLE,
        parent="digital.knows",
        checked=read,
    )


def _accounts(read: Checked) -> Screen:
    return Screen(
        "accounts",
        N_(
            "At first you can only look, and change things later. WhatsApp, Instagram and VK have a list of linked "
            "devices or logins. Look at live location and close friends too. If you end a login, that device is signed "
            "out, and this can be noticed."
        ),
        Choice("iphone", NP_("button", "On an iPhone"), to="digital.iphone"),
        Choice("android", NP_("button", "On Android"), to="digital.android"),
        Choice("telegram", NP_("button", "Telegram settings"), to="digital.telegram"),
        Choice("money", NP_("button", "Kaspi, Halyk, eGov"), to="money.start"),
        checked=read,
    )


def _telegram(read: Checked) -> Screen:
    return Screen(
        "telegram",
        N_(
            "In Telegram you can look first and change later. Settings, Privacy and Security: "
            "passcode, two-step password, who sees your number. There, too: frequent contacts, "
            "contact sync. The archive only moves a chat out of the list. A change can be noticed."
        ),
        _OTHER,
        Choice("phone", NP_("button", "Phone and Telegram"), to="phone.ask"),
        parent="digital.accounts",
        checked=read,
    )


def _iphone(read: Checked) -> Screen:
    return Screen(
        "iphone",
        N_(
            "On an iPhone with iOS 16 or later: Settings → Privacy & Security → Safety Check. It shows what is shared "
            "with whom, and can stop it. It has a quick exit of its own. Those who are cut off get no message, but can "
            "see that something is missing."
        ),
        _OTHER,
        parent="digital.accounts",
        checked=read,
    )


def _android(read: Checked) -> Screen:
    return Screen(
        "android",
        N_(
            "On Android there are a few places to look: devices of the Google account, location sharing in Maps, Play "
            "Protect, Family Link. Then apps with administrator or accessibility rights. A change there can be noticed."
        ),
        _OTHER,
        parent="digital.accounts",
        checked=read,
    )


def _location(read: Checked) -> Screen:
    return Screen(
        "location",
        N_(
            "A place can be shown by the phone, an app, or a small tracker in a car, bag or toy. Airplane mode hides "
            "it only briefly. If it is suddenly switched off, this can be noticed. So a plan comes before that."
        ),
        _PLAN,
        _OTHER,
        checked=read,
    )


def _sim(read: Checked) -> Screen:
    return Screen(
        "sim",
        N_(
            "If the SIM is in another person's name, that person may get a list of your calls. "
            "Whoever holds the SIM gets the codes that come by SMS. For one of your own you need your"
            " identity card. A second password protects accounts, but can be noticed."
        ),
        Choice("egov", NP_("button", "eGov and signature"), to="money.egov"),
        _OTHER,
        checked=read,
    )


def _photos(read: Checked) -> Screen:
    return Screen(
        "photos",
        N_(
            "Photos may turn up in a shared album or on a family tablet, and they can carry the place. A private "
            "window of the browser keeps no history. If you clear something, take only the risky lines: an empty "
            "history is noticed."
        ),
        _OTHER,
        checked=read,
    )
