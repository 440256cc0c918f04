"""What the papers of a return are called on their tiles, and what each is for."""

from __future__ import annotations

from pos.domain.customer_return import CustomerReturn
from pos.domain.frozen import dataclass
from pos.domain.return_pack import PackPaper
from pos.services.paperwork import PaperView
from pos.services.return_pack import PackItem
from pos.ui.paper_words import paper_words
from pos.wording import N_, Wording


@dataclass(frozen=True, slots=True)
class PaperName:
    """`title` and `use` are said in the cashier's language."""

    icon: str
    title: str
    use: str


_NAMES = {
    PackPaper.RETURN_RECEIPT: PaperName("description", N_("Return receipt"), N_("For the customer")),
    PackPaper.STORE_SLIP: PaperName("fact_check", N_("Shop’s copy"), N_("Signed, goes in the drawer")),
    PackPaper.CARD_SLIP: PaperName("credit_card", N_("Card refund slip"), N_("For the customer")),
    PackPaper.STORE_CREDIT: PaperName("account_balance_wallet", N_("Store credit"), N_("Pays like money")),
    PackPaper.STORE_CREDIT_COPY: PaperName(
        "fact_check", N_("Shop’s copy of store credit"), N_("Nobody can pay with it")
    ),
    PackPaper.GIFT_CARD_SLIP: PaperName("redeem", N_("Gift card slip"), N_("What is on the card now")),
    PackPaper.REFUND_SLIP: PaperName("payments", N_("Refund given another way"), N_("Signed, goes in the drawer")),
    PackPaper.MAIL_CHECK_REQUEST: PaperName("mail", N_("Check to be mailed"), N_("For whoever writes the check")),
    PackPaper.EXCEPTION_FORM: PaperName("verified_user", N_("Exception form"), N_("Who agreed, and to what")),
    PackPaper.CLAIM_PROTOCOL: PaperName("gavel", N_("Claim protocol"), N_("By law, for the customer")),
    PackPaper.DISPOSITION_TAG: PaperName("label", N_("Tag for the goods"), N_("Put on the goods")),
    PackPaper.VENDOR_RETURN: PaperName("local_shipping", N_("Vendor return slip"), N_("Goes with the goods")),
}


def icon_of(item: PackItem) -> str:
    """The icon of its tile."""
    return _NAMES[item.paper].icon


def title_of(item: PackItem, words: Wording) -> str:
    """Which paper it is."""
    return words.say(_NAMES[item.paper].title)


def detail_of(item: PackItem, done: CustomerReturn, words: Wording) -> str:
    """The goods it is about, or what it is for; what became of it, once it was in the queue and no longer waits."""
    if item.state is None or item.waits:
        goods = next((line.name for line in done.lines if line.place == item.place), "")
        return goods or words.say(_NAMES[item.paper].use)
    said = paper_words(PaperView(item.state, "", item.paper.value), words).chip
    return f"{said} · {words.say('COPY {number}', number=item.copies)}" if item.copies else said
