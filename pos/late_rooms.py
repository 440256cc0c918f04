"""The late rooms: what is loaded when it is first needed, or once the till has been ready for a while.

A till is ready when it can ring up and take money; papers, settings and the back office can wait for their first use,
and so can what libraries load for others than a till. Their modules stand in the tables below, and nothing else
makes them late: whoever uses one imports it at the top of its file like any other, as a module (`from receipts import
pdf`), and the first name asked of it loads it. `from receipts.pdf import render` at the top of a file that the till
itself needs would load it at once.

A new place of the shop floor: add its module to LATE_SCREENS, and let `places` name it in its factory.

Classes of Qt are made by the window's own thread alone: Qt asks its objects for their classes without Python's lock,
and a class that another thread makes at that instant ends the program. So whatever imports Qt stands in LATE_SCREENS.

The standard library's LazyLoader would show a module that one thread is loading, half done, to the next that asks.
"""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Iterable
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import module_from_spec
from threading import RLock
from types import ModuleType
from typing import Any

# Many a shop never needs these: they wait for their first use.
RARE_ROOMS = (
    # SQLAlchemy's plugins, its asynchronous side and what it asks of the machine, what python-stdnum asks servers
    # with, a parser of files.
    "asyncio",
    "importlib.metadata",
    "pkgutil",
    "platform",
    "pydoc",
    "ssl",
    "yaml",
    "pos.devices.file_printer",
    "pos.devices.payment.nexo",
    "pos.devices.payment.nexo_settings",
    "pos.devices.payment.practice",
    "pos.devices.payment.practice_link",
    "pos.devices.pole_display",
    "pos.devices.serial_scanner",
    "pos.devices.simulated.terminal",
    "pos.devices.tcp_printer",
    "pos.devices.toledo_scale",
    "pos.persistence.migration",
    "pos.services.demo_shop",
)
# PySide6 brings these along for whoever asks how a function of Qt is called, or calls one wrongly: see `pos.ui`. Its
# `mapping` is read from outside Python, past any first use.
SIGNATURE_ROOMS = (
    "shibokensupport.signature.errorhandler",
    "shibokensupport.signature.layout",
    "shibokensupport.signature.lib.enum_sig",
    "shibokensupport.signature.lib.pyi_generator",
    "shibokensupport.signature.parser",
)
# A thread of its own loads these once the till has been ready for a while.
LATE_ROOMS = (
    "pos.code_words",
    "pos.domain.even_exchange",
    "pos.domain.gs1_content",
    "pos.domain.item_cells",
    "pos.domain.item_check",
    "pos.domain.micr",
    "pos.domain.new_shop",
    "pos.domain.quantity_prices",
    "pos.domain.return_request",
    "pos.domain.search_query",
    "pos.finding_words",
    "pos.persistence.after_sale",
    "pos.persistence.approvals",
    "pos.persistence.audit",
    "pos.persistence.check_deposits",
    "pos.persistence.checks",
    "pos.persistence.coupon_uses",
    "pos.persistence.customers",
    "pos.persistence.day_figures",
    "pos.persistence.gift_cards",
    "pos.persistence.gift_receipts",
    "pos.persistence.import_profiles",
    "pos.persistence.policy_cases",
    "pos.persistence.purchase_search",
    "pos.persistence.reasons",
    "pos.persistence.receipt_list",
    "pos.persistence.refunds_instead",
    "pos.persistence.return_list",
    "pos.persistence.return_policies",
    "pos.persistence.return_rates",
    "pos.persistence.returns",
    "pos.persistence.returns_summary",
    "pos.persistence.search_index",
    "pos.persistence.signatures",
    "pos.persistence.stock",
    "pos.persistence.tables_returns",
    "pos.persistence.tables_signatures",
    "pos.persistence.taken_over",
    "pos.persistence.taken_over_list",
    "pos.persistence.tax_documents",
    "pos.persistence.transactions",
    "pos.refusal_sentences",
    "pos.return_words",
    "pos.selling_words",
    "pos.services.backup",
    "pos.services.card_reading",
    "pos.services.card_slips",
    "pos.services.claim_papers",
    "pos.services.completion",
    "pos.services.copies",
    "pos.services.day_reports",
    "pos.services.exchanges",
    "pos.services.failed_refunds",
    "pos.services.gift_card_papers",
    "pos.services.gift_card_slips",
    "pos.services.half_restore",
    "pos.services.open_matters",
    "pos.services.paper_cash",
    "pos.services.papers",
    "pos.services.people",
    "pos.services.policies",
    "pos.services.policy_cases",
    "pos.services.policy_papers",
    "pos.services.post_voids",
    "pos.services.price_check",
    "pos.services.promotions",
    "pos.services.purchases",
    "pos.services.refusal_papers",
    "pos.services.return_claims",
    "pos.services.return_copies",
    "pos.services.return_pack",
    "pos.services.return_papers",
    "pos.services.return_refusals",
    "pos.services.returned_checks",
    "pos.services.returns",
    "pos.services.returns_report",
    "pos.services.roles",
    "pos.services.shop_logo",
    "pos.services.shop_settings",
    "pos.services.signatures",
    "pos.services.stock",
    "pos.services.tax_documents",
    "pos.services.tender_corrections",
    "pos.services.tendering_checks",
    "pos.services.till_close",
    "pos.services.till_moves",
    "pos.set_up_words",
    "pos.tender_words",
    "pos.trouble_words",
    "pos.ui.sell.typed",
    "pos.ui.shared.money_back",
    "receipts.barcodes",
    "receipts.escpos",
    "receipts.label_pdf",
    "receipts.logo",
    "receipts.paper.card_slip",
    "receipts.paper.check_franking",
    "receipts.paper.gift_card_slip",
    "receipts.paper.printer_test",
    "receipts.paper.return_receipt",
    "receipts.paper.suspended_slip",
    "receipts.pdf",
    "receipts.policy_pdf",
    "receipts.qr",
    "receipts.signature",
)
# The window's own thread loads these, in moments when nobody does anything.
LATE_SCREENS = (
    "pos.ui.cash.count",
    "pos.ui.cash.move",
    "pos.ui.cash.open_till",
    "pos.ui.cash.overview",
    "pos.ui.cash.owed_charges",
    "pos.ui.cash.reports",
    "pos.ui.cash.suspended",
    "pos.ui.customer_screen",
    "pos.ui.customers.form",
    "pos.ui.customers.screen",
    "pos.ui.devices.screen",
    "pos.ui.help.news",
    "pos.ui.help.sheet",
    "pos.ui.items.form",
    "pos.ui.items.importing",
    "pos.ui.items.labels",
    "pos.ui.items.sales_importing",
    "pos.ui.items.sales_imports",
    "pos.ui.items.screen",
    "pos.ui.items.stock",
    "pos.ui.journal.screen",
    "pos.ui.line_scans",
    "pos.ui.mailing",
    "pos.ui.one_window",
    "pos.ui.palette.sheet",
    "pos.ui.pay.card_screen",
    "pos.ui.pay.done",
    "pos.ui.pay.screen",
    "pos.ui.policy.screen",
    "pos.ui.policy_try.screen",
    "pos.ui.printer.screen",
    "pos.ui.promotions.exchange",
    "pos.ui.promotions.form",
    "pos.ui.promotions.screen",
    "pos.ui.promotions.trying",
    "pos.ui.reports.returns",
    "pos.ui.returns.claims",
    "pos.ui.returns.paperwork",
    "pos.ui.returns.screen",
    "pos.ui.returns.without_goods",
    "pos.ui.sell.ask_panels",
    "pos.ui.sell.buyer_panels",
    "pos.ui.sell.money_back",
    "pos.ui.sell.note_panel",
    "pos.ui.sell.why_words",
    "pos.ui.set_up.restore_screen",
    "pos.ui.set_up.screen",
    "pos.ui.settings.screen",
    "pos.ui.shared.approval_sheet",
    "pos.ui.shared.ask_words",
    "pos.ui.shared.policy_ask",
    "pos.ui.shared.return_ask",
    "pos.ui.shared.row_list",
    "pos.ui.suggestions.screen",
)
# What is asked of a late room while everything is loaded, and can be had without it.
_LENT: dict[tuple[str, str], object] = {
    ("asyncio", "iscoroutine"): inspect.iscoroutine,
    ("platform", "python_implementation"): lambda: {"cpython": "CPython"}.get(sys.implementation.name, ""),
}
if sys.platform != "win32":
    # Windows has no such call: there the room itself is asked.
    _LENT |= {
        ("platform", "machine"): lambda: os.uname().machine,
        ("platform", "system"): lambda: os.uname().sysname,
    }
# One thread loads at a time, and whoever asks meanwhile waits: the printing worker may want a room the window opens.
_LOADING = RLock()
_HALF_WAY: set[str] = set()


class _LateRoom(ModuleType):
    """A module that runs when the first name is asked of it; from then on it is a module like any other."""

    def __getattr__(self, name: str) -> Any:
        if (self.__name__, name) in _LENT:
            return _LENT[self.__name__, name]
        if name.startswith("__"):
            # What Python asks of any module, to see what it is; a part of it may be loaded without the whole.
            if name == "__path__" and (path := _found(self).submodule_search_locations) is not None:
                return path
            raise AttributeError(name)
        with _LOADING:
            if self.__name__ in _HALF_WAY:
                # What it imports asks for it in turn.
                raise AttributeError(name)
            _load(self)
        return getattr(self, name)


def _found(room: ModuleType) -> ModuleSpec:
    """Where the room's file is: looked for when somebody wants it, for all of them together would take too long."""
    name = room.__name__
    above, _, _ = name.rpartition(".")
    if not above:
        spec = PathFinder.find_spec(name)
    else:
        package = import_module(above)
        # A library that holds its modules in a file of its own brings what finds them there.
        own = getattr(package.__loader__, "find_spec", None)
        spec = (own and own(name, package.__path__)) or PathFinder.find_spec(name, package.__path__)
    assert spec is not None, name
    return spec


def _load(room: ModuleType) -> None:
    waits = type(room) is _LateRoom
    if waits:
        spec = _found(room)
        assert spec.loader is not None
        vars(room).update(vars(module_from_spec(spec)))
        _HALF_WAY.add(room.__name__)
        try:
            spec.loader.exec_module(room)
        finally:
            _HALF_WAY.remove(room.__name__)
        room.__class__ = ModuleType


def put_off(names: Iterable[str] = (*RARE_ROOMS, *LATE_ROOMS)) -> None:
    """Let these late rooms wait for their first use; those that are loaded stay."""
    for name in names:
        if name not in sys.modules:
            sys.modules[name] = room = _LateRoom(name)
            room.__spec__ = ModuleSpec(name, None)
            above, _, own = name.rpartition(".")
            if above:
                setattr(import_module(above), own, room)


def open_room(name: str) -> ModuleType:
    """The one deferred import: a module that the first picture does without. What it needs late waits on.

    Raises ImportError.
    """
    put_off((*RARE_ROOMS, *LATE_ROOMS, *LATE_SCREENS))
    return import_module(name)


def load(names: Iterable[str]) -> None:
    """Load those of these late rooms that still wait, one after the other."""
    for name in names:
        with _LOADING:
            _load(sys.modules[name])
