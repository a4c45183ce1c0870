"""The screens that anybody may see: home, and one tap deeper what this is.

Home is what a stranger, a returning person and whoever holds the phone get alike. Sources: `safety_content` 3.3 (what
closing can do), 4.1 (microcopy).
"""

from bot.dialog.model import Choice, Flow, Screen
from bot.i18n import N_, NP_

home = Flow(
    "home",
    Screen(
        "start",
        # Translators: nothing here may tell that this is about violence. The first 40 characters least of all.
        N_(
            "Hello. Here are free phone numbers and plain information, at any hour. "
            "This is a program, not a person. You do not need to give a name."
        ),
        Choice("topics", NP_("button", "Information"), to="topics.start"),
        Choice("people", NP_("button", "People to talk to"), to="people.start"),
        Choice("what", NP_("button", "What this is"), to="about.what"),
        Choice("phone", NP_("button", "Phone and Telegram"), to="phone.ask"),
    ),
    Screen(
        "unread",
        N_("Hello. This program can read only typed words and buttons. We did not open or save what you sent."),
    ),
    Screen(
        "removed",
        N_(
            "Hello. No phone number or location is needed here, so we took your message out of this "
            "chat. We did not save it."
        ),
    ),
)

about = Flow(
    "about",
    Screen(
        "what",
        N_(
            "In a few words: here are free numbers and information. They are for anyone who does not "
            "feel safe with someone close. You can read without writing. This program cannot call for"
            " you or come to you. People answer at 102, 112, 103 and 111."
        ),
        Choice("people", NP_("button", "People to talk to"), to="people.start"),
        Choice("kept", NP_("button", "What is kept"), to="privacy.kept"),
        Choice("after", NP_("button", "When it is quiet again"), to="urgent.after"),
        Choice("phone", NP_("button", "Phone and Telegram"), to="phone.ask"),
    ),
)
