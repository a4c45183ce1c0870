"""Words used on more than one screen, and the few lines that stand alone in a chat."""

from bot.dialog.model import Labels
from bot.i18n import N_, NP_

LABELS = Labels(
    # Translators: the button to emergency numbers, on every screen. One word; calm; not the word for police or danger.
    urgent=NP_("button", "Urgent"),
    # Translators: deletes the chat's messages at once. It looks like an ordinary way to close something.
    close=NP_("button", "✖️ Close"),
    back=NP_("button", "‹ Back"),
    go_on=NP_("button", "Skip and read on"),
    # Translators: takes away a screen that answered typed words by mistake.
    not_it=NP_("button", "No, that's not it"),
    # Translators: sends a contact card named by the number, from which the phone can call.
    card=NP_("button", "Tel. {number}"),
    # Translators: opens WhatsApp with the number above it.
    whatsapp=NP_("button", "Open WhatsApp"),
    checked=N_("Sources checked: {month}"),
    # Translators: instead of "Sources checked" when that was over 90 days ago; at most 33 characters when filled.
    overdue=N_("From {month}. Ask 111 to be sure."),
    # Translators: the same where the day that somebody wrote lies in the future; at most 33 characters.
    undated=N_("Date unknown. Ask 111 to be sure."),
    copy=NP_("button", "Copy"),
    # Translators: an item of a list that she has chosen. The mark stays.
    chosen=NP_("button", "✓ {item}"),
)

# Translators: the only thing that stays after Close. It must mean nothing to somebody else.
DONE = N_("Done.")

# Translators: the answer to urgent words that reached us too late to answer them in full.
NUMBERS_ARE_IN_THE_MENU = N_("Hello. To see the numbers, tap /urgent")

# Translators: shown once above the next screen, when something written to us arrived too late.
WE_WERE_AWAY = N_("Sorry, we could not answer for a while.")

# Translators: shown when nothing else works. The numbers stay as they are.
STATIC_NUMBERS = N_("Hello. Something is not working here now. Free numbers, day and night: 102, 112, 103, 111.")
