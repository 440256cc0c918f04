"""The shop's promotions: which there are, whether they hold and what they do, with everything of one beside."""

from __future__ import annotations

from pos.domain.promotion import Promotion
from pos.domain.refusal import Refused
from pos.domain.search_text import fold
from pos.promotion_words import days_words, rule_words
from pos.services.coupon_papers import coupon_paper, save_coupons
from pos.services.promotion_form import FormFault, promotion_form, read_promotion_form
from pos.services.promotions import PromotionsTaken, PromotionView
from pos.ui.fittings import Fittings
from pos.ui.promotions.detail import PromotionCard
from pos.ui.promotions.standing import STANDINGS, Standing, fault_said, standing_of
from pos.ui.shared.cards import Card
from pos.ui.shared.choices import SegmentedControl
from pos.ui.shared.form import FormField, NumberEdit
from pos.ui.shared.notices import EmptyState
from pos.ui.shared.row_list import ListRow, RowList
from pos.ui.shared.shelf import ButtonShelf
from pos.ui.shared.sounds import Sound
from pos.ui.shared.two_columns import TwoColumns

ALL = "all"
_ICONS = {
    Standing.IN_FORCE: "percent",
    Standing.COMING: "schedule",
    Standing.OVER: "event",
    Standing.OFF: "block",
}


class PromotionsScreen(TwoColumns):
    """List and promotion. A scanned item shows the promotions that speak of it."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("promotions", fittings.words, fittings.sounds)
        self._workstation, self._fittings = fittings.workstation, fittings
        self._at_hand = fittings.promotion
        self._views: dict[str, PromotionView] = {}
        self._names: dict[str, str] = {}
        self.view: PromotionView | None = None
        self._search_key = self.add_key("search", "F2", self._search_anew, in_key_bar=False)
        self._new = self.add_key("new", "F3", self._make_new)
        self._switch = self.add_key("switch", "F6", self.switch)
        self._try = self.add_key("try", "F7", self._try_on)
        self._coupons = self.add_key("coupons", "F8", self.hand_out, in_key_bar=False)
        self._file = self.add_key("file", "F9", lambda: self.place_wanted.emit("promotions_file"))
        self.add_step_keys()
        self._change = self.add_key("change", [], self._change_it, primary=True)
        self._back = self.add_key("back", "Esc", self._clear_or_leave)
        self._fill_left()
        self._fill_right()
        self.set_entry(self.field)
        self.retranslate()

    def _fill_left(self) -> None:
        self.field = self.add_field(icon="percent")
        self.field.edited.connect(lambda _: self._show_rows())
        self.field.submitted.connect(lambda _: self._change_it())
        self.which = SegmentedControl([(ALL, ""), *((standing.value, "") for standing in Standing)], height=48)
        self.name_child(self.which, "list", "which")
        self.which.chosen.connect(lambda _: self._show_rows())
        self.left.addWidget(self.which)
        self.empty = EmptyState("percent")
        self.add_list(RowList(), self.empty, self._show_chosen, name=("list", "promotions"))

    def _fill_right(self) -> None:
        self.card = PromotionCard()
        self.right.addWidget(self.card, 1)
        self.nothing = Card("plain")
        self.right.addWidget(self.nothing, 1)
        self.starts = FormField("promotions.promotion.starts", NumberEdit())
        self.right.addWidget(self.starts)
        self.new_button = self.button("add", self._new, "promotion", "new")
        self.switch_button = self.button("power_settings_new", self._switch, "promotion", "switch")
        self.right.addWidget(ButtonShelf([self.new_button, self.switch_button], gap=8))
        self.try_button = self.button("fact_check", self._try, "promotion", "try")
        self.file_button = self.button("download", self._file, "promotion", "file")
        self.right.addWidget(ButtonShelf([self.try_button, self.file_button], gap=8))
        self.coupons_button = self.button("sell", self._coupons, "promotion", "coupons")
        self.right.addWidget(self.coupons_button)
        self.change_button = self.add_primary("edit", self._change, "promotion", "change")

    # What the shell shows and asks.

    @property
    def title(self) -> str:
        return self.words.say("Promotions")

    @property
    def context(self) -> str:
        return "" if self.view is None else self.view.promotion.name_in(self.words.language)

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._search_key.setText(say("Search"))
        self.up_key.setText(say("Promotion above"))
        self.down_key.setText(say("Promotion below"))
        self._new.setText(say("New promotion"))
        self._try.setText(say("Try it"))
        self._coupons.setText(say("Print coupons"))
        self._file.setText(say("Import and export"))
        self._change.setText(say("Change promotion"))
        self._back.setText(say("Back"))
        self.field.set_words(say("Type what it is called or does, or scan an item"), key="F2")
        self.which.set_text(ALL, say("All"))
        for standing, text in STANDINGS.items():
            self.which.set_text(standing.value, say(text))
        self.list.setAccessibleName(say("Promotions"))
        self.starts.set_words(say("Switch on from the day"), say("Empty: at once. As 2026-12-24 or 2026-12-24 16:00"))
        self._load()

    def enter(self) -> None:
        """The list as it is now, with the promotion that was spoken of elsewhere."""
        self.banner.hide()
        self._load()

    def take_scan(self, code: str) -> bool:
        """An item's code: the promotions that speak of it."""
        found = self._workstation.catalogue.of_code(code)
        if found is None:
            return False
        self.banner.hide()
        self.field.set_text(found.id)
        self._show_rows()
        return True

    # The list.

    def _name_of(self, item: str) -> str:
        return self._names.get(item, item)

    def _rule(self, promotion: Promotion) -> str:
        """Short enough for a row: one item by name."""
        currency = self._workstation.desk.rules.currency
        return rule_words(promotion, currency, self.words, self._name_of, names_max=1).rstrip(".")

    def _standing(self, promotion: Promotion) -> Standing:
        desk = self._workstation.desk
        return standing_of(promotion, desk.local(desk.now()))

    def _load(self) -> None:
        views = self.attempt(self._workstation.promotions.all) or ()
        self._views = {view.promotion.id: view for view in views}
        ids = sorted({item for view in views for item in view.promotion.named_items})
        self._names = {item.id: item.name for item in self._workstation.catalogue.get_many(ids)} if ids else {}
        self._show_rows()

    def _show_rows(self) -> None:
        """The list anew; what was chosen stays chosen."""
        order = list(Standing)
        shown = [view for view in self._views.values() if self._fits(view.promotion)]
        shown.sort(key=lambda view: (order.index(self._standing(view.promotion)), view.promotion.rank))
        self.list.found.show([self._row(view) for view in shown])
        self.list.choose(self._at_hand.id)
        self.show_list()
        say = self.words.say
        if self._views:
            self.empty.set_words(say("No promotion like this"), say("Type something else, or make one with F3."))
        else:
            self.empty.set_words(say("No promotions yet"), say("Make the first one with F3, or read a file with F9."))
        self._show_chosen(self.list.chosen)

    def _fits(self, promotion: Promotion) -> bool:
        if self.which.choice not in (ALL, "", self._standing(promotion).value):
            return False
        typed = self.field.text.strip()
        if typed in self._names:
            return any(typed in part.items for part in promotion.parts)
        coupon = promotion.conditions.coupon
        codes = () if coupon is None else (*coupon.codes, *coupon.gs1)
        told = " ".join((promotion.id, promotion.name, *dict(promotion.names).values(), self._rule(promotion), *codes))
        about = " ".join(
            word
            for part in promotion.parts
            for word in (*map(self._name_of, part.items), *part.departments, *part.families, *part.flags)
        )
        return all(word in fold(f"{told} {about}") for word in fold(typed).split())

    def _row(self, view: PromotionView) -> ListRow:
        promotion = view.promotion
        standing = self._standing(promotion)
        days = days_words(promotion.conditions, self.words)
        detail = " · ".join(filter(None, (self._rule(promotion), days)))
        odd = bool(view.findings) and standing in (Standing.IN_FORCE, Standing.COMING)
        name = promotion.name_in(self.words.language)
        icon = "warning" if odd else _ICONS[standing]
        return ListRow(promotion.id, icon, name, detail, self.words.say(STANDINGS[standing]), odd)

    def _show_chosen(self, promotion_id: str) -> None:
        view = self._views.get(promotion_id)
        self.view = view
        self._at_hand.id = "" if view is None else promotion_id
        self.card.setVisible(view is not None)
        self.nothing.setVisible(view is None)
        off = view is not None and not view.promotion.active
        self.starts.setVisible(off)
        if view is not None:
            history = self._workstation.promotions.history(promotion_id)
            versions = () if isinstance(history, Refused) else history
            standing = self._standing(view.promotion)
            currency = self._workstation.desk.rules.currency
            self.card.show_promotion(view, currency, self.words, self._name_of, standing=standing)
            self.card.show_history(versions, self.words)
        self._switch.setText(self.words.say("Switch on") if off else self.words.say("Switch off"))
        self.switch_button.set_icon("check_circle" if off else "power_settings_new")
        for action in (self._switch, self._change):
            action.setEnabled(view is not None)
        with_coupon = view is not None and view.promotion.conditions.coupon is not None
        self._coupons.setEnabled(with_coupon)
        self.coupons_button.setVisible(with_coupon)
        self.frame_changed.emit()

    def _search_anew(self) -> None:
        self.banner.hide()
        self.field.clear()
        self.which.choose(ALL)
        self._show_rows()
        self.focus_entry()

    def _clear_or_leave(self) -> None:
        if not self.banner.isHidden():
            self.banner.hide()
        elif self.field.text:
            self._search_anew()
        else:
            self.back_wanted.emit()

    # What is done.

    def _make_new(self) -> None:
        self._at_hand.id = ""
        self.place_wanted.emit("promotion_edit")

    def _change_it(self) -> None:
        if self.view is not None:
            self.place_wanted.emit("promotion_edit")

    def _try_on(self) -> None:
        self._at_hand.trial = None
        self.place_wanted.emit("promotion_try")

    def switch(self) -> None:
        """Switch the chosen one off, or on again: from a day, where one is typed."""
        view = self.view
        if view is None:
            return
        name = view.promotion.name_in(self.words.language)
        promotions = self._workstation.promotions
        if view.promotion.active:
            done = self.attempt(lambda: promotions.switch(view.promotion.id, active=False))
            said = self.words.say("{name} is switched off.", name=name)
        else:
            done = self._switch_on(view.promotion)
            said = self.words.say("{name} is switched on.", name=name)
        if done is not None:
            self._load()
            self.tell_done(said)

    def hand_out(self) -> None:
        """Its coupons with their bars: printed, or saved where there is no printer."""
        view, printing = self.view, self._fittings.printing
        if view is None:
            return
        desk, promotion_id = self._workstation.desk, view.promotion.id
        paper = self.attempt(lambda: coupon_paper(desk, promotion_id))
        if paper is None:
            return
        if printing is not None and self._workstation.paperwork.has_printer:
            printing.print_now(paper)
            self.tell_done(self.words.say("The coupons went to the printer."))
            return
        folder = self._fittings.settings.home / "coupons"
        path = self.attempt(lambda: save_coupons(paper, promotion_id, folder))
        if path is not None:
            self.tell_done(self.words.say("There is no printer, so the coupons were saved."), str(path))

    def _switch_on(self, promotion: Promotion) -> PromotionsTaken | None:
        currency = self._workstation.desk.rules.currency
        texts = promotion_form(promotion, currency) | {"active": "true"}
        if self.starts.text:
            texts["from"] = self.starts.text
        try:
            wanted = read_promotion_form(texts, currency)
        except FormFault as fault:
            self._sounds.play(Sound.ATTENTION)
            self.starts.refuse(fault_said(fault.fault, self.words, self.words.say("Switch on from the day")))
            return None
        taken = self.attempt(lambda: self._workstation.promotions.take_in([wanted]))
        if taken is not None:
            self.starts.set_text("")
        return taken
