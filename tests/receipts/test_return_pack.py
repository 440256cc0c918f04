"""The papers of a return's pack: as kept in three languages, read back from the PDF, with bars that scan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from typing import Any

import pytest

from pos.domain.agreed_rule import AgreedRule
from pos.domain.approval import Proof
from pos.domain.card_facts import ReceiptRow, ReceiptSide, TerminalReceipt
from pos.domain.customer_return import ReturnLine, ReturnTender
from pos.domain.disposition import Goods
from pos.domain.gift_card import GiftCardKind
from pos.domain.money import Money, Quantity
from pos.domain.reasons import Reason
from pos.domain.refusal import Code
from pos.domain.return_decision import Effect
from pos.domain.return_decision import Reason as StoodInTheWay
from pos.wording import LANGUAGES, Wording
from receipts import escpos, pdf
from receipts.document import Barcode, Document, Logo, Mark, Rule
from receipts.paper.card_slip import CardSlip, SlipOf, card_slip
from receipts.paper.claim_protocol import Claim, claim_protocol
from receipts.paper.disposition_tag import GoodsTag, disposition_tag
from receipts.paper.exception_form import AgreedException, AgreedPerson, exception_form
from receipts.paper.gift_card_slip import GiftCardSlip, SlipCause, gift_card_slip, shops_copy
from receipts.paper.mail_check_request import MailedCheck, mail_check_request
from receipts.paper.return_receipt import ReturnPaper, return_receipt
from receipts.paper.till_slip import TillSlip, till_slip
from receipts.paper.vendor_return import VendorReturn, vendor_return
from receipts.plain_text import Row, lay_out, render
from receipts.printers import PROFILES
from tests.receipts import samples
from tests.receipts.golden import assert_golden
from tests.receipts.scanner import scan
from tests.receipts.test_further_papers import CARDS
from tests.receipts.test_mail_check_request import paper as check_request
from tests.receipts.test_pdf import picture, text_of
from tests.receipts.test_refusal_note import paper as refusal
from tests.receipts.test_return_receipt import LINES, SHOPS, done

# On the shop's clock.
AT = datetime.combine(date(2026, 11, 21), time(15, 2))
NAMES = {
    "en": ("Trail runner shoe 42", "Elena Novak"),
    "cs": ("Běžecká bota vel. 42", "Elena Nováková"),
    "sv": ("Löparsko stl 42", "Åsa Öberg"),
}
WRONG = {
    "en": "The sole came off after two weeks.",
    "cs": "Po dvou týdnech se odlepila podrážka.",
    "sv": "Sulan lossnade efter två veckor.",
}
INK = Logo(120, 24, bytes((0 if (x // 2 + y) % 9 == 0 else 255) for y in range(24) for x in range(120)))


def brought(language: str, disposition: str = "vendor") -> ReturnLine:
    """A shoe that broke."""
    return replace(
        LINES[0], name=NAMES[language][0], item="SHOE-42", serial="SN-17", condition="defective", reason="defective",
        disposition=disposition, quantity=Quantity.pieces(1), rules=("R2:WINDOW_EXPIRED",),
    )  # fmt: skip


def form(language: str, copy_number: int = 0) -> Document:
    """Late, and paid out another way: two rules, one yes."""
    words, (currency, shop) = Wording(language), SHOPS[language]
    late = StoodInTheWay(
        Code.WINDOW_EXPIRED,
        Effect.REFUSES,
        "R2",
        facts={"item": NAMES[language][0], "last": date(2026, 11, 2)},
    )
    days = [words.count("{n} day", "{n} days", number) for number in (49, 30)]
    cash = [words.money(Money(minor, currency)) for minor in (22_300, 20_000)]
    rules = (
        AgreedRule(
            "WINDOW_EXPIRED", "R2", 1, NAMES[language][0], words.return_reason(late), days[0], days[1], "manager"
        ),
        AgreedRule("CASH_LIMIT", "M8", value=cash[0], limit=cash[1]),
    )
    about = AgreedException(
        done=done(language, (brought(language),)),
        rules=rules,
        asked=AgreedPerson("101", "Maya Reyes", AT.replace(minute=0)),
        agreed=AgreedPerson("201", "Dana Kim", AT.replace(minute=1)),
        proof=Proof.BADGE,
        option=words.say("As asked"),
        reason=words.reason(Reason("goodwill")),
        without=0,
        within=22_300,
        limit=10_000,
    )
    return exception_form(about, shop, words, copy_number=copy_number)


def form_instead(language: str, copy_number: int = 0) -> Document:
    """A card took nothing back: somebody agreed to cash."""
    words, (currency, shop) = Wording(language), SHOPS[language]
    out = words.amount(Money(20_000, currency))
    rule = AgreedRule(
        "CARD_UNAVAILABLE",
        "",
        value=f"{words.refund_to('cash')} {out}",
        limit=words.refund_to("credit", "•••• 4242"),
        role="manager",
    )
    about = AgreedException(
        done=done(language, (brought(language),)),
        rules=(rule,),
        asked=AgreedPerson("101", "Maya Reyes", AT.replace(minute=30)),
        agreed=AgreedPerson("201", "Dana Kim", AT.replace(minute=31)),
        proof=Proof.PIN,
        option=words.refund_to("cash"),
        reason=words.reason(Reason("goodwill")),
        without=0,
        within=20_000,
        limit=10_000,
    )
    return exception_form(about, shop, words, copy_number=copy_number)


def refund_slip(language: str, copy_number: int = 0) -> Document:
    """What the customer signs for that cash."""
    words, (currency, shop) = Wording(language), SHOPS[language]
    way = words.refund_to("cash")
    slip = TillSlip(
        "refund_instead",
        "3/1240",
        3,
        "Maya Reyes",
        AT,
        currency,
        20_000,
        "",
        note=words.say("Return {number}: {tender}, not onto the card", number="0142-03-R0007", tender=way),
    )
    return till_slip(slip, shop, words, copy_number=copy_number)


def tag(language: str, copy_number: int = 0, disposition: str = "destroy") -> Document:
    words, (_, shop) = Wording(language), SHOPS[language]
    line = brought(language, disposition)
    about = GoodsTag(done(language, (line,)), line, words.reason(Reason("defective")))
    return disposition_tag(about, shop, words, copy_number=copy_number)


def to_vendor(language: str, copy_number: int = 0, vendor: str = "", ra: str = "") -> Document:
    words, (_, shop) = Wording(language), SHOPS[language]
    line = brought(language)
    about = VendorReturn(done(language, (line,)), line, words.reason(Reason("defective")), vendor, ra)
    return vendor_return(about, shop, words, copy_number=copy_number)


CLAIM = Claim(
    number="3/1234", at=AT, workstation=3, operator_name="Maya Reyes", receipt="0142-03-0117", bought=date(2026, 11, 2),
    item="SHOE-42", name="", quantity=Quantity.pieces(1), serial="SN-17", content=(), remedy="repair",
)  # fmt: skip


def claim(language: str, copy_number: int = 0, **changes: Any) -> Document:
    """Open: taken in today, by the law of the country of that language."""
    words, (_, shop) = Wording(language), SHOPS[language]
    about = replace(
        CLAIM,
        name=NAMES[language][0],
        content=(words.reason(Reason("defective")), WRONG[language]),
        due=date(2026, 12, 21) if language == "cs" else None,
        soon=language == "sv",
        code="KVABCDEFGHIJKLMNOP",
        **changes,
    )
    return claim_protocol(about, shop, words, copy_number=copy_number)


def settled(language: str, copy_number: int = 0) -> Document:
    """The same after a week, to a customer whose name and phone are known."""
    known: dict[str, Any] = {"customer": NAMES[language][1], "contact": ("+420 777 123 456", "elena@example.com")}
    return claim(language, copy_number, settled=date(2026, 11, 28), manner="replace", **known)


def plain_return(language: str, copy_number: int = 0) -> Document:
    """Goods came back and nothing went out for them; all of it on one card."""
    about = replace(
        done(language, (brought(language),)), tenders=(ReturnTender("credit", 22_300, 1, card="•••• 4242", tender=1),)
    )
    return return_receipt(
        ReturnPaper(about, "Dana Kim"),
        SHOPS[language][1],
        Wording(language),
        head=samples.HEAD,
        copy_number=copy_number,
    )


def onto_gift_card(language: str, copy_number: int = 0) -> Document:
    """The money of a return is on the card it came from; what is on it now."""
    currency, shop = SHOPS[language]
    slip = GiftCardSlip(
        GiftCardKind.GIFT_CARD, SlipCause.REFUNDED, "•••• 0024", 2_000, 6_500, currency, AT, 3, "Maya Reyes",
        "0142-03-R0007", expires=date(2031, 11, 21),
    )  # fmt: skip
    return gift_card_slip(slip, shop, Wording(language), copy_number=copy_number)


def onto_card(language: str, copy_number: int = 0) -> Document:
    """What the terminal says of a refund."""
    currency, shop = SHOPS[language]
    rows = (
        ReceiptRow("Visa", "************4242"),
        ReceiptRow("AUTH", "4F7K21"),
        ReceiptRow("REFUND", "200.00", bold=True),
    )
    slip = CardSlip(
        SlipOf.REFUNDED,
        TerminalReceipt(ReceiptSide.CUSTOMER, rows),
        20_000,
        currency,
        AT,
        3,
        "7Q2ZK91XPA",
        "Maya Reyes",
    )
    return card_slip(slip, shop, Wording(language), copy_number=copy_number)


def credit(language: str) -> GiftCardSlip:
    """Store credit of a return that was bought with another, which takes nothing any more."""
    return replace(
        CARDS["store_credit"],
        currency=SHOPS[language][0],
        receipt="0142-03-R0007",
        customer=NAMES[language][1],
        bought="0142-03-0117",
        bought_on=date(2026, 11, 2),
        instead_of="•••• 0016",
    )


def renewed_credit(language: str, copy_number: int = 0) -> Document:
    return gift_card_slip(credit(language), SHOPS[language][1], Wording(language), copy_number=copy_number)


def kept_credit(language: str, copy_number: int = 0) -> Document:
    return shops_copy(credit(language), SHOPS[language][1], Wording(language), copy_number=copy_number)


def blocked_card(language: str, copy_number: int = 0) -> Document:
    """Two lines, a gift card among them: it pays for nothing any more."""
    about = replace(
        done(language, (brought(language), replace(LINES[0], place=1, line=2))),
        tenders=(ReturnTender("cash", 22_300, 1, tender=1),),
    )
    return return_receipt(
        ReturnPaper(about, blocked=("•••• 0024",)),
        SHOPS[language][1],
        Wording(language),
        head=samples.HEAD,
        copy_number=copy_number,
    )


PACK: Mapping[str, Callable[..., Document]] = {
    "plain_return": plain_return,
    "return_of_gift_card": blocked_card,
    "store_credit_renewed": renewed_credit,
    "store_credit_copy": kept_credit,
    "exception_form": form,
    "exception_form_instead": form_instead,
    "refund_slip": refund_slip,
    "disposition_tag": tag,
    "vendor_return": to_vendor,
    "vendor_return_typed": partial(to_vendor, vendor="Fjällräven AB", ra="RA-2026-0077"),
    "claim_protocol": claim,
    "claim_settled": settled,
    "gift_card_refunded": onto_gift_card,
    "card_slip_refunded": onto_card,
}


def slip_to_sign(language: str, copy_number: int = 0) -> Document:
    """The shop’s copy of the same return, of a customer whose phone is known."""
    about = ReturnPaper(
        done(language, (brought(language),)),
        "Dana Kim",
        customer_name=NAMES[language][1],
        contact=("+420 777 123 456", "elena@example.com"),
    )
    shop, words = SHOPS[language][1], Wording(language)
    return return_receipt(about, shop, words, head=samples.HEAD, copy_number=copy_number, for_shop=True)


def new_credit(language: str, copy_number: int = 0) -> Document:
    """Store credit that a return made: the slip is the credit."""
    currency, shop = SHOPS[language]
    slip = replace(CARDS["store_credit"], currency=currency, receipt="0142-03-R0007")
    return gift_card_slip(slip, shop, Wording(language), copy_number=copy_number)


# With those whose text is kept by tests of their own.
WHOLE: Mapping[str, Callable[..., Document]] = {
    **PACK,
    "store_slip": slip_to_sign,
    "mail_check_request": check_request,
    "store_credit": new_credit,
    "refusal_note": refusal,
}
_NO_BARS = frozenset({"gift_card_refunded", "card_slip_refunded", "refund_slip"})
BARRED = [name for name in PACK if "credit" not in name and name not in _NO_BARS]


@pytest.mark.parametrize("columns", [42, 48])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PACK)
def test_the_paper_is_as_kept(name: str, language: str, columns: int) -> None:
    assert_golden(f"{name}_{language}_{columns}.txt", render(PACK[name](language), columns))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WHOLE)
def test_every_row_is_read_back_from_the_pdf(name: str, language: str) -> None:
    document = WHOLE[name](language)
    found = [" ".join(line.split()) for line in text_of(pdf.render(document)).splitlines()]
    for row in lay_out(document, 42):
        if isinstance(row, Row) and row.text.strip():
            assert " ".join(row.text.split()) in found


@pytest.mark.parametrize("name", [*BARRED, "store_slip", "mail_check_request"])
def test_the_bars_lead_to_the_return_on_paper_and_in_the_file(name: str) -> None:
    document = WHOLE[name]("cs")
    (bars,) = (block for block in document.blocks if isinstance(block, Barcode))
    assert bars.data == "KVABCDEFGHIJKLMNOP"
    assert scan(picture(pdf.render(document))) == [bars.data]
    for profile in PROFILES.values():
        assert bars.data.encode() in escpos.render(document, profile) or profile.columns < 42


@pytest.mark.parametrize("name", WHOLE)
def test_a_further_one_says_that_it_is_a_copy(name: str) -> None:
    assert not isinstance(WHOLE[name]("sv").blocks[0], Mark)
    assert WHOLE[name]("sv", copy_number=2).blocks[0] == Mark(Wording("sv").say("COPY {number}", number=2))


@pytest.mark.parametrize("goods", list(Goods))
def test_a_tag_says_where_the_goods_go_in_every_language(goods: Goods) -> None:
    said = {render(tag(language, disposition=goods.value), 42).splitlines()[1].strip() for language in LANGUAGES}
    assert len(said) == len(LANGUAGES)
    assert goods.value not in said
    assert render(tag("en", disposition="to_the_museum"), 42).splitlines()[1].strip() == "to_the_museum"


def test_an_open_claim_has_room_for_what_is_not_known_yet_and_a_settled_one_has_none() -> None:
    words = Wording("cs")
    opened, closed = render(claim("cs"), 48), render(settled("cs"), 48)
    assert words.short_day(date(2026, 12, 21)) in opened
    assert words.short_day(date(2026, 12, 21)) not in closed, "it is over"
    assert words.short_day(date(2026, 11, 28)) in closed
    assert NAMES["cs"][1] in closed
    assert opened.count("-" * 48) > closed.count("-" * 48)
    assert words.say("We settle it within a reasonable time.") not in opened + closed
    assert Wording("sv").say("We settle it within a reasonable time.") in " ".join(render(claim("sv"), 48).split())


def test_a_signature_that_was_taken_stands_over_its_line() -> None:
    words, shop = Wording(), SHOPS["en"][1]
    about = done("en", (brought("en"),))
    signed = [
        return_receipt(ReturnPaper(about, signature=INK), shop, words, for_shop=True),
        claim_protocol(replace(CLAIM, name="x", signature=INK), shop, words),
        mail_check_request(MailedCheck(about, 100, signature=INK), shop, words),
        vendor_return(VendorReturn(about, about.lines[0], signature=INK), shop, words),
    ]
    for document in signed:
        place = document.blocks.index(INK)
        assert isinstance(document.blocks[place + 1], Rule)


@pytest.mark.parametrize("name", PACK)
def test_a_logo_stands_at_the_head_of_what_speaks_for_the_shop(name: str) -> None:
    faces = {language: (currency, replace(face, logo=INK)) for language, (currency, face) in SHOPS.items()}
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(SHOPS, "en", faces["en"])
        shown = INK in PACK[name]("en").blocks
    assert shown == (name != "disposition_tag"), "a tag is small: the shop’s name is enough"
