"""The shop a lane script plays in: founded from its set-up, or one that is there already and has to say the same."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from pos.domain.customer import Customer
from pos.domain.item import Item, ShelfPrice
from pos.domain.rights import NO_ROLES, ShopRoles
from pos.domain.shop import Mode, ShopRules
from pos.domain.staff import Operator
from pos.domain.trouble import KnownError, Trouble
from pos.script.customers import GivenCustomer
from pos.script.fields import nearest
from pos.script.read import ScriptError
from pos.script.setup import GivenItem, GivenPerson, Script, first_cashier, people_of, stock_of
from pos.services.books_report import holds_a_shop, items_of, last_moment, set_up_of
from pos.services.circumstances import prepared_promotions
from pos.services.gift_card_report import knows_card
from pos.services.policy_versions import policy_in_force
from pos.services.roles import roles_of
from pos.services.shops import found_shop
from pos.services.simulated_cards import simulated_cards
from pos.services.simulation import SimulatedState
from pos.services.taken_over import receipts_taken_over
from pos.settings import MachineSettings
from pos.wording import N_
from pos.workstation import Workstation, open_workstation

# The PINs of a shop that was made for scripts, so that a script may leave its staff out. No other shop has this file.
STAFF_FILE = "script-staff.json"
_NEW_SHOP = datetime(2026, 1, 2, 9)  # noqa: DTZ001 - on the clock of whichever shop it becomes
_PROFILE = "80mm-42-cp852"
# What a file may say of an item that is there already, and where the item says it.
_ITEM_PARTS = {
    "name": "name", "price": "unit_price_minor", "per": "unit", "tax": "taxes", "category": "department",
    "gtin": "codes", "plu": "codes", "codes": "codes", "age": "age", "serial": "serial", "open_price": "open_price",
    "final_sale": "final_sale", "not_discountable": "not_discountable", "family": "family", "flags": "flags",
    "measure_code": "measure_code", "container": "container", "deposit": "deposits",
    "quantity_prices": "quantity_prices",
}  # fmt: skip


@dataclass(slots=True)
class LaneClock:
    """A clock that stands still until a step moves it."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


@dataclass(slots=True)
class Premises:
    """One shop folder and one workstation number; `pins` are those this run may sign people on with."""

    folder: Path
    number: int
    settings: MachineSettings
    keep_pins: bool
    clock: LaneClock = field(default_factory=lambda: LaneClock(_NEW_SHOP.replace(tzinfo=UTC)))
    workstation: Workstation | None = None
    printer: SimulatedState = SimulatedState.OK
    pins: dict[str, str] = field(default_factory=dict)

    @property
    def rules(self) -> ShopRules | None:
        """The rules of the shop that is there, None where none is yet."""
        return None if self.workstation is None else self.workstation.desk.rules

    @property
    def roles(self) -> ShopRoles:
        """The roles of the shop that is there, those every shop begins with where none is yet."""
        return NO_ROLES if self.workstation is None else roles_of(self.workstation.desk)

    def open_existing(self) -> None:
        """Open the shop in the folder, if there is one. Raises KnownError, also where the folder holds other things."""
        if self.workstation is not None:
            return
        if holds_a_shop(self.folder):
            self.workstation = self._open()
            self.pins = _read_pins(self.folder)
        elif self.folder.exists() and any(self.folder.iterdir()):
            raise KnownError(Trouble.SHOP_EXISTS, folder=str(self.folder))

    def found(self, script: Script) -> bool:
        """Make the shop of the script's set-up; False where another lane made one there first.

        It is built beside the folder with its PINs and moved there in one step. Raises KnownError.
        """
        people = people_of(script)
        self.clock.moment = script.clock or _NEW_SHOP.replace(tzinfo=ZoneInfo(script.rules.timezone)).astimezone(UTC)
        self.pins = {person.staff.operator.id: person.staff.pin for person in people}
        building = self.folder.with_name(f".{self.folder.name}.script-{os.getpid()}-{secrets.token_hex(4)}")
        try:
            found_shop(
                building,
                script.rules,
                mode=Mode.SCRIPT,
                clock=self.clock,
                workstation=self.number,
                staff=[person.staff for person in people],
                roles=script.roles,
                customers=[given.customer for given in script.customers],
                suggestions=script.suggestions,
                promotions=script.promotions,
                gift_cards=[given.card for given in script.gift_cards],
                history=script.history.taken,
                return_policy=script.return_policy,
                items=[given.item for given in script.items],
                prices={given.item.id: given.prices for given in script.items if given.prices},
                stock={
                    given.item.id: stock_of(script.stock[given.item.id], given.item.unit)
                    for given in script.items
                    if given.item.id in script.stock
                },
            )
            if self.keep_pins:
                _write_pins(building, self.pins)
            if not _move(building, self.folder):
                return False
        finally:
            shutil.rmtree(building, ignore_errors=True)
        self.workstation = self._open()
        return True

    def agree(self, script: Script) -> None:
        """Hold the set-up of the script against the shop that is there. Raises ScriptError where they differ."""
        if self.workstation is None:
            return
        desk = self.workstation.desk
        for rule, line in script.given.lines.items():
            if not _same_rule(getattr(script.rules, rule), getattr(desk.rules, rule)):
                raise _differs(f"shop.{rule}", line)
        if script.roles and any(self.roles.find(role.id) != role for role in script.roles):
            raise _differs("shop.roles", script.roles_line)
        known = items_of(desk, [given.item.id for given in script.items])
        set_up = set_up_of(desk)
        for item in script.items:
            _agree_item(item, known.get(item.item.id), set_up.prices.get(item.item.id, ()))
        _agree_stock(script, items_of(desk, list(script.stock)), set_up.stock)
        staff = {view.operator.id: view.operator for view in self.workstation.sign_on.staff()}
        for given in script.customers:
            _agree_customer(given, self.workstation.customers.get(given.customer.id))
        self._agree_promotions(script)
        for card in script.gift_cards:
            if not knows_card(desk, card.card.number):
                raise _differs("gift_cards.number", card.line)
        self._agree_return_policy(script)
        known_receipts = receipts_taken_over(desk, tuple(script.history.lines))
        for receipt, line in script.history.lines.items():
            if receipt not in known_receipts:
                raise _differs(f"history.{receipt}", line)
        for person in script.people:
            self._agree_person(person, staff.get(person.staff.operator.id))
        self.clock.moment = script.clock or last_moment(desk) or self.clock.moment

    def _agree_promotions(self, script: Script) -> None:
        if script.promotions and self.workstation is not None:
            known = {each.id: each for each in prepared_promotions(self.workstation.desk).promotions}
            for wanted in script.promotions:
                have = known.get(wanted.id)
                if wanted.active and (have is None or replace(wanted, version=have.version) != have):
                    raise _differs(f"promotions.{wanted.id}", script.promotions_line)

    def _agree_return_policy(self, script: Script) -> None:
        wanted = script.return_policy
        if wanted is not None and self.workstation is not None:
            have = policy_in_force(self.workstation.desk)
            if replace(wanted, version=have.version, starts=have.starts) != have:
                raise _differs("return_policy", script.return_policy_line)

    def operator(self, script: Script) -> str | None:
        """Who is signed on before the first step. Raises ScriptError for a person the shop does not have."""
        if self.workstation is None:
            staff = [person.staff.operator for person in people_of(script)]
        else:
            views = {view.operator.id: view.operator for view in self.workstation.sign_on.staff()}
            staff = [views[staff_id] for staff_id in self.pins if staff_id in views]
        if script.operator is None:
            return first_cashier(tuple(staff))
        named = script.operator
        ids = [person.id for person in staff]
        if named.text in ids:
            return named.text
        near = nearest(named.text, ids)
        if near is None:
            raise ScriptError(named.line, N_("Nobody of the staff has the number “{id}”."), id=named.text)
        message = N_("Nobody of the staff has the number “{id}”. Did you mean “{near}”?")
        raise ScriptError(named.line, message, id=named.text, near=near)

    def restart(self) -> Workstation:
        """Let go of everything as a process that ends does, and start again on the same books."""
        last = self.workstation
        before = None if last is None else simulated_cards(last.card_tendering)
        self.close()
        self.workstation = self._open()
        if last is not None:
            self.workstation.desk.cards_told = last.desk.cards_told
        cards = simulated_cards(self.workstation.card_tendering)
        if cards is not None and before is not None:
            cards.go_on_as(before)
        return self.workstation

    def close(self) -> None:
        if self.workstation is not None:
            self.workstation.close()
            self.workstation = None

    def _open(self) -> Workstation:
        # A script prints on a printer in memory: that of this machine and its scale stay still.
        silent = replace(
            self.settings,
            printer="simulated",
            printer_profile=_PROFILE,
            scale="simulated",
            terminal="simulated",
            terminal_id=f"SIM-{self.number}",
        )
        station = open_workstation(self.folder, number=self.number, mode=Mode.SCRIPT, settings=silent, clock=self.clock)
        # Paper does not come back because a program starts again.
        if station.simulation is not None and self.printer is not SimulatedState.OK:
            station.simulation.printer_is(self.printer)
        return station

    def _agree_person(self, person: GivenPerson, known: Operator | None) -> None:
        said = person.staff.operator
        if known is None:
            message = N_("The shop that is there has nobody with the number “{id}”.")
            raise ScriptError(person.lines["id"], message, id=said.id)
        for key in ("name", "role"):
            if key in person.lines and getattr(said, key) != getattr(known, key):
                raise _differs(f"staff.{key}", person.lines[key])
        if not person.made and self.pins.setdefault(said.id, person.staff.pin) != person.staff.pin:
            raise _differs("staff.pin", person.lines["pin"])


@contextmanager
def premises(shop: Path | None, number: int, settings: MachineSettings) -> Iterator[Premises]:
    """Where scripts play: in the shop folder, or in a temporary one that is gone afterwards."""
    if shop is None:
        with TemporaryDirectory(prefix="kassa-play-") as folder:
            place = Premises(Path(folder) / "shop", number, settings, keep_pins=False)
            try:
                yield place
            finally:
                place.close()
        return
    place = Premises(shop.resolve(), number, settings, keep_pins=True)
    try:
        yield place
    finally:
        place.close()


def _same_rule(said: object, known: object) -> bool:
    """Taxes are the same in any order; everything else is one value."""
    if isinstance(said, tuple) and isinstance(known, tuple):
        return frozenset(said) == frozenset(known)
    return said == known


def _agree_stock(script: Script, known: dict[str, Item], stock: dict[str, int]) -> None:
    """What lay there when the shop was made, whatever was sold since."""
    for item_id, text in script.stock.items():
        if item_id not in known:
            raise ScriptError(text.line, N_("The shop that is there has no item “{id}”."), id=item_id)
        if stock_of(text, known[item_id].unit) != stock.get(item_id):
            raise _differs("stock", text.line)


def _agree_item(given: GivenItem, known: Item | None, prices: tuple[ShelfPrice, ...]) -> None:
    if known is None:
        message = N_("The shop that is there has no item “{id}”.")
        raise ScriptError(given.lines["id"], message, id=given.item.id)
    if prices:
        # The price of the file held before any other; the dated ones follow it.
        known = replace(known, unit_price_minor=prices[0].price, quantity_prices=prices[0].quantity_prices)
    if "prices" in given.lines and given.prices != prices[1:]:
        raise _differs("items.prices", given.lines["prices"])
    for key, line in given.lines.items():
        where = _ITEM_PARTS.get(key)
        if where is not None and getattr(given.item, where) != getattr(known, where):
            raise _differs(f"items.{key}", line)


def _agree_customer(given: GivenCustomer, known: Customer | None) -> None:
    """What is said of a customer but for the points, which come and go."""
    if known is None:
        message = N_("The shop that is there has no customer “{id}”.")
        raise ScriptError(given.lines["id"], message, id=given.customer.id)
    for key, line in given.lines.items():
        if key != "points" and getattr(given.customer, key) != getattr(known, key):
            raise _differs(f"customers.{key}", line)


def _differs(key: str, line: int) -> ScriptError:
    return ScriptError(line, N_("The shop that is there has another “{key}”. Say the same or leave it out."), key=key)


def _move(building: Path, folder: Path) -> bool:
    """Put the new shop where it belongs; False where another lane's shop stands there by now."""
    try:
        with suppress(FileNotFoundError):
            folder.rmdir()
        building.rename(folder)
    except OSError:
        if holds_a_shop(folder):
            return False
        raise
    return True


def _write_pins(folder: Path, pins: dict[str, str]) -> None:
    path = folder / STAFF_FILE
    path.touch(mode=0o600)
    path.write_text(json.dumps(pins, indent=1), "utf-8")


def _read_pins(folder: Path) -> dict[str, str]:
    """The PINs kept beside the shop; none where the file is gone, so that the script has to name its staff."""
    try:
        kept = json.loads((folder / STAFF_FILE).read_text("utf-8"))
        return {str(staff_id): str(pin) for staff_id, pin in kept.items()}
    except (OSError, ValueError, AttributeError):
        return {}
