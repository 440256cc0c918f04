"""The request for a check that is mailed to a customer: for whoever writes checks, with room for the address."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.customer_return import CustomerReturn
from pos.domain.frozen import dataclass
from pos.domain.money import Money
from pos.wording import Wording
from receipts.document import Barcode, Block, Centred, Document, Feed, Heading, Logo, Mark, Rule, Size, TextLine
from receipts.paper.return_head import bought_with, check_promise, of_whom, signature_line, to_fill_in, which_return
from receipts.paper.return_receipt import MAIL_CHECK_REQUEST
from receipts.paper.shop_face import ShopFace

_ADDRESS_LINES = 3


@dataclass(frozen=True, slots=True)
class MailedCheck:
    """A check of `amount` minor units for a return. `payee` with `reach` (phone, e-mail) is the customer, empty where
    none is known; `reasons` why, in words; `approver_name` who agreed; `days` the business days it was
    promised within, 0 for none; `signature` the customer's, taken on screen.
    """

    done: CustomerReturn
    amount: int
    payee: str = ""
    reach: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    approver_name: str = ""
    days: int = 0
    signature: Logo | None = None


def mail_check_request(asked: MailedCheck, shop: ShopFace, words: Wording, *, copy_number: int = 0) -> Document:
    """Payee, address, amount, promise, why, of which sale, who agreed (returns.md 8.5), and a line to sign on."""
    say, done = words.say, asked.done
    title = say("Check to be mailed")
    blocks: list[Block] = []
    if copy_number:
        blocks.append(Mark(say("COPY {number}", number=copy_number)))
    amount = words.money(Money(asked.amount, done.currency))
    blocks += [
        *shop.top(),
        Heading(title),
        Centred(say("Shop’s copy"), emphasis=True),
        Feed(),
        *_when_and_what(asked, words),
        Rule(),
        TextLine(say("Amount"), amount, emphasis=True, size=Size.TALL),
        *check_promise(asked.days, words),
        Rule(),
        TextLine(say("Pay to"), asked.payee, emphasis=bool(asked.payee)),
    ]
    if not asked.payee:
        blocks += to_fill_in(1)
    blocks.append(TextLine(say("Address")))
    blocks += [*to_fill_in(_ADDRESS_LINES), *(TextLine(one) for one in asked.reach)]
    blocks += signature_line(say("Signature of the customer"), "", asked.signature)
    blocks += [Feed(2), Rule()]
    blocks += [TextLine(say("Check number and date")), Feed()]
    blocks.append(Barcode(done.code, caption=str(done.number)))
    return Document(
        name=MAIL_CHECK_REQUEST, title=f"{title} {done.number}", language=words.language, blocks=tuple(blocks)
    )


def _when_and_what(asked: MailedCheck, words: Wording) -> Iterator[Block]:
    done = asked.done
    yield from which_return(done, words)
    yield from bought_with(done.purchase_receipt, done.purchase_day, words)
    yield from of_whom(done, words)
    for reason in asked.reasons:
        yield TextLine(words.say("Reason"), reason)
    if asked.approver_name:
        yield TextLine(words.say("Approved by"), asked.approver_name)
