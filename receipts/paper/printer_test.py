"""The page a printer is tried with: whether it spells, counts its columns, and prints bars that can be scanned."""

from __future__ import annotations

from datetime import datetime

from pos.wording import Wording
from receipts.document import Barcode, Centred, Document, Feed, Heading, Rule, Size, TextLine
from receipts.paper.shop_face import ShopFace

# Letters of every language the program speaks; those the printer's page lacks come as pictures.
_LETTERS = ("áčďéěíňóřšťúůýž", "ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ", "åäö ÅÄÖ éÉ €")


def printer_test(
    shop: ShopFace, words: Wording, *, at: datetime, workstation: int, profile: str, columns: int
) -> Document:
    """`at` is on the shop's clock; `columns` is how many the printer is said to have: the ruler is as wide."""
    ruler = "".join(str(place % 10) for place in range(1, columns + 1))
    return Document(
        name="printer_test",
        title=words.say("Test print"),
        language=words.language,
        blocks=(
            *shop.top(),
            Heading(words.say("Test print")),
            TextLine(
                f"{words.short_day(at.date())} {words.time(at)}", words.say("Register {number}", number=workstation)
            ),
            TextLine(profile),
            Rule(),
            TextLine(ruler),
            *(Centred(letters) for letters in _LETTERS),
            TextLine(words.say("TOTAL"), words.number(1234567), emphasis=True, size=Size.TALL),
            Feed(),
            Barcode("KASSA-0123456789", caption="KASSA-0123456789"),
            Centred(words.say("Nothing was sold. Throw this page away.")),
        ),
    )
