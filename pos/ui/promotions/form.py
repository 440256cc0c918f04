"""A promotion's form: a new one, or what is to be changed of one; nothing is written before it is saved."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from pos.domain.promotion import Promotion
from pos.domain.refusal import Code, Refused
from pos.services.promotion_form import FormFault, promotion_form, proposed_id, read_promotion_form
from pos.services.promotions import PromotionView
from pos.strict_yaml import FileFault
from pos.ui.fittings import Fittings
from pos.ui.promotions.detail import PromotionCard
from pos.ui.promotions.fields import PromotionFields
from pos.ui.promotions.standing import fault_said
from pos.ui.shared.cards import Card
from pos.ui.shared.edit_form import EditForm
from pos.ui.shared.notices import set_ground
from pos.ui.shared.scrolled import scrolled
from pos.ui.shared.sounds import Sound
from pos.ui.shared.text import Label

_PAUSE_MS = 300


class PromotionForm(EditForm):
    """What is typed stays until it is saved or dropped. Beside it stands in words what it would do."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("promotion_edit", fittings.words, fittings.sounds)
        self._workstation = fittings.workstation
        self._promotions = fittings.workstation.promotions
        self._at_hand = fittings.promotion
        self.known: Promotion | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.look())
        self.add_save_key()
        self.add_drop_key()
        self._try = self.add_key("try", "F7", self.try_it)
        self.add_back_key()
        self._fill_left()
        self._fill_right()
        self.set_entry(self.fields.fields["name"])
        self.retranslate()

    def _fill_left(self) -> None:
        card = Card("plain", padding=16)
        self.fields = PromotionFields()
        self.fields.changed.connect(self._changed)
        set_ground(self.fields, "none")
        card.column.addWidget(scrolled(self.fields))
        self.left.addWidget(card, 1)

    def _fill_right(self) -> None:
        self.card = PromotionCard()
        self.right.addWidget(self.card, 1)
        self.unready = Card("info", padding=16)
        self._why = Label("", 15, 450, tone="text2", wrap=True)
        self.unready.column.addWidget(self._why)
        self.unready.column.addStretch(1)
        self.right.addWidget(self.unready, 1)
        self.try_button = self.button("fact_check", self._try, "promotion", "try")
        self.right.addWidget(self.try_button)
        self.save_button = self.add_primary("check", self.save_key, "promotion", "save")

    # What the shell shows and asks.

    @property
    def title(self) -> str:
        return self.words.say("New promotion") if self.known is None else self.words.say("Change a promotion")

    @property
    def context(self) -> str:
        return "" if self.known is None else self.known.name_in(self.words.language)

    @property
    def texts(self) -> dict[str, str]:
        return self.fields.texts

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._try.setText(say("Try it"))
        self.fields.retranslate(self.words, self._currency)
        if self._loaded:
            self.look()

    def enter(self) -> None:
        """The promotion at hand; what was typed for it and not saved is still there."""
        self.banner.hide()
        if not (self.unsaved and self._at_hand.id == ("" if self.known is None else self.known.id)):
            self._load()

    def take_scan(self, code: str) -> bool:
        """A scan is one more item, or one more coupon where those are typed."""
        if self.fields.take_coupon(code):
            return True
        item = self._workstation.catalogue.of_code(code)
        if item is None:
            self._sounds.play(Sound.ATTENTION)
            said = self.words.say("No item has the code {code}. Nothing was added.", code=code)
            self.banner.show_message(said, "", "warn")
        else:
            self.banner.hide()
            self.fields.take_item(item.id)
        return True

    # What stands here.

    @property
    def _currency(self) -> str:
        return self._workstation.desk.rules.currency

    @property
    def _taken(self) -> dict[str, Promotion]:
        found = self._promotions.as_they_stand()
        return {} if isinstance(found, Refused) else {each.id: each for each in found}

    def _load(self) -> None:
        self.known = self._taken.get(self._at_hand.id)
        texts = {"uses": "1"} if self.known is None else promotion_form(self.known, self._currency)
        self.fields.show_texts(texts, new=self.known is None)
        self._begin()
        self.drop_key.setEnabled(False)
        self.look()

    def _changed(self) -> None:
        super()._changed()
        self._pause.start()

    def read(self) -> Promotion:
        """The promotion that stands here. Raises FormFault."""
        texts = self.fields.texts
        if not texts["id"]:
            texts["id"] = proposed_id(texts["name"], self._taken)
        return read_promotion_form(texts, self._currency)

    def look(self) -> None:
        """Say in words what it would do and what is odd about it, or what is still missing."""
        try:
            promotion = self.read()
        except FormFault as fault:
            self.card.hide()
            self.unready.show()
            said = fault_said(fault.fault, self.words, self.fields.title_of(fault.field))
            self._why.setText(self.words.say("Not a promotion yet: {why}", why=said))
            return
        ids = sorted(promotion.named_items)
        names = {item.id: item.name for item in self._workstation.catalogue.get_many(ids)} if ids else {}
        desk = self._workstation.desk
        view = PromotionView(promotion, desk.local(desk.now()), None, self._promotions.findings(promotion))
        self.card.show_promotion(view, self._currency, self.words, lambda item: names.get(item, item))
        self.unready.hide()
        self.card.show()

    # What is done.

    def _read_or_say(self) -> Promotion | None:
        self.banner.hide()
        try:
            if not self.fields.texts["name"]:
                raise FormFault("name", FileFault(None, "“{key}” is missing.", key="name"))
            return self.read()
        except FormFault as fault:
            self._sounds.play(Sound.ATTENTION)
            if not self.fields.refuse(fault):
                self.banner.show_message(fault_said(fault.fault, self.words), "", "warn")
            return None

    def try_it(self) -> None:
        """See what it would take off, before it holds."""
        promotion = self._read_or_say()
        if promotion is not None:
            self._at_hand.trial = promotion
            self.place_wanted.emit("promotion_try")

    def save(self) -> None:
        """Let it hold as it stands here; back to the list with it, where its notes stand."""
        promotion = self._read_or_say()
        if promotion is None:
            return
        new = self.known is None
        done = self.attempt(lambda: self._promotions.take_in([promotion], only_new=new))
        if done is None:
            return
        self._at_hand.id = promotion.id
        self._leave_saved()

    def refuse(self, refused: Refused) -> None:
        """Say it at the field it speaks of, where there is one."""
        if refused.code is not Code.PROMOTION_EXISTS:
            super().refuse(refused)
            return
        self._sounds.play(Sound.ATTENTION)
        self.fields.fields["id"].refuse(self.words.refusal(refused))
