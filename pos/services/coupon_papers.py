"""The coupons of a promotion as paper, to be handed out: each with its bars, printed or saved."""

from __future__ import annotations

from pathlib import Path

from pos.domain.promotion import Promotion
from pos.domain.refusal import Code, Refused
from pos.domain.staff import Permission
from pos.persistence.unit_of_work import UnitOfWork
from pos.promotion_words import conditions_words, rule_words
from pos.services.desk import Desk
from pos.services.promotion_text import stored_promotion
from pos.services.shop_logo import face_of
from pos.services.whole_file import write_privately
from pos.wording import Wording
from receipts import pdf
from receipts.document import Document
from receipts.paper.coupon import coupons

# As many as a roll of paper bears at once; a list of thousands goes to a printer's.
COUPONS_MAX = 50
_GS1 = "255"


def coupon_paper(desk: Desk, promotion_id: str) -> Document | Refused:
    """The first coupons of a promotion as it stands, in the shop's language.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED, PROMOTION_UNKNOWN, COUPON_UNKNOWN where it asks for no coupon.
    """
    operator = desk.permit(Permission.MANAGE_PROMOTIONS)
    if isinstance(operator, Refused):
        return operator
    with desk.shop.books.reading() as work:
        rows = work.promotions.history(promotion_id)
        if not rows:
            return Refused(Code.PROMOTION_UNKNOWN, {"promotion": promotion_id})
        promotion = stored_promotion(rows[-1].body, rows[-1].version, desk.rules.currency)
        names = _item_names(work, desk, promotion)
    codes = _codes(promotion)
    if not codes:
        return Refused(Code.COUPON_UNKNOWN, {"code": promotion_id})
    words = Wording(desk.rules.language)
    return coupons(
        codes[:COUPONS_MAX],
        face_of(desk, desk.rules),
        words,
        name=promotion.name_in(words.language),
        rule=rule_words(promotion, desk.rules.currency, words, lambda item: names.get(item, item)),
        when=conditions_words(promotion, words),
    )


def save_coupons(paper: Document, promotion_id: str, folder: Path) -> Path:
    """The paper as a PDF that only this user of the machine can read. Raises KnownError FILE_UNREADABLE."""
    path = folder / f"coupon-{promotion_id}.pdf"
    write_privately(path, pdf.render(paper))
    return path


def _codes(promotion: Promotion) -> list[tuple[str, str]]:
    """What each coupon has in its bars, and what stands under them: GS1 numbers the way GS1 writes them."""
    coupon = promotion.conditions.coupon
    if coupon is None:
        return []
    own = [(code, code) for code in coupon.codes if code.isascii() and code.isprintable()]
    return own + [(_GS1 + number, f"({_GS1}){number}") for number in coupon.gs1]


def _item_names(work: UnitOfWork, desk: Desk, promotion: Promotion) -> dict[str, str]:
    found = work.items.get_many(sorted(promotion.named_items), desk.now())
    return {item_id: item.name for item_id, item in found.items()}
