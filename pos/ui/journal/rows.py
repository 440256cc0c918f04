"""A receipt as a row of the journal's list."""

from __future__ import annotations

from pos.domain.money import Money
from pos.services.lookup import ReceiptView
from pos.ui.shared.row_list import ListRow
from pos.wording import Wording


def receipt_row(receipt: ReceiptView, words: Wording) -> ListRow:
    """Time, number and cashier at the left, the amount at the right."""
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
