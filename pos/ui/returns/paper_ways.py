"""Where the papers of a return can go: the receipt printer, a file of A4 sheets, the mail program."""

from __future__ import annotations

from pos.wording import Wording

PRINTER, SHEETS, MAIL = "printer", "sheets", "mail"
# The icon and the key of each.
WAYS = {PRINTER: ("print", "Alt+R"), SHEETS: ("description", "Alt+A"), MAIL: ("mail", "Alt+E")}


def print_words(way: str, count: int, words: Wording) -> str:
    """What the large key does with so many papers."""
    if not count:
        return words.say("Finish")
    if way == SHEETS:
        return words.count("Save {n} document", "Save {n} documents", count)
    if way == MAIL:
        return words.count("Mail {n} document", "Mail {n} documents", count)
    return words.count("Print {n} document", "Print {n} documents", count)
