"""Every conversation of the helpline: words and paths, one file each. This list is the book."""

from bot.dialog.model import Book
from bot.flows.home import about, home
from bot.flows.phone import phone
from bot.flows.phrases import LABELS
from bot.flows.urgent import urgent

BOOK = Book((home, urgent, phone, about), guard="phone.ask", labels=LABELS)
