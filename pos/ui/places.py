"""The places of the shop floor: where the rail and More lead, one entry each.

To add one: build a `Screen` in a room of its own under `pos/ui`, append a `Place` here and its module to `late_rooms`.
Its words come from `N_`, its `factory` makes the screen at its first visit. A place with a `number` stands on the rail
and opens with Ctrl and that number; without one it stands under More, or, with `within`, is led to by that other place
alone and leads back to it. Who lacks the permission does not see it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pos.domain.frozen import dataclass
from pos.domain.reasons import ReasonKind
from pos.domain.staff import Operator, Permission
from pos.speech import N_
from pos.ui.cash import count, move, overview, owed_charges, reports, suspended
from pos.ui.customers import form as customer_form
from pos.ui.customers import screen as customers
from pos.ui.devices import screen as devices
from pos.ui.fittings import Fittings
from pos.ui.help import news
from pos.ui.items import form as item_form
from pos.ui.items import importing, labels, sales_importing, sales_imports, stock
from pos.ui.items import screen as items
from pos.ui.journal import screen as journal
from pos.ui.policy import screen as policy
from pos.ui.policy_try import screen as policy_try
from pos.ui.printer import screen as printer
from pos.ui.promotions import exchange as promotions_file
from pos.ui.promotions import form as promotion_form
from pos.ui.promotions import screen as promotions
from pos.ui.promotions import trying as promotion_try
from pos.ui.reports import returns as returns_report
from pos.ui.returns import claims, paperwork, without_goods
from pos.ui.returns import screen as returns
from pos.ui.settings import screen as settings
from pos.ui.shared.screen import Screen
from pos.ui.suggestions import screen as suggestions

SELL = "sell"
RETURNS = "returns"
MONEY_BACK = "money_back"
JOURNAL = "journal"
ITEMS = "items"
CUSTOMERS = "customers"
CASH = "cash"
REPORTS = "reports"
PROMOTIONS = "promotions"
MORE = "more"


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to work. `number` is its place on the rail and its key with Ctrl, 0 puts it under More.

    The numbers are the same for everybody, so that a key learned stays true whoever is signed in.
    """

    name: str
    icon: str
    title: str
    number: int = 0
    permission: Permission | None = None
    meaning: str = ""
    factory: Callable[[Fittings], Screen] | None = None
    within: str = ""
    # Opened with this key from anywhere, and left for where one was.
    shortcut: str = ""

    @property
    def key(self) -> str:
        """The key as it is printed."""
        return f"Ctrl {self.number}" if self.number else ""

    @property
    def under_more(self) -> bool:
        """Whether More leads here."""
        return not self.number and not self.within


# Sell and More are the shell's own; every other place has its factory.
PLACES: tuple[Place, ...] = (
    Place(SELL, "shopping_cart", N_("Sell"), 1),
    Place(
        RETURNS,
        "assignment_return",
        N_("Returns"),
        2,
        Permission.RETURN,
        N_("Goods that come back, by receipt, card, customer or none"),
        lambda with_: returns.ReturnsScreen(with_),
    ),
    Place(
        MONEY_BACK,
        "payments",
        N_("Money without goods"),
        permission=Permission.RETURN,
        factory=lambda with_: without_goods.WithoutGoodsScreen(with_),
        within=RETURNS,
    ),
    Place(
        "return_papers",
        "description",
        N_("Paperwork"),
        permission=Permission.RETURN,
        factory=lambda with_: paperwork.PaperworkScreen(with_),
        within=RETURNS,
    ),
    Place(
        "return_claims",
        "receipt_long",
        N_("Open claims"),
        permission=Permission.RETURN,
        factory=lambda with_: claims.ClaimsScreen(with_),
        within=RETURNS,
    ),
    Place(
        JOURNAL,
        "receipt_long",
        N_("Journal"),
        3,
        Permission.SEE_RECEIPTS,
        N_("The day's sales, and their receipts once more"),
        lambda with_: journal.JournalScreen(with_),
    ),
    Place(
        CUSTOMERS,
        "group",
        N_("Customers"),
        4,
        Permission.SEE_CUSTOMERS,
        N_("Who buys here, their points and their data"),
        lambda with_: customers.CustomersScreen(with_),
    ),
    Place(
        "customer_edit",
        "edit",
        N_("Change a customer"),
        permission=Permission.SEE_CUSTOMERS,
        factory=lambda with_: customer_form.CustomerForm(with_),
        within=CUSTOMERS,
    ),
    Place(
        CASH,
        "payments",
        N_("Cash"),
        5,
        Permission.COUNT_TILL,
        N_("What is in the till, its count and its reports"),
        lambda with_: overview.OverviewScreen(with_),
    ),
    Place(
        "cash_count",
        "fact_check",
        N_("Count and close"),
        permission=Permission.COUNT_TILL,
        factory=lambda with_: count.CountScreen(with_),
        within=CASH,
    ),
    Place(
        "cash_loan",
        "add",
        N_("Loan to the till"),
        permission=Permission.LOAN,
        factory=lambda with_: move.MoveScreen(with_, ReasonKind.LOAN),
        within=CASH,
    ),
    Place(
        "cash_pickup",
        "savings",
        N_("Pickup"),
        permission=Permission.PICKUP,
        factory=lambda with_: move.MoveScreen(with_, ReasonKind.PICKUP),
        within=CASH,
    ),
    Place(
        "cash_paid_in",
        "add",
        N_("Paid in"),
        permission=Permission.PAID_IN,
        factory=lambda with_: move.MoveScreen(with_, ReasonKind.PAID_IN),
        within=CASH,
    ),
    Place(
        "cash_paid_out",
        "payments",
        N_("Paid out"),
        permission=Permission.PAID_OUT,
        factory=lambda with_: move.MoveScreen(with_, ReasonKind.PAID_OUT),
        within=CASH,
    ),
    Place(
        "cash_no_sale",
        "lock_open",
        N_("Open drawer"),
        permission=Permission.NO_SALE,
        factory=lambda with_: move.MoveScreen(with_, ReasonKind.NO_SALE),
        within=CASH,
        shortcut="Ctrl+O",
    ),
    Place(
        "cash_suspended",
        "pause_circle",
        N_("Suspended sales"),
        permission=Permission.VOID_SALE,
        factory=lambda with_: suspended.SuspendedScreen(with_),
        within=CASH,
    ),
    Place(
        "cash_owed",
        "credit_card_off",
        N_("Charges to give back"),
        permission=Permission.DECIDE_CARD,
        factory=lambda with_: owed_charges.OwedChargesScreen(with_),
        within=CASH,
    ),
    Place(
        "cash_reports",
        "description",
        N_("X and Z reports"),
        permission=Permission.Z_REPORT,
        factory=lambda with_: reports.ReportsScreen(with_),
        within=CASH,
    ),
    Place(
        REPORTS,
        "monitoring",
        N_("Reports"),
        6,
        Permission.SEE_REPORTS,
        N_("What came back, why, and what was refused"),
        lambda with_: returns_report.ReturnsReportScreen(with_),
    ),
    Place(MORE, "more_horiz", N_("More"), 8),
    Place(
        ITEMS,
        "inventory_2",
        N_("Items"),
        permission=Permission.MANAGE_ITEMS,
        meaning=N_("What the shop sells, and what lies there"),
        factory=lambda with_: items.ItemsScreen(with_),
    ),
    Place(
        "item_edit",
        "edit",
        N_("Change an item"),
        permission=Permission.MANAGE_ITEMS,
        factory=lambda with_: item_form.ItemForm(with_),
        within=ITEMS,
    ),
    Place(
        "item_labels",
        "label",
        N_("Labels"),
        permission=Permission.MANAGE_ITEMS,
        factory=lambda with_: labels.LabelsScreen(with_),
        within=ITEMS,
    ),
    Place(
        "items_import",
        "download",
        N_("Import and export"),
        permission=Permission.MANAGE_ITEMS,
        factory=lambda with_: importing.ImportScreen(with_),
        within=ITEMS,
    ),
    Place(
        "item_stock",
        "inventory",
        N_("Stock"),
        permission=Permission.MANAGE_ITEMS,
        factory=lambda with_: stock.StockScreen(with_),
        within=ITEMS,
    ),
    Place(
        PROMOTIONS,
        "percent",
        N_("Promotions"),
        permission=Permission.MANAGE_PROMOTIONS,
        meaning=N_("What is cheaper, when and for whom"),
        factory=lambda with_: promotions.PromotionsScreen(with_),
    ),
    Place(
        "promotion_edit",
        "edit",
        N_("Change a promotion"),
        permission=Permission.MANAGE_PROMOTIONS,
        factory=lambda with_: promotion_form.PromotionForm(with_),
        within=PROMOTIONS,
    ),
    Place(
        "promotion_try",
        "fact_check",
        N_("Try promotions"),
        permission=Permission.MANAGE_PROMOTIONS,
        factory=lambda with_: promotion_try.TryScreen(with_),
        within=PROMOTIONS,
    ),
    Place(
        "promotions_file",
        "download",
        N_("Import and export promotions"),
        permission=Permission.MANAGE_PROMOTIONS,
        factory=lambda with_: promotions_file.PromotionsFileScreen(with_),
        within=PROMOTIONS,
    ),
    Place(
        "policy",
        "assignment_return",
        N_("Return policy"),
        permission=Permission.RETURN,
        meaning=N_("What comes back, until when and how"),
        factory=lambda with_: policy.PolicyScreen(with_),
    ),
    Place(
        "policy_try",
        "fact_check",
        N_("Try the return policy"),
        permission=Permission.MANAGE_RETURN_POLICY,
        factory=lambda with_: policy_try.PolicyTryScreen(with_),
        within="policy",
    ),
    Place(
        "suggestions",
        "lightbulb",
        N_("Suggestions"),
        permission=Permission.MANAGE_PROMOTIONS,
        meaning=N_("What goes with what, and what it brought"),
        factory=lambda with_: suggestions.SuggestionsScreen(with_),
    ),
    Place(
        "settings",
        "settings",
        N_("Settings"),
        0,
        Permission.MANAGE_SHOP,
        N_("The shop, this machine, people"),
        lambda with_: settings.SettingsScreen(with_),
    ),
    Place(
        "devices",
        "devices",
        N_("Devices"),
        meaning=N_("How each one is, and a way to try it"),
        factory=lambda with_: devices.DevicesScreen(with_),
    ),
    Place(
        "printer",
        "print",
        N_("Printer"),
        meaning=N_("Its state, what waits, a test page"),
        factory=lambda with_: printer.PrinterScreen(with_),
    ),
    Place(
        "news",
        "campaign",
        N_("What is new"),
        meaning=N_("What came with this version"),
        factory=lambda with_: news.NewsScreen(with_),
    ),
    Place(
        "sales_import",
        "history",
        N_("Sales from before"),
        permission=Permission.MANAGE_SHOP,
        meaning=N_("What another system sold, so that it can come back here"),
        factory=lambda with_: sales_importing.SalesImportScreen(with_),
    ),
    Place(
        "sales_imports",
        "history",
        N_("Imports so far"),
        permission=Permission.MANAGE_SHOP,
        factory=lambda with_: sales_imports.SalesImportsScreen(with_),
        within="sales_import",
    ),
)


def places_for(operator: Operator | None, places: Sequence[Place] | None = None) -> tuple[Place, ...]:
    """The places this operator may see, in order; More is there while something stands under it."""
    known = PLACES if places is None else places
    seen = [
        place
        for place in known
        if place.permission is None or (operator is not None and operator.may(place.permission))
    ]
    if not any(place.under_more for place in seen):
        seen = [place for place in seen if place.name != MORE]
    return tuple(sorted(seen, key=lambda place: (place.number == 0, place.number)))


def one_room(here: Place | None, there: Place) -> bool:
    """Whether one of the two lies within the other, or both within a third."""
    if there.shortcut:
        return False
    return here is not None and (here.within or here.name) == (there.within or there.name)
