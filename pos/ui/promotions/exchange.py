"""All promotions from a file and into one: first what would change and each fault with its line, then it happens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from pos.domain.promotion import Promotion
from pos.domain.trouble import KnownError
from pos.promotion_words import FINDINGS, days_words, rule_words
from pos.services.promotions import PromotionsTaken
from pos.strict_yaml import FileFault
from pos.ui.fittings import Fittings
from pos.ui.promotions.standing import fault_said
from pos.ui.shared.file_parts import add_file, add_report
from pos.ui.shared.notices import EmptyState
from pos.ui.shared.row_list import ListRow, RowList
from pos.ui.shared.two_columns import TwoColumns


class PromotionsFileScreen(TwoColumns):
    """A file is looked at as soon as it is named; nothing of it holds before it is taken in."""

    def __init__(self, fittings: Fittings) -> None:
        super().__init__("promotions_file", fittings.words, fittings.sounds)
        self._workstation = fittings.workstation
        self._promotions = fittings.workstation.promotions
        self.read: tuple[Promotion, ...] = ()
        self._browse = self.add_key("browse", "F2", self._pick)
        self._look_key = self.add_key("look", "F5", lambda: self.look())
        self._export = self.add_key("export", "F9", self._pick_export)
        self._import = self.add_key("import", [], self.take_in, primary=True)
        self._back = self.add_key("back", "Esc", self.hide_or_leave)
        self._fill_left()
        self._fill_right()
        self.set_entry(self.file)
        self.retranslate()

    def _fill_left(self) -> None:
        self.file, path = add_file(self, self._browse)
        path.returnPressed.connect(self.look)
        self.empty = EmptyState("download")
        self.add_list(RowList(), self.empty, lambda _: None, name=("list", "promotions"))

    def _fill_right(self) -> None:
        self.state, self.said = add_report(self)
        self.right.addWidget(self.button("fact_check", self._look_key, "work", "look"))
        self.right.addWidget(self.button("upload", self._export, "work", "export"))
        self.import_button = self.add_primary("download", self._import, "work", "import")

    # What the shell shows and asks.

    @property
    def title(self) -> str:
        return self.words.say("Import and export")

    def retranslate(self) -> None:
        super().retranslate()
        say = self.words.say
        self._browse.setText(say("Choose a file"))
        self._look_key.setText(say("Look at it again"))
        self._export.setText(say("Export"))
        self._import.setText(say("Import"))
        self._back.setText(say("Back"))
        self.file.set_words(say("YAML file"))
        self.said.setAccessibleName(say("Report"))
        self.list.setAccessibleName(say("Promotions of the file"))
        self.empty.set_words(say("No file yet"), say("Choose one with F2; what it would change stands here."))
        self.look()

    def enter(self) -> None:
        self.banner.hide()
        self.look()

    # In.

    def choose_file(self, path: str) -> None:
        """Look into this file."""
        self.banner.hide()
        self.file.set_text(path)
        self.look()

    def _pick(self) -> None:
        kinds = self.words.say("Promotions") + " (*.yaml *.yml)"
        chosen, _ = QFileDialog.getOpenFileName(self, self.words.say("Choose a file"), self.file.text, kinds)
        if chosen:
            self.choose_file(chosen)

    def look(self) -> None:
        """What the file would change, or its first fault with its line; nothing is written."""
        self.read = ()
        self.file.refuse("")
        preview: PromotionsTaken | None = None
        if self.file.text:
            try:
                self.read = self._promotions.read_file(Path(self.file.text))
                preview = self.attempt(lambda: self._promotions.preview(self.read))
            except FileFault as fault:
                said = fault_said(fault, self.words)
                if fault.line is not None:
                    said = self.words.say("Line {line}: {fault}", line=fault.line, fault=said)
                self.file.refuse(said)
            except KnownError as error:
                self.file.refuse(self.words.trouble(error))
        self._import.setEnabled(preview is not None and bool(preview.new or preview.changed))
        self._show(self.read, preview)

    def _show(self, read: Sequence[Promotion], preview: PromotionsTaken | None) -> None:
        say = self.words.say
        currency = self._workstation.desk.rules.currency
        rows: list[ListRow] = []
        if preview is not None:
            becomes = dict.fromkeys(preview.new, ("add", say("new")))
            becomes |= dict.fromkeys(preview.changed, ("edit", say("changed")))
            becomes |= dict.fromkeys(preview.same, ("check", say("as it is")))
            for each in read:
                icon, figure = becomes[each.id]
                name = each.name_in(self.words.language)
                rule = rule_words(each, currency, self.words).rstrip(".")
                detail = " · ".join(filter(None, (rule, days_words(each.conditions, self.words))))
                rows.append(ListRow(each.id, icon, name, detail, figure))
        self.list.found.show(rows)
        self.show_list()
        if preview is None:
            self.state.setText(
                say("Nothing was read yet.") if not self.file.text else say("The file cannot be taken in.")
            )
            self.said.setPlainText(self.file.refusal)
            return
        counts = {"new": len(preview.new), "changed": len(preview.changed), "same": len(preview.same)}
        self.state.setText(say("{new} new, {changed} changed, {same} as they are", **counts))
        names = {each.id: each.name_in(self.words.language) for each in read}
        notes = [f"{names[which]}: {say(FINDINGS[finding])}" for which, finding in preview.findings]
        kept = say("Promotions that are not in the file stay as they are.")
        self.said.setPlainText("\n".join([*notes, kept]))

    def take_in(self) -> None:
        """Let the promotions of the file hold."""
        self.banner.hide()
        done = self.attempt(lambda: self._promotions.take_in(self.read))
        if done is None:
            return
        self.look()
        n = len(done.new) + len(done.changed)
        self.tell_done(self.words.count("{n} promotion was taken in.", "{n} promotions were taken in.", n))

    # Out.

    def _pick_export(self) -> None:
        kinds = self.words.say("Promotions") + " (*.yaml)"
        chosen, _ = QFileDialog.getSaveFileName(self, self.words.say("Export"), "promotions.yaml", kinds)
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, path: Path) -> None:
        """Write every promotion into a file that an import reads back."""
        self.banner.hide()
        count = self.attempt(lambda: self._promotions.write_file(path))
        if count is not None:
            said = self.words.count("{n} promotion is in the file.", "{n} promotions are in the file.", count)
            self.tell_done(said, str(path))
