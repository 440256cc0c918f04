"""A receipt as a row of the journal's list."""

from __future__ import annotations

from pos.domain.money import Money
from pos.services.lookup import ReceiptView
from pos.ui.shared.row_list import ListRow
from pos.wording import Wording


def receipt_called(receipt: ReceiptView, words: Wording) -> str:
    """What is shown, in two words."""
    if receipt.returned:
        return words.say("Return {number}", number=receipt.receipt)
    if receipt.imported:
        return words.say("Imported sale {number}", number=receipt.receipt)
    return words.say("Receipt {receipt}", receipt=receipt.receipt)


def receipt_row(receipt: ReceiptView, words: Wording) -> ListRow:
    """Time, number and cashier at the left, the amount at the right."""
    if receipt.returned:
        return _return_row(receipt, words)
    if receipt.imported:
        return _imported_row(receipt, words)
    amount = words.money(Money(receipt.paid, receipt.currency))
    time, number = words.time(receipt.at), str(receipt.receipt)
    lines = words.count("{n} line", "{n} lines", receipt.lines)
    said = words.say(
        "{receipt}, {time}, {person}, {amount}", receipt=number, time=time, person=receipt.operator_name, amount=amount
    )
    detail = f"{receipt.operator_name} · {lines}"
    if receipt.voided:
        gone = words.say("Post-voided {number}", number=receipt.voided)
        detail, said = f"{gone} · {detail}", f"{said}, {gone}"
    return ListRow(receipt.id, "", number, detail, amount, alarming=bool(receipt.voided), lead=time, said=said)


def _imported_row(receipt: ReceiptView, words: Wording) -> ListRow:
    """The same of an imported sale: marked as that, with its customer where one is known."""
    amount = words.money(Money(receipt.paid, receipt.currency))
    kind, time, number = words.say("Imported sale"), words.time(receipt.at), str(receipt.receipt)
    customer = words.say("Customer {number}", number=receipt.customer) if receipt.customer else receipt.operator_name
    lines = words.count("{n} line", "{n} lines", receipt.lines)
    detail = " · ".join(filter(None, (kind, customer, lines)))
    said = ", ".join(filter(None, (kind, number, time, customer, amount)))
    return ListRow(receipt.id, "", number, detail, amount, lead=time, said=said)


def _return_row(receipt: ReceiptView, words: Wording) -> ListRow:
    """The same of a return: what went out, and the receipt of what came back."""
    amount, time, number = (
        words.money(Money(receipt.paid, receipt.currency)),
        words.time(receipt.at),
        str(receipt.receipt),
    )
    if receipt.owed:
        return _owed_row(receipt, words)
    kind = words.say("Exchange") if receipt.exchange else words.say("Return")
    bought = (
        words.say("of receipt {receipt}", receipt=receipt.bought) if receipt.bought else words.say("without a receipt")
    )
    said = words.say(
        "{kind} {number}, {time}, {person}, {amount}",
        kind=kind,
        number=number,
        time=time,
        person=receipt.operator_name,
        amount=amount,
    )
    detail = f"{kind} · {receipt.operator_name} · {bought}"
    return ListRow(receipt.id, "", number, detail, amount, lead=time, said=f"{said}, {bought}")


def _owed_row(receipt: ReceiptView, words: Wording) -> ListRow:
    """A return whose money is not on its card: the day, what is owed, and whether that is certain."""
    amount = words.money(Money(receipt.owed, receipt.currency))
    day, number = words.day(receipt.at.date()), str(receipt.receipt)
    state = words.say("The card did not take it") if receipt.known else words.say("Nobody knows yet")
    detail = f"{day} · {state}"
    return ListRow(receipt.id, "", number, detail, amount, alarming=True, said=f"{number}, {day}, {amount}, {state}")
