"""The manager's exception form: what was let through beside the policy, who asked, who agreed, how, when and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pos.domain.agreed_rule import AgreedRule
from pos.domain.approval import Proof
from pos.domain.customer_return import CustomerReturn
from pos.domain.frozen import dataclass
from pos.domain.money import Money
from pos.wording import N_, Wording
from receipts.document import Barcode, Block, Centred, Document, Feed, Heading, Logo, Mark, Rule, TextLine
from receipts.paper.return_head import bought_with, of_whom, signature_line, to_fill_in, which_return
from receipts.paper.return_receipt import EXCEPTION_FORM
from receipts.paper.shop_face import ShopFace

_NOTE_LINES = 2


@dataclass(frozen=True, slots=True)
class AgreedPerson:
    """Somebody of the shop as papers name them: staff number and name, and the moment on the shop's clock."""

    number: str
    name: str
    at: datetime

    def shown(self, words: Wording) -> str:
        return f"{self.name} ({self.number}), {words.time(self.at)}" if self.name else self.number


@dataclass(frozen=True, slots=True)
class AgreedException:
    """What the form shows. `rules` are those that were gone beyond; `asked` who wanted it and `agreed` who said yes, by
    `proof`; `option` and `reason` in words. `without` and `within` are the refund without the yes and with it, `limit`
    what whoever asked may pay back alone, minor units.
    """

    done: CustomerReturn
    rules: tuple[AgreedRule, ...]
    asked: AgreedPerson
    agreed: AgreedPerson
    proof: Proof
    option: str
    reason: str
    without: int
    within: int
    limit: int
    signature: Logo | None = None


def exception_form(about: AgreedException, shop: ShopFace, words: Wording, *, copy_number: int = 0) -> Document:
    """Every field of returns.md 6.5 for each rule that was overridden, and room to sign and to write."""
    say, done = words.say, about.done
    title = say("Exception to the return policy")
    blocks: list[Block] = []
    if copy_number:
        blocks.append(Mark(say("COPY {number}", number=copy_number)))
    blocks += [*shop.top(), Heading(title), Centred(say("Shop’s copy"), emphasis=True), Feed()]
    blocks += [*which_return(done, words), *bought_with(done.purchase_receipt, done.purchase_day, words)]
    blocks += of_whom(done, words)
    if done.policy:
        named = say("Return policy: {name}, version {number}", name=done.policy, number=done.policy_version)
        blocks.append(TextLine(named))
    for rule in about.rules:
        blocks += [Rule(), *_rule(rule, words)]
    blocks += [Rule(), *_who(about, words), Rule(), TextLine(say("Note"))]
    blocks += to_fill_in(_NOTE_LINES)
    blocks += signature_line(say("Signature of who approved"), about.agreed.name, about.signature)
    blocks += signature_line(say("Signature of who asked"), about.asked.name)
    blocks += [Feed(), Barcode(done.code, caption=str(done.number))]
    return Document(name=EXCEPTION_FORM, title=f"{title} {done.number}", language=words.language, blocks=tuple(blocks))


def _rule(rule: AgreedRule, words: Wording) -> Iterator[Block]:
    say = words.say
    yield TextLine(words.approved(rule.code), rule.rule, emphasis=True)
    yield TextLine(say("Code"), rule.code)
    if rule.item:
        yield TextLine(rule.item, say("Line {number}", number=rule.line) if rule.line else "")
    if rule.said:
        yield TextLine(rule.said)
    if rule.value:
        yield TextLine(say("What it was"), rule.value)
    if rule.limit:
        yield TextLine(say("Allowed"), rule.limit)
    if rule.role:
        yield TextLine(say("To be approved by"), words.role(rule.role))


def _who(about: AgreedException, words: Wording) -> Iterator[Block]:
    say, currency = words.say, about.done.currency
    yield TextLine(say("Asked by"), about.asked.shown(words))
    yield TextLine(say("Own limit"), words.money(Money(about.limit, currency)))
    yield TextLine(say("Approved by"), about.agreed.shown(words))
    yield TextLine(say("Identified by"), say(_PROOFS[about.proof]))
    if about.reason:
        yield TextLine(say("Reason"), about.reason)
    yield TextLine(say("Chosen"), about.option)
    yield TextLine(say("Refund without approval"), words.money(Money(about.without, currency)))
    yield TextLine(say("Refund with approval"), words.money(Money(about.within, currency)), emphasis=True)


_PROOFS = {Proof.PIN: N_("PIN"), Proof.BADGE: N_("Badge")}
