"""Signing on screen at the papers of a return: whose line there is, what was drawn, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from pos.domain.customer_return import CustomerReturn
from pos.domain.refusal import Refused
from pos.domain.return_pack import BY_CUSTOMER, SIGNED, PackPaper
from pos.domain.signature import Signature, Signer
from pos.domain.trouble import KnownError
from pos.services.return_pack import PackItem
from pos.services.signatures import clear_signature, keep_signature, signatures_of
from pos.ui.returns.signing_panel import SigningPanel
from pos.ui.shared.screen import Screen
from pos.workstation import Workstation


class OnScreen(QObject):
    """`panel` is shown while `signing`; `signed` is who signed so far.

    Signals: turned() the panel comes or goes; kept() the papers show another signature now; refused(object);
    trouble(object).
    """

    turned = Signal()
    kept = Signal()
    refused = Signal(object)
    trouble = Signal(object)

    def __init__(self, screen: Screen, workstation: Workstation) -> None:
        super().__init__(screen)
        self._desk = workstation.desk
        self._done: CustomerReturn | None = None
        self._signers: tuple[Signer, ...] = ()
        self.signed: dict[Signer, Signature] = {}
        self.signing = False
        self._sign = screen.add_key("sign", "Alt+S", self.begin)
        self._clear = screen.add_key("sign_clear", "Del", lambda: self.panel.pad.clear(), in_key_bar=False)
        self._paper = screen.add_key("sign_on_paper", "Alt+P", self.on_paper, in_key_bar=False)
        self.panel = SigningPanel(screen, self._clear, self._paper)
        self.panel.signers.chosen.connect(lambda _: self.panel.pad.clear())
        self.panel.hide()

    def retranslate(self, screen: Screen) -> None:
        say = screen.words.say
        self._sign.setText(say("Sign on screen"))
        self._clear.setText(say("Clear"))
        self._paper.setText(say("Signed on paper"))
        names = {Signer.CUSTOMER: say("The customer"), Signer.APPROVER: say("Who approved")}
        whose = [(one, names[one]) for one in self._signers] or [(Signer.CUSTOMER, names[Signer.CUSTOMER])]
        self.panel.set_words(say("Sign here"), say("With a pen, a finger or the mouse"), whose)

    def follow(self, screen: Screen, done: CustomerReturn | None, items: Sequence[PackItem]) -> None:
        """The papers of this return: who may sign, and who did."""
        self._done = done
        # How money went out that a card refused is signed with a pen.
        items = [item for item in items if not item.instead]
        there = {item.paper for item in items if not item.is_out}
        customer = (Signer.CUSTOMER,) if there & BY_CUSTOMER else ()
        approver = (Signer.APPROVER,) if PackPaper.EXCEPTION_FORM in there else ()
        late = any(item.is_out for item in items if item.paper in SIGNED)
        self._signers = () if late else customer + approver
        found = {} if done is None else signatures_of(self._desk, done.id)
        self.signed = {} if isinstance(found, Refused) else found
        self.retranslate(screen)
        self._awake()

    def begin(self) -> None:
        """The field to sign in; asked for again, it is the next one's turn."""
        if self.signing and len(self._signers) > 1:
            other = next(one for one in self._signers if one is not self.panel.signer)
            self.panel.signers.choose(other.value)
            self.panel.pad.clear()
        elif self._signers:
            self._turn(signing=True)

    def finish(self) -> None:
        """Keep what was drawn."""
        done, pad = self._done, self.panel.pad
        if done is None:
            return
        if self._answered(lambda: keep_signature(self._desk, done.id, self.panel.signer, pad.strokes)):
            self._turn(signing=False)

    def on_paper(self) -> None:
        """The line stays empty for a pen; what was drawn before is taken away."""
        done = self._done
        if done is not None and self._answered(lambda: clear_signature(self._desk, done.id, self.panel.signer)):
            self._turn(signing=False)

    def leave(self) -> None:
        """Back to the papers; what was drawn and not kept is gone."""
        self._turn(signing=False)

    def _answered(self, ask: Callable[[], object]) -> bool:
        try:
            answer = ask()
        except KnownError as error:
            self.trouble.emit(error)
            return False
        if isinstance(answer, Refused):
            self.refused.emit(answer)
            return False
        self.kept.emit()
        return True

    def _turn(self, *, signing: bool) -> None:
        if signing or self.panel.pad.strokes:
            self.panel.pad.clear()
        self.signing = signing
        self._awake()
        self.turned.emit()

    def rest(self, *, resting: bool) -> None:
        """Nobody signs while something else stands in its place."""
        self._sign.setEnabled(bool(self._signers) and not resting)

    def _awake(self) -> None:
        self._sign.setVisible(bool(self._signers))
        self._sign.setEnabled(bool(self._signers))
        for action in (self._clear, self._paper):
            action.setVisible(self.signing)
            action.setEnabled(self.signing)
