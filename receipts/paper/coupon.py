"""Coupons to hand out: what each is good for, until when, and its bars, one under the other to be cut apart."""

from __future__ import annotations

from collections.abc import Sequence

from pos.wording import Wording
from receipts.document import Barcode, Centred, Document, Feed, Rule
from receipts.paper.shop_face import ShopFace


def coupons(
    codes: Sequence[tuple[str, str]], shop: ShopFace, words: Wording, *, name: str, rule: str, when: str
) -> Document:
    """`codes` are what stands in the bars and what stands under them; `rule` and `when` are in words, `when` may be
    empty.
    """
    said = tuple(filter(None, (rule, when)))
    return Document(
        name="coupon",
        title=words.say("Coupon"),
        language=words.language,
        blocks=tuple(
            block
            for bars, shown in codes
            for block in (
                *shop.sign(),
                Rule(),
                Centred(name, emphasis=True),
                *(Centred(line) for line in said),
                Feed(),
                Barcode(bars, caption=shown),
                Rule(),
                Feed(),
            )
        ),
    )
