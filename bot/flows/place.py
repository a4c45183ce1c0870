"""A place to stay: what a centre gives and asks, what to ask on the phone, how to get there, and for whom it is harder.

Sources, compared 2026-11-23: `law_and_forensics` C1 (police at the home), E9 (centres, stay, licences of 2025), A2 (who
is covered by the law), F1 (who must tell); `contacts` family-support-centres, men, embassies, police-102, places;
`safety_content` 1.6 (older people, disability, no papers), 2 (papers). Admission without papers, age limits and access
are confirmed for no centre, and are said so.
"""

from datetime import date

from bot.dialog.model import Branch, Checked, Choice, Flow, Screen
from bot.domain.situation import Situation
from bot.flows.directory import Directory
from bot.flows.sheets import address, read_on
from bot.i18n import N_, NP_, Text

READ = date(2026, 11, 23)
"""The day on which these words were last compared with their sources."""

_CHOOSE_A_REGION = "directory.start"
_MINE = Choice("mine", NP_("button", "In my region"), to="place.mine")
_ASK = Choice("ask", NP_("button", "What to ask on the phone"), to="place.ask")
_INFORMS = Choice("informs", NP_("button", "Whom they tell"), to="place.informs")
_PAPERS = Choice("papers", NP_("button", "Papers and children"), to="place.papers")
_PEOPLE = Choice("people", NP_("button", "People to talk to"), to="people.start")


def place(directory: Directory, now: int) -> Flow:
    """The conversation of a directory; `now` is seconds since 1970."""
    regions = tuple(f"directory.{one.code.lower()}" for one in directory.regions_in_order("en"))
    read = read_on(READ, now)
    return Flow(
        "place",
        _start(),
        # What there is, what it asks, and whom it tells.
        _centre(read),
        _family_support(directory, read),
        _papers(read),
        _informs(read),
        # How to ask for a place, and how to get there with nothing.
        _ask(),
        _leaving(read),
        _heart(read),
        # Those for whom a place is harder to find: what is known, and what is not.
        _harder(),
        _men(directory, read),
        _older(read),
        _disability(directory, read),
        _foreign(directory, read),
        Branch("mine", _mine, (*regions, _CHOOSE_A_REGION)),
    )


def _start() -> Screen:
    return Screen(
        "start",
        N_(
            "What to expect there, in short. No two places are alike, so the last word is with 111 and with the centre "
            "itself. Choose what is closest."
        ),
        Choice("centre", NP_("button", "A crisis centre"), to="place.centre"),
        Choice("family", NP_("button", "A family support centre"), to="place.family_support"),
        _ASK,
        Choice("leaving", NP_("button", "No car, money or data"), to="place.leaving"),
        Choice("harder", NP_("button", "For whom it is harder"), to="place.harder"),
    )


def _mine(told: Situation) -> str:
    return f"directory.{told.region.lower()}" if told.region else _CHOOSE_A_REGION


def _centre(read: Checked) -> Screen:
    return Screen(
        "centre",
        N_(
            "In such a place people live for a time, out of sight. Most take women and children and have a "
            "psychologist and a lawyer. In the centres we read about, people stay up to 3 or 6 months. They need a "
            "licence now, and some closed or moved. Ask 111 which one takes people."
        ),
        _PAPERS,
        _INFORMS,
        _ASK,
        _MINE,
        checked=read,
    )


def _family_support(directory: Directory, read: Checked) -> Screen:
    return Screen(
        "family_support",
        N_(
            "The akimat has state centres for families. A lawyer, a psychologist and a social worker help there, "
            "wherever you are registered. By law they can also give a place for up to 1 month. In practice there is "
            "often no bed at night. Ask 111 before you go."
        ),
        *_card(directory, "family-support-centres", NP_("button", "How to reach them")),
        _INFORMS,
        _MINE,
        checked=read,
    )


def _papers(read: Checked) -> Screen:
    return Screen(
        "papers",
        N_(
            "It is best to ask about this before you go. We found no rule on whether a centre takes people without "
            "papers. You can ask all the same: papers can be made anew. Children mostly come along; ask about older "
            "sons. Police called to the home have to keep order while you take papers and clothes."
        ),
        _ASK,
        _MINE,
        parent="place.centre",
        checked=read,
    )


def _informs(read: Checked) -> Screen:
    return Screen(
        "informs",
        N_(
            "It is good to know this before you speak. By law, centres that help tell the police about violence or a "
            "threat of it. So do family support centres and mobile groups. What you say to 111 can be passed on. You "
            "can first just ask, without giving your name."
        ),
        _ASK,
        _PEOPLE,
        checked=read,
    )


def _ask() -> Screen:
    return Screen(
        "ask",
        N_(
            "On the phone you can ask, in any order:\n"
            "• is there room tonight, and for the children\n"
            "• do you take people without papers\n"
            "• can somebody fetch me, and how long can I stay\n"
            "• what does it cost, and what to bring\n"
            "• whom do you tell about me"
        ),
        _PAPERS,
        _INFORMS,
        _MINE,
    )


def _leaving(read: Checked) -> Screen:
    return Screen(
        "leaving",
        N_(
            "Even without a car, money or internet there is a way. Calls to 111 and 102 are free. You can ask 111 for "
            "a mobile group: by law, family support centres have them. In danger, tell 102 that you have no way to "
            "leave: the police can take people to a centre. Where you are registered does not matter."
        ),
        Choice("heart", NP_("button", "Numbers to learn by heart"), to="place.heart"),
        _PAPERS,
        _MINE,
        _PEOPLE,
        checked=read,
    )


def _heart(read: Checked) -> Screen:
    return Screen(
        "heart",
        N_(
            "It is worth knowing these without a phone:\n"
            "102 police\n"
            "112 rescue service\n"
            "103 ambulance\n"
            "111 advice, a place to stay\n"
            "and one person you trust.\n"
            "Any borrowed phone is enough, and the first four cost nothing. What you know by heart nobody can find."
        ),
        Choice("learnt", NP_("button", "What to say"), to="urgent.say"),
        _MINE,
        parent="place.leaving",
        checked=read,
    )


def _harder() -> Screen:
    return Screen(
        "harder",
        N_(
            "The law is the same for everyone, but some find a place to stay less easily. Choose what is closest. "
            "Where we do not know, we say so."
        ),
        Choice("men", NP_("button", "For men"), to="place.men"),
        Choice("older", NP_("button", "For older people"), to="place.older"),
        Choice("disability", NP_("button", "With a disability"), to="place.disability"),
        Choice("foreign", NP_("button", "For foreigners"), to="place.foreign"),
    )


def _men(directory: Directory, read: Checked) -> Screen:
    return Screen(
        "men",
        N_(
            "Men are helped too: 102 and 111 answer everyone. Some centres let men stay, but we know of few. Ask 111 "
            "which one does now. The law covers men as well as women."
        ),
        *_card(directory, "men", NP_("button", "Help for men")),
        _MINE,
        parent="place.harder",
        checked=read,
    )


def _older(read: Checked) -> Screen:
    return Screen(
        "older",
        N_(
            "At any age you have the same rights. The law also covers what grown children and other close relatives "
            "do. Ask 111 whether a centre has an age limit or stairs: we do not know. A neighbour can call for you. If "
            "you can, take medicines, identity card and pension papers."
        ),
        _ASK,
        _MINE,
        _PEOPLE,
        parent="place.harder",
        checked=read,
    )


def _disability(directory: Directory, read: Checked) -> Screen:
    return Screen(
        "disability",
        N_(
            "If the person you fear also cares for you, you can say so on the phone. Ask 111 about the entrance, the "
            "stairs, medicines and somebody to assist. We do not know which centres are accessible. If speaking is "
            "hard, there are ways to write."
        ),
        *_card(directory, "deaf-relay", NP_("button", "If you do not hear")),
        Choice("writing", NP_("button", "Write instead of calling"), to="people.writing"),
        _ASK,
        _MINE,
        parent="place.harder",
        checked=read,
    )


def _foreign(directory: Directory, read: Checked) -> Screen:
    return Screen(
        "foreign",
        N_(
            "People from other countries can call 102, 112, 103 and 111 too. We do not know which centres take them, "
            "above all without papers: ask 111. If you can, take your passport and migration card. An embassy may "
            "help; whether to call it, you decide."
        ),
        *_card(directory, "embassies", NP_("button", "Embassies")),
        _ASK,
        _MINE,
        parent="place.harder",
        checked=read,
    )


def _card(directory: Directory, entry: str, label: Text) -> tuple[Choice, ...]:
    """A choice that leads to a contact, while the directory shows it."""
    found = directory.hotline(entry)
    return (Choice("card", label, to=address(found)),) if found else ()
