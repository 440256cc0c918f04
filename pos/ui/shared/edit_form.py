"""The frame of a form: what is typed stays until it is saved or dropped, and nothing is written before it is saved.

To build one: make its keys with `add_save_key`, `add_drop_key` and `add_back_key` among its own, say in `texts` what
stands in it and in `_load` how it is filled from the books, and let whatever is typed call `_changed`.
"""

from __future__ import annotations

from collections.abc import Mapping

from pos.domain.refusal import Refused
from pos.ui.shared.form import FormField
from pos.ui.shared.sounds import Sound
from pos.ui.shared.two_columns import TwoColumns


class EditForm(TwoColumns):
    """A thing at the left, field by field; what comes of it and the key that saves it at the right."""

    _begun: Mapping[str, str] = {}
    _loaded = False

    def add_save_key(self) -> None:
        self.save_key = self.add_key("save", [], lambda: self.save(), primary=True)

    def add_drop_key(self) -> None:
        self.drop_key = self.add_key("drop", "F4", lambda: self.drop())

    def add_back_key(self) -> None:
        self.back_key = self.add_key("back", "Esc", lambda: self._leave_or_warn())

    def retranslate(self) -> None:
        super().retranslate()
        self.save_key.setText(self.words.say("Save"))
        self.drop_key.setText(self.words.say("Drop changes"))
        self.back_key.setText(self.words.say("Back"))

    # What stands here.

    @property
    def texts(self) -> Mapping[str, str]:
        """What stands everywhere, to see whether something was changed."""
        raise NotImplementedError

    @property
    def unsaved(self) -> bool:
        """Whether something stands here that is not in the books."""
        return self._loaded and self.texts != self._begun

    def _load(self) -> None:
        """Everything as it is in the books; ends with `_begin`."""
        raise NotImplementedError

    def _begin(self) -> None:
        """What stands here now is what is in the books."""
        self._begun, self._loaded = self.texts, True

    def _changed(self) -> None:
        self.drop_key.setEnabled(self.unsaved)
        self.frame_changed.emit()

    # What is done.

    def save(self) -> None:
        """Let it hold as it stands here."""
        raise NotImplementedError

    def drop(self) -> None:
        """Everything as it is in the books."""
        self.banner.hide()
        self._load()
        self.focus_entry()

    def _leave_saved(self) -> None:
        """It is in the books: back to the list with it."""
        self._loaded = False
        self.back_wanted.emit()

    def _leave_or_warn(self) -> None:
        if self.unsaved and self.banner.isHidden():
            said = self.words.say("Not saved yet. F12 saves, F4 drops the changes, Esc leaves and keeps them here.")
            self.banner.show_message(said, "", "warn")
        else:
            self.back_wanted.emit()

    def _refuse_at(self, fields: Mapping[str, FormField], name: str, refused: Refused) -> None:
        """Say it at the field of this name, and at no other."""
        self._sounds.play(Sound.ATTENTION)
        for each, field in fields.items():
            field.refuse(self.words.refusal(refused) if each == name else "")
