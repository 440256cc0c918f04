"""What a cashier can have of a finished sale: another print, a gift receipt, a file, a tax document."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos.domain.refusal import Code, Refused
from pos.domain.trouble import KnownError
from pos.services import copies as late_copies
from pos.settings import MachineSettings
from pos.ui import mailing
from pos.ui.printing import Printing
from pos.wording import Wording
from pos.workstation import Workstation

if TYPE_CHECKING:
    from pos.domain.tax_document import Buyer


class SecondPapers(QObject):
    """Signals: told(str, str, str) title, detail and kind of a banner."""

    told = Signal(str, str, str)

    def __init__(
        self, workstation: Workstation, settings: MachineSettings, printing: Printing, words: Wording, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workstation = workstation
        self._settings = settings
        self._printing = printing
        self._words = words
        # Which sale's checks were franked last, and how many of them.
        self._franked = ("", 0)
        printing.franked.connect(self._tell_franked)

    def set_words(self, words: Wording) -> None:
        self._words = words

    @property
    def folder(self) -> Path:
        """Where e-receipts are kept."""
        return self._settings.e_receipts

    def print_last(self) -> None:
        """The receipt of this till's last sale once more, wherever the cashier is."""
        last = self._workstation.copies.last_sale()
        if last is None:
            self.told.emit(self._words.say("There is no sale yet. The first receipt can be printed again."), "", "info")
        else:
            self.print_again(last)

    def give(self, paper: str, transaction_id: str) -> None:
        """The paper of this name, as `Screen.paper_wanted` names it."""
        wanted = {
            "again": self.print_again,
            "return_again": self.print_return_again,
            "return_copy": self.print_return,
            "return_e_receipt": self.return_e_receipt,
            "gift": self.gift_receipt,
            "e_receipt": self.e_receipt,
            "tax_document": self.tax_document,
            "tax_file": self.tax_file,
            "post_void": self.post_void,
            "refusal_note": self.refusal_note,
            "claim_protocol": self.claim_protocol,
            "return": lambda job: self._printing.after_move(job, "return"),
            "check_settled": lambda job: self._printing.after_move(job, "check_settled"),
            "franking": self.frank,
        }
        wanted[paper](transaction_id)

    def print_again(self, transaction_id: str) -> None:
        self._copy(transaction_id, self._workstation.copies.print_again)

    def print_return_again(self, transaction_id: str) -> None:
        """The receipt of what came back of a sale."""
        self._copy(transaction_id, self._workstation.return_copies.print_last_of)

    def print_return(self, return_id: str) -> None:
        """The receipt of this return once more."""
        self._copy(return_id, self._workstation.return_copies.print_again)

    def _copy(self, transaction_id: str, again: Callable[[str], late_copies.Issued | Refused]) -> None:
        try:
            answer = again(transaction_id)
        except KnownError as error:
            self._trouble(error)
            return
        if isinstance(answer, late_copies.Issued) and answer.copy_number == 0:
            self._issued(transaction_id, answer, self._words.say("The receipt is printed now."))
        elif isinstance(answer, late_copies.Issued):
            title = self._words.say("Printed again, marked COPY {number}.", number=answer.copy_number)
            self._issued(transaction_id, answer, title)
        else:
            self._refused(answer)

    def gift_receipt(self, transaction_id: str) -> None:
        try:
            answer = self._workstation.copies.gift_receipt(transaction_id)
        except KnownError as error:
            self._trouble(error)
            return
        if isinstance(answer, late_copies.Issued):
            self._issued(transaction_id, answer, self._words.say("Gift receipt: no prices on it, none in its code."))
        else:
            self._refused(answer)

    def e_receipt(self, transaction_id: str) -> None:
        """Save the file, and hand it to the mail program where this till does so."""
        self._electronic(transaction_id, self._workstation.copies.e_receipt)

    def return_e_receipt(self, return_id: str) -> None:
        """The same of a return."""
        self._electronic(return_id, self._workstation.return_copies.e_receipt)

    def _electronic(self, identity: str, issue: Callable[[str, Path], late_copies.EReceipt | Refused]) -> None:
        try:
            answer = issue(identity, self.folder)
        except KnownError as error:
            self._trouble(error)
            return
        if isinstance(answer, Refused):
            self._refused(answer)
            return
        self._printing.refresh(identity)
        say = self._words.say
        if not self._settings.e_receipt_mail:
            self.told.emit(say("E-receipt saved."), str(answer.path), "ok")
        elif mailing.hand_to_mail(answer.path, say("Receipt {number}", number=answer.receipt)):
            self.told.emit(say("E-receipt handed to the mail program."), str(answer.path), "ok")
        else:
            self.told.emit(say("No mail program answers. The e-receipt is saved as a file."), str(answer.path), "warn")

    def make_out(self, transaction_id: str, buyer: Buyer) -> None:
        """The tax document of a sale whose buyer was named before it was in the books."""
        try:
            answer = self._workstation.tax_documents.make_out(transaction_id, buyer)
        except KnownError as error:
            self._trouble(error)
            return
        if isinstance(answer, Refused):
            self._refused(answer)
        else:
            self.tax_document(transaction_id)

    def tax_document(self, transaction_id: str) -> None:
        """Print what was made out; without a printer it becomes a file."""
        try:
            answer = self._workstation.tax_documents.print(transaction_id)
        except KnownError as error:
            self._trouble(error)
            return
        if isinstance(answer, Refused):
            if answer.code is Code.NO_PRINTER:
                self.tax_file(transaction_id)
            else:
                self._refused(answer)
            return
        say = self._words.say
        if answer.copy_number:
            title = say("Tax document printed again, marked COPY {number}.", number=answer.copy_number)
        else:
            title = say("The tax document is printed now.")
        self._issued(transaction_id, answer, title)

    def post_void(self, job_id: str) -> None:
        """The drawer for the money that goes back, and the slip of a sale that was taken back."""
        self._printing.after_move(job_id, "post_void")

    def frank(self, transaction_id: str) -> None:
        """Print the back of the check that lies in the printer; each further press is for the sale's next one."""
        checks = self._workstation.paperwork.checks_to_frank(transaction_id)
        if not checks:
            return
        at = self._franked[1] % len(checks) if self._franked[0] == transaction_id else 0
        self._franked = (transaction_id, at + 1)
        self._printing.frank(transaction_id, checks[at][0])
        number, more = checks[at][1], checks[at + 1 : at + 2]
        say = self._words.say
        detail = say("Then put in check {number} and press again.", number=more[0][1]) if more else ""
        self.told.emit(say("Check {number} goes to the printer.", number=number), detail, "info")

    def _tell_franked(self, how: str) -> None:
        """Only what did not come out is worth another sentence."""
        if how not in ("printed", "handed_over"):
            self.told.emit(
                self._words.say("The check was not franked. Look at the printer, then press again."), "", "warn"
            )

    def refusal_note(self, job_id: str) -> None:
        """Print the note on what is not taken back; without a printer it becomes a file."""
        if self._workstation.paperwork.has_printer:
            self._printing.issue("", job_id)
            self.told.emit(self._words.say("The note for the customer is printed now."), "", "ok")
        else:
            saved = self._words.say("The note for the customer is saved.")
            self._saved(partial(self._workstation.return_refusals.save, job_id, self.folder), saved)

    def claim_protocol(self, job_id: str) -> None:
        """Print the protocol of a claim; without a printer it becomes a file."""
        if self._workstation.paperwork.has_printer:
            self._printing.issue("", job_id)
        else:
            saved = self._words.say("The protocol of the claim is saved.")
            self._saved(partial(self._workstation.return_claims.save, job_id, self.folder), saved)

    def _saved(self, save: Callable[[], Path | Refused], title: str) -> None:
        try:
            path = save()
        except KnownError as error:
            self._trouble(error)
            return
        if isinstance(path, Refused):
            self._refused(path)
        else:
            self.told.emit(title, str(path), "ok")

    def tax_file(self, transaction_id: str) -> None:
        """Save what was made out as a PDF."""
        try:
            answer = self._workstation.tax_documents.save(transaction_id, self.folder)
        except KnownError as error:
            self._trouble(error)
            return
        if isinstance(answer, Refused):
            self._refused(answer)
        else:
            self.told.emit(self._words.say("Tax document saved."), str(answer.path), "ok")

    def _issued(self, transaction_id: str, issued: late_copies.Issued, title: str) -> None:
        self._printing.issue(transaction_id, issued.job)
        self.told.emit(title, "", "ok")

    def _refused(self, refused: Refused) -> None:
        kind = "info" if refused.code is Code.RECEIPT_WAITS else "warn"
        self.told.emit(self._words.refusal(refused), "", kind)

    def _trouble(self, error: KnownError) -> None:
        self.told.emit(self._words.trouble(error), "", "bad")
