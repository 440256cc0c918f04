"""The receipt of a return or an exchange, from what was stored when it was completed; nothing is judged again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from pos.domain.customer_return import CustomerReturn, ReturnLine, ReturnTender
from pos.domain.frozen import dataclass
from pos.domain.money import Money, Unit
from pos.domain.reasons import Reason
from pos.domain.refund_rules import MAILED_CHECK
from pos.domain.transaction import JournalHead, Transaction
from pos.wording import Wording
from receipts.document import (
    Barcode,
    Block,
    Centred,
    Columns,
    Document,
    Feed,
    Heading,
    Logo,
    Mark,
    Rule,
    Size,
    TextLine,
)
from receipts.paper.return_head import (
    bought_with,
    check_promise,
    of_whom,
    signature_line,
    to_fill_in,
    which_return,
)
from receipts.paper.sale_receipt import MAC_DIGITS
from receipts.paper.shop_face import ShopFace

RETURN_RECEIPT = "return_receipt"
EXCHANGE_RECEIPT = "exchange_receipt"
# The same for the shop, to be signed.
STORE_SLIP = "store_slip"
# What the shop keeps of store credit it gave: without number and PIN.
STORE_CREDIT_COPY = "store_credit_copy"
# What the customer signs for money a card did not take.
REFUND_SLIP = "refund_slip"
# For whoever writes the check that goes out by mail.
MAIL_CHECK_REQUEST = "mail_check_request"
# What was agreed to beside the policy, the tag on the goods, the slip to their maker, the claim under the law.
EXCEPTION_FORM = "exception_form"
DISPOSITION_TAG = "disposition_tag"
VENDOR_RETURN = "vendor_return"
CLAIM_PROTOCOL = "claim_protocol"
# The papers that are made of the stored return alone.
OF_THE_RETURN = frozenset(
    {
        *(RETURN_RECEIPT, STORE_SLIP, STORE_CREDIT_COPY, MAIL_CHECK_REQUEST, EXCEPTION_FORM),
        *(DISPOSITION_TAG, VENDOR_RETURN, CLAIM_PROTOCOL, REFUND_SLIP),
    }
)
_SIGNED = "SIGNATURE_NEEDED"
_ADDRESS_LINES = 2


@dataclass(frozen=True, slots=True)
class ReturnPaper:
    """What the paper shows beside the return: `reasons` are the shop's own words for its codes, `approver_name` who
    agreed and `approved` to what, `sale` the other half of an exchange, `customer_name` whose signature it asks for and
    `signature` that signature, where it was taken on screen; `check_days` the business days a check is promised within;
    `contact` how the customer is reached; `blocked` the gift cards that came back and pay for nothing any more.
    """

    done: CustomerReturn
    approver_name: str = ""
    reasons: Mapping[str, str] | None = None
    sale: Transaction | None = None
    approved: tuple[str, ...] = ()
    customer_name: str = ""
    signature: Logo | None = None
    check_days: int = 0
    contact: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()


def return_receipt(
    paper: ReturnPaper,
    shop: ShopFace,
    words: Wording,
    *,
    head: JournalHead | None = None,
    copy_number: int = 0,
    for_shop: bool = False,
) -> Document:
    """The customer's paper for goods and money that went back (returns.md 8.1); of an exchange both halves.

    `for_shop`: the shop's copy, with room for the customer, and for whoever agreed, to sign (returns.md 8.3).
    """
    done = paper.done
    exchanged = bool(done.exchange) or _replaced(done)
    title = _title(done, words)
    blocks: list[Block] = []
    if copy_number:
        blocks.append(Mark(words.say("COPY {number}", number=copy_number)))
    blocks += [*shop.top(), Heading(title), *_head(paper, words, for_shop=for_shop)]
    for line in done.lines:
        blocks += _line(line, paper, words)
    if not done.lines:
        amount = _amount(done, done.merchandise + done.tax, words)
        blocks.append(TextLine(words.say("Money back without goods"), amount))
        if done.reason:
            blocks.append(_reason(done.reason, paper, words))
    blocks += [
        Rule(),
        *_kept(done, words),
        *_going_out(paper, words),
        *_money(paper, words),
        *_taxes(done, words),
        Rule(),
    ]
    blocks += _said_besides(paper, words)
    if for_shop:
        blocks += _signatures(paper, words)
    blocks += _foot(done, shop, words, head)
    return Document(
        name=STORE_SLIP if for_shop else EXCHANGE_RECEIPT if exchanged else RETURN_RECEIPT,
        title=f"{title} {done.number}",
        language=words.language,
        blocks=tuple(blocks),
    )


def _head(paper: ReturnPaper, words: Wording, *, for_shop: bool) -> Iterator[Block]:
    """Which return, of what and of whom; on the shop's copy whom to reach as well."""
    if for_shop:
        yield Centred(words.say("Shop’s copy"), emphasis=True)
    yield Feed()
    yield from _when_and_who(paper, words)
    yield Rule()
    if for_shop:
        yield from _whom_to_reach(paper, words)
        yield Feed()


def _said_besides(paper: ReturnPaper, words: Wording) -> Iterator[Block]:
    """Cards that came back themselves, and who agreed to what."""
    for card in paper.blocked:
        yield TextLine(words.say("Gift card {card} is blocked.", card=card))
    if paper.approver_name:
        yield TextLine(words.say("Approved by"), paper.approver_name)
        for what in paper.approved:
            yield TextLine(what, indent=2)


def _title(done: CustomerReturn, words: Wording) -> str:
    if done.exchange or _replaced(done):
        return words.say("Exchange")
    return words.say("Return") if done.lines else words.say("Money back")


def _replaced(done: CustomerReturn) -> bool:
    return any(line.swapped for line in done.lines)


def _amount(done: CustomerReturn, minor: int, words: Wording) -> str:
    return words.amount(Money(minor, done.currency))


def _when_and_who(paper: ReturnPaper, words: Wording) -> Iterator[Block]:
    done = paper.done
    yield from which_return(done, words)
    if paper.sale is not None:
        yield TextLine(words.say("Receipt {number}", number=paper.sale.receipt))
    yield from bought_with(done.purchase_receipt, done.purchase_day, words)
    yield from of_whom(done, words)
    if done.id_shown:
        kind = words.id_kind(done.id_kind) if done.id_kind else ""
        yield TextLine(words.say("ID shown, ending {last}", last=done.id_shown), kind)


def _line(line: ReturnLine, paper: ReturnPaper, words: Wording) -> Iterator[Block]:
    done = paper.done
    yield TextLine(line.name, _amount(done, line.merchandise + line.tax, words))
    one_piece = line.quantity.thousandths == 1000 and line.quantity.unit is Unit.PIECE
    if not one_piece or line.discount:
        yield TextLine(f"{words.quantity(line.quantity)} × {_amount(done, line.unit_price, words)}", indent=2)
    if line.discount:
        yield TextLine(words.say("Discount, its share"), _amount(done, -line.discount, words), indent=2)
    for tax in line.taxes if len(done.lines) > 1 else ():
        rate = words.tax_rate(tax.rate_millionths, None, done.currency)
        yield TextLine(words.say("Of it tax {rate}", rate=rate), _amount(done, tax.amount, words), indent=2)
    if line.serial:
        yield TextLine(words.say("Serial number {serial}", serial=line.serial), indent=2)
    if line.reason:
        yield _reason(line.reason, paper, words)
    if line.swapped:
        yield TextLine(words.say("Replaced by {item}", item=line.instead_name), indent=2)
        if line.instead_serial:
            yield TextLine(words.say("Serial number {serial}", serial=line.instead_serial), indent=4)


def _reason(code: str, paper: ReturnPaper, words: Wording) -> TextLine:
    return TextLine(words.reason(Reason(code, (paper.reasons or {}).get(code, ""))), indent=2)


def _kept(done: CustomerReturn, words: Wording) -> Iterator[Block]:
    """What comes off the value of the goods, each under its own name."""
    if done.fee:
        yield TextLine(words.say("Restocking fee"), _amount(done, -done.fee, words))
    if done.fee_tax:
        yield TextLine(words.say("Tax on the fee"), _amount(done, -done.fee_tax, words))
    kept: defaultdict[str, int] = defaultdict(int)
    for one in (*done.deductions, *(each for line in done.lines for each in line.deductions)):
        kept[one.code] += one.amount
    for code, amount in kept.items():
        yield TextLine(words.deduction(code), _amount(done, -amount, words))


def _going_out(paper: ReturnPaper, words: Wording) -> Iterator[Block]:
    sale = paper.sale
    if sale is None:
        return
    yield TextLine(words.say("Goes out"), emphasis=True)
    for line in sale.lines:
        yield TextLine(line.name, words.amount(Money(line.total, sale.currency)))


def _money(paper: ReturnPaper, words: Wording) -> Iterator[Block]:
    """What went out, and to where."""
    done = paper.done
    out = [one for one in done.tenders if one.kind != "exchange"]
    refund = sum(one.amount for one in out)
    if done.rounding:
        yield TextLine(words.say("Rounding"), _amount(done, done.rounding, words))
    if refund or paper.sale is None:
        total = words.money(Money(refund, done.currency))
        yield TextLine(words.say("REFUND"), total, emphasis=True, size=Size.TALL)
    for one in out:
        yield TextLine(_called(one, words), _amount(done, one.amount, words))
        if one.kind == MAILED_CHECK:
            yield from check_promise(paper.check_days, words)
    if paper.sale is None:
        return
    paid = sum(one.amount for one in paper.sale.tenders if one.kind != "exchange") - paper.sale.change
    if paid:
        total = words.money(Money(paid, done.currency))
        yield TextLine(words.say("PAID"), total, emphasis=True, size=Size.TALL)
    for tender in paper.sale.tenders:
        if tender.kind != "exchange":
            yield TextLine(words.tendered(tender), _amount(done, tender.amount, words))
    if paper.sale.change:
        yield TextLine(words.say("Change"), _amount(done, paper.sale.change, words))


def _called(tender: ReturnTender, words: Wording) -> str:
    return words.refund_to(tender.kind, tender.card or tender.type)


def _taxes(done: CustomerReturn, words: Wording) -> Iterator[Block]:
    """The tax given back, by rate (returns.md 8.2)."""
    sums: dict[tuple[str, int], list[int]] = {}
    for line in done.lines:
        for tax in line.taxes:
            so_far = sums.setdefault((tax.code, tax.rate_millionths), [0, 0])
            so_far[0] += tax.base
            so_far[1] += tax.amount
    if sums:
        yield Feed()
        yield Columns(
            (words.say("Tax given back"), words.say("Without tax"), words.say("Tax")),
            tuple(
                (words.tax_rate(rate, None, done.currency), _amount(done, base, words), _amount(done, amount, words))
                for (_, rate), (base, amount) in sums.items()
            ),
        )


def _whom_to_reach(paper: ReturnPaper, words: Wording) -> Iterator[Block]:
    """Name, contact and address of the customer: what is known, and room for the rest."""
    yield TextLine(words.say("Name"), paper.customer_name, emphasis=bool(paper.customer_name))
    if not paper.customer_name:
        yield from to_fill_in(1)
    for one in paper.contact:
        yield TextLine(one, indent=2)
    yield TextLine(words.say("Address") if paper.contact else words.say("Address, phone, e-mail"))
    yield from to_fill_in(_ADDRESS_LINES)


def _signatures(paper: ReturnPaper, words: Wording) -> Iterator[Block]:
    """Room for a note and to sign: the customer, and whoever agreed."""
    yield TextLine(words.say("Note"))
    yield from to_fill_in(1)
    yield from signature_line(words.say("Signature of the customer"), paper.customer_name, paper.signature)
    if paper.approver_name:
        yield from signature_line(words.say("Signature of who approved"), paper.approver_name)
    yield Feed()


def _foot(done: CustomerReturn, shop: ShopFace, words: Wording, head: JournalHead | None) -> Iterator[Block]:
    if done.policy:
        yield Centred(
            words.say("Return policy: {name}, version {number}", name=done.policy, number=done.policy_version)
        )
    rules = sorted({rule.partition(":")[0] for line in done.lines for rule in line.rules if not rule.endswith(_SIGNED)})
    if rules:
        yield Centred(words.say("Decided by {rules}", rules=", ".join(rules)))
    yield Feed()
    yield Barcode(done.code, caption=str(done.number))
    if head is not None:
        yield Centred(words.say("Journal {number} · {mac}", number=head.sequence, mac=head.mac[:MAC_DIGITS]))
    yield from (Centred(line) for line in shop.footer)
