"""The badge of somebody who works here, to be cut out or put behind a card: bars that sign them in."""

from __future__ import annotations

from pos.wording import Wording
from receipts.document import Barcode, Centred, Document, Feed, Rule, Size, TextLine
from receipts.paper.shop_face import ShopFace


def staff_badge(badge: str, shop: ShopFace, words: Wording, *, name: str, number: str, role: str) -> Document:
    """`badge` is a secret: it stands in the bars alone, and nothing keeps this paper. `role` is in words."""
    return Document(
        name="staff_badge",
        title=words.say("Staff badge"),
        language=words.language,
        blocks=(
            *shop.sign(),
            Rule(),
            TextLine(name, number, emphasis=True, size=Size.TALL),
            TextLine(role),
            Feed(),
            Barcode(badge, caption=words.say("Scan to sign in")),
            Rule(),
            Centred(words.say("Whoever has this badge can sign in as you.")),
            Centred(words.say("Lost? Tell a manager at once.")),
        ),
    )
