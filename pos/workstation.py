"""The composition root: settings become one Workstation with its shop, services and devices. Nothing else wires."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from pos.devices import pole_display, serial_scanner, toledo_scale
from pos.devices.drawer import PrinterDrawer
from pos.devices.payment.opening import SettingMissing, open_terminal
from pos.devices.payment.ports import PaymentTerminal
from pos.devices.ports import ScalePort
from pos.devices.printer import PrinterKind, PrinterSettings, open_printer
from pos.devices.simulated.scale import SimulatedScale
from pos.domain.frozen import dataclass
from pos.domain.money import Unit
from pos.domain.shop import Mode, ShopRules
from pos.domain.trouble import KnownError, Trouble
from pos.persistence.lane_lock import LaneLock
from pos.persistence.shop_folder import OpenShop, open_shop
from pos.services import card_reading as late_card_reading
from pos.services import copies as late_copies
from pos.services import day_reports as late_day_reports
from pos.services import exchanges as late_exchanges
from pos.services import failed_refunds as late_failed_refunds
from pos.services import people as late_people
from pos.services import policies as late_policies
from pos.services import post_voids as late_post_voids
from pos.services import promotions as late_promotions
from pos.services import purchases as late_purchases
from pos.services import return_claims as late_return_claims
from pos.services import return_copies as late_return_copies
from pos.services import return_pack as late_return_pack
from pos.services import return_refusals as late_return_refusals
from pos.services import returned_checks as late_returned_checks
from pos.services import returns as late_returns
from pos.services import roles as late_roles
from pos.services import shop_settings as late_shop_settings
from pos.services import stock as late_stock
from pos.services import tax_documents as late_tax_documents
from pos.services import tender_corrections as late_tender_corrections
from pos.services import tendering_checks as late_tendering_checks
from pos.services import till_close as late_till_close
from pos.services import till_moves as late_till_moves
from pos.services.approvals import Approvals
from pos.services.card_terminal import CardTerminal
from pos.services.catalogue import Catalogue
from pos.services.counts import Counts
from pos.services.customer_pole import CustomerPole
from pos.services.customers import Customers
from pos.services.desk import Clock, Desk
from pos.services.drawer import Drawer
from pos.services.gift_card_care import GiftCardCare
from pos.services.gift_cards import GiftCards
from pos.services.house_accounts import HouseAccounts
from pos.services.lookup import Lookup
from pos.services.machine_settings import MachineSettingsDesk
from pos.services.markdowns import Markdowns
from pos.services.paper_queue import PaperQueue
from pos.services.paperwork import Devices, Paperwork
from pos.services.quick_keys import QuickKeys
from pos.services.sale import Sale
from pos.services.scanners import Scanners
from pos.services.sign_on import SignOn
from pos.services.simulation import Simulation, simulation_of
from pos.services.specials import Specials
from pos.services.suggestions import Suggestions
from pos.services.suspended import Suspended
from pos.services.tax_exemption import TaxExemptions
from pos.services.tendering import Tendering
from pos.services.tendering_cards import CardTendering
from pos.services.tendering_gift_cards import GiftCardTendering
from pos.services.tills import Tills
from pos.services.weighing import Weighing
from pos.settings import FILE_NAME, MachineSettings
from receipts.printers import PROFILES

_TOLEDO = "toledo_8217"
_OPEN_IS_HIGH = {"none": None, "open_is_high": True, "open_is_low": False}


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Workstation:
    """One workstation of one shop, opened: the services a front end may call, and nothing beneath them."""

    desk: Desk
    sign_on: SignOn
    tills: Tills
    counts: Counts
    sale: Sale
    gift_cards: GiftCards
    tendering: Tendering
    gift_card_tenders: GiftCardTendering
    gift_card_care: GiftCardCare
    house_accounts: HouseAccounts
    markdowns: Markdowns
    approvals: Approvals
    suspended: Suspended
    suggestions: Suggestions
    quick_keys: QuickKeys
    catalogue: Catalogue
    paperwork: Paperwork
    drawer: Drawer
    customer_pole: CustomerPole
    machine_settings: MachineSettingsDesk
    customers: Customers
    specials: Specials
    lookup: Lookup
    scanners: Scanners
    weighing: Weighing
    card_terminal: CardTerminal
    card_tendering: CardTendering
    exemptions: TaxExemptions
    papers: PaperQueue
    simulation: Simulation | None
    lock: LaneLock

    @property
    def mode(self) -> Mode:
        return self.desk.shop.mode

    @property
    def post_voids(self) -> late_post_voids.PostVoids:
        """Holds nothing between one call and the next."""
        return late_post_voids.PostVoids(self.desk, self.approvals)

    @property
    def returns(self) -> late_returns.Returns:
        """Likewise."""
        return late_returns.Returns(self.desk, self.approvals)

    @property
    def failed_refunds(self) -> late_failed_refunds.FailedRefunds:
        """Likewise."""
        return late_failed_refunds.FailedRefunds(self.desk, self.approvals)

    @property
    def return_refusals(self) -> late_return_refusals.ReturnRefusals:
        """Likewise."""
        return late_return_refusals.ReturnRefusals(self.desk)

    @property
    def return_claims(self) -> late_return_claims.ReturnClaims:
        """Likewise."""
        return late_return_claims.ReturnClaims(self.desk)

    @property
    def copies(self) -> late_copies.Copies:
        """Likewise."""
        return late_copies.Copies(self.desk, prints=self.paperwork.has_printer)

    @property
    def return_copies(self) -> late_return_copies.ReturnCopies:
        """Likewise."""
        return late_return_copies.ReturnCopies(self.desk, prints=self.paperwork.has_printer)

    @property
    def return_packs(self) -> late_return_pack.ReturnPacks:
        """Likewise."""
        return late_return_pack.ReturnPacks(self.desk)

    @property
    def exchanges(self) -> late_exchanges.Exchanges:
        """What it holds stands in the open basket."""
        return late_exchanges.Exchanges(self.desk, self.sale, self.approvals)

    @property
    def policies(self) -> late_policies.Policies:
        """Likewise."""
        return late_policies.Policies(self.desk, self.approvals)

    @property
    def purchases(self) -> late_purchases.Purchases:
        """Likewise."""
        return late_purchases.Purchases(self.desk)

    @property
    def card_reading(self) -> late_card_reading.CardReading:
        """Holds only whether the one card it asks for is still wanted: keep it for that long."""
        return late_card_reading.CardReading(self.desk, self.card_tendering)

    @property
    def tender_corrections(self) -> late_tender_corrections.TenderCorrections:
        """Likewise."""
        return late_tender_corrections.TenderCorrections(self.desk, self.approvals)

    @property
    def promotions(self) -> late_promotions.Promotions:
        """Likewise."""
        return late_promotions.Promotions(self.desk)

    @property
    def shop_settings(self) -> late_shop_settings.ShopSettings:
        """Likewise."""
        return late_shop_settings.ShopSettings(self.desk)

    @property
    def people(self) -> late_people.People:
        """Likewise."""
        return late_people.People(self.desk)

    @property
    def roles(self) -> late_roles.RolesDesk:
        """Likewise."""
        return late_roles.RolesDesk(self.desk)

    @property
    def day_reports(self) -> late_day_reports.DayReports:
        """Likewise."""
        return late_day_reports.DayReports(self.desk)

    @property
    def till_closing(self) -> late_till_close.TillClosing:
        """Likewise."""
        return late_till_close.TillClosing(self.desk, self.approvals)

    @property
    def till_moves(self) -> late_till_moves.TillMoves:
        """Likewise."""
        return late_till_moves.TillMoves(self.desk, self.approvals)

    @property
    def returned_checks(self) -> late_returned_checks.ReturnedChecks:
        """Likewise."""
        return late_returned_checks.ReturnedChecks(self.desk)

    @property
    def checks(self) -> late_tendering_checks.CheckTendering:
        """Likewise."""
        return late_tendering_checks.CheckTendering(self.desk, self.sale.open, self.tendering)

    @property
    def tax_documents(self) -> late_tax_documents.TaxDocuments:
        """Likewise."""
        return late_tax_documents.TaxDocuments(self.desk, prints=self.paperwork.has_printer)

    @property
    def stock(self) -> late_stock.Stock:
        """Likewise."""
        return late_stock.Stock(self.desk)

    def close(self) -> None:
        """Let go of the books, of every device that is held open, and of the workstation's number."""
        self.scanners.close()
        self.weighing.close()
        self.card_terminal.close()
        self.customer_pole.close()
        self.desk.shop.close()
        self.lock.release()


def open_workstation(
    folder: Path, *, number: int, mode: Mode | None, settings: MachineSettings, clock: Clock | None = None
) -> Workstation:
    """Open the shop in `folder` as workstation `number`; `mode` None takes a shop of any kind.

    Raises KnownError: WORKSTATION_TAKEN where another program holds the number, WRONG_MODE where the file is for
    something else, and whatever `open_shop` says of the books.
    """
    clock = clock or SystemClock()
    if not folder.exists():
        raise KnownError(Trouble.SHOP_MISSING, folder=str(folder))
    devices = _devices(settings)
    lock = LaneLock.take(folder, number)
    with ExitStack() as opened:
        opened.callback(lock.release)
        shop = open_shop(folder, clock.now())
        opened.callback(shop.close)
        if mode is not None and shop.mode is not mode:
            raise KnownError(Trouble.WRONG_MODE, folder=str(folder), mode=shop.mode.value)
        desk = Desk(shop, number, clock, _rules(shop))
        workstation = _wired(desk, settings, devices, lock)
        # From here on whoever asked closes it.
        opened.pop_all()
    return workstation


def _wired(desk: Desk, settings: MachineSettings, devices: Devices, lock: LaneLock) -> Workstation:
    """Every service over its desk and its devices. A simulated scale is there for scripts, which say their weights."""
    sale, approvals = Sale(desk, scale_there=settings.scale == _TOLEDO), Approvals(desk)
    terminal, drawer = CardTerminal(_terminal(settings, desk.shop.folder, desk.number)), Drawer(desk, devices.drawer)
    exemptions, paperwork = TaxExemptions(desk, sale.open, approvals), Paperwork(desk, devices)
    return Workstation(
        desk=desk,
        sign_on=SignOn(desk),
        tills=Tills(desk),
        counts=Counts(desk),
        sale=sale,
        gift_cards=GiftCards(desk, sale.open),
        tendering=sale.tendering,
        gift_card_tenders=GiftCardTendering(desk, sale.open, sale.tendering),
        gift_card_care=GiftCardCare(desk),
        house_accounts=HouseAccounts(desk, sale.open, sale.tendering),
        markdowns=Markdowns(desk, sale, approvals, exemptions),
        approvals=approvals,
        suspended=Suspended(desk, sale.open),
        suggestions=Suggestions(desk),
        quick_keys=QuickKeys(desk),
        catalogue=Catalogue(desk),
        paperwork=paperwork,
        drawer=drawer,
        customer_pole=CustomerPole(_pole(settings)),
        machine_settings=MachineSettingsDesk(desk, settings, lambda wanted: _devices(wanted).printer),
        customers=Customers(desk),
        specials=Specials(desk),
        lookup=Lookup(desk),
        scanners=Scanners(_scanner(settings)),
        weighing=Weighing(_scale(settings), Unit(settings.scale_unit)),
        card_terminal=terminal,
        card_tendering=CardTendering(desk, sale.open, sale.tendering, approvals, terminal.port),
        exemptions=exemptions,
        papers=PaperQueue(desk),
        simulation=simulation_of(devices, paperwork, drawer),
        lock=lock,
    )


def _rules(shop: OpenShop) -> ShopRules:
    """The rules the shop works under. Raises KnownError BOOKS_DAMAGED where they cannot be read."""
    with shop.books.reading() as work:
        try:
            # Read now, so that a shop with damaged roles says so before somebody stands at the till.
            work.roles.current()
            return work.rules.current()
        except (LookupError, TypeError, ValueError) as error:
            raise KnownError(Trouble.BOOKS_DAMAGED, file=str(shop.books.path)) from error


def _devices(settings: MachineSettings) -> Devices:
    """The devices `kassa.toml` names. Raises KnownError SETTINGS_UNREADABLE where it names what cannot be."""
    if (profile := PROFILES.get(settings.printer_profile)) is None:
        raise _unreadable(settings, "printer_profile", "|".join(PROFILES))
    try:
        named = PrinterSettings(
            kind=PrinterKind(settings.printer),
            host=settings.printer_host,
            port=settings.printer_port,
            path=Path(settings.printer_folder) if settings.printer_folder else None,
            profile=profile.name,
            answers=profile.answers,
            drawer_open_is_high=_OPEN_IS_HIGH[settings.drawer_switch],
        )
    except ValueError as error:
        needed = "printer_host" if settings.printer == PrinterKind.TCP else "printer_folder"
        raise _unreadable(settings, needed, settings.printer) from error
    printer = open_printer(named)
    # A file has no drawer to open; a printer on the network has the drawer's plug.
    drawer = None
    if printer is not None and named.kind in {PrinterKind.TCP, PrinterKind.SIMULATED}:
        drawer = PrinterDrawer(printer, pin=2 if profile.drawer_pin == 2 else 5)
    return Devices(printer, drawer, profile)


def _scanner(settings: MachineSettings) -> serial_scanner.SerialScanner | None:
    """The scanner on the line `kassa.toml` names; nothing is opened yet."""
    if not settings.scanner_port:
        return None
    parity = serial_scanner.PARITIES[settings.scanner_parity]
    return serial_scanner.SerialScanner(settings.scanner_port, baud=settings.scanner_baud, parity=parity)


def _scale(settings: MachineSettings) -> ScalePort | None:
    """The scale `kassa.toml` names; nothing is opened yet. Raises KnownError SETTINGS_UNREADABLE without its port."""
    if settings.scale == "none":
        return None
    if settings.scale != _TOLEDO:
        return SimulatedScale()
    if not settings.scale_port:
        raise _unreadable(settings, "scale_port", settings.scale)
    return toledo_scale.ToledoScale(settings.scale_port)


def _terminal(settings: MachineSettings, folder: Path, number: int) -> PaymentTerminal | None:
    """The card terminal `kassa.toml` names; nothing is asked yet. Raises KnownError SETTINGS_UNREADABLE."""
    try:
        return open_terminal(settings, folder, number)
    except SettingMissing as error:
        raise _unreadable(settings, error.name, settings.terminal) from error


def _pole(settings: MachineSettings) -> pole_display.PoleDisplay | None:
    """The pole display `kassa.toml` names, not opened yet. Raises KnownError SETTINGS_UNREADABLE without its port."""
    if settings.customer_display != "pole":
        return None
    if not settings.customer_display_port:
        raise _unreadable(settings, "customer_display_port", settings.customer_display)
    return pole_display.PoleDisplay(settings.customer_display_port)


def _unreadable(settings: MachineSettings, name: str, may_be: str) -> KnownError:
    file = settings.home / FILE_NAME
    return KnownError(Trouble.SETTINGS_UNREADABLE, file=str(file), detail=f"{name} ({may_be})")
