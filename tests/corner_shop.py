"""A small shop to test in: founded once a run, copied for every test, opened without the half second of a PIN."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pysqlite3.dbapi2 as sqlite

from pos.devices.simulated.bank import SimulatedBank
from pos.devices.simulated.terminal import Doing, Scripted, SimulatedTerminal
from pos.domain.approval import Approval, NeedsApproval
from pos.domain.check import CheckRules, ChecksTaken, TypedCheck
from pos.domain.customer_return import CustomerReturn
from pos.domain.discount import Markdown, PriceOverride
from pos.domain.item import Item
from pos.domain.journal import EntryKind, moment_text
from pos.domain.money import Quantity, Unit
from pos.domain.payment import CardKind, Unknown
from pos.domain.policy_case import PolicyCase
from pos.domain.promotion import Conditions, Coupon, Each, Promotion, Reward, Selection
from pos.domain.refusal import Refused
from pos.domain.return_decision import Amounts, Decision, Deduction, LineDecision, RefundTender, Verdict
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.domain.shop import CashRounding, Mode, ShopRules
from pos.domain.staff import Operator, Role
from pos.domain.suggestion import SuggestionPair, Trigger
from pos.domain.tax import PriceMode, TaxExemption, TaxRate
from pos.domain.tax_document import Buyer
from pos.domain.tender import TenderKind
from pos.domain.tender_rules import TenderRule
from pos.domain.trouble import KnownError
from pos.persistence.every_table import metadata
from pos.persistence.shop_folder import DATABASE
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.approvals import Answer
from pos.services.desk import Fact, record
from pos.services.gift_card_import import NewGiftCard, take_over
from pos.services.policy_versions import policy_digest, write_policy
from pos.services.return_cases import return_case
from pos.services.return_writing import Prepared, Writing, write
from pos.services.returns import CompletedReturn
from pos.services.sale import CompletedSale, SaleView
from pos.services.shops import NewStaff, found_shop
from pos.services.tender_corrections import CorrectionWish
from pos.settings import read_settings
from pos.workstation import Workstation, open_workstation

OPENED = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)

CASHIER = Operator("101", "Maya Reyes", Role.CASHIER)
MANAGER = Operator("201", "Dana Kim", Role.MANAGER)
OWNER = Operator("301", "Petr Bílek", Role.OWNER)
TRAINEE = Operator("401", "Ida Nowak", Role.TRAINEE)
STAFF = (CASHIER, MANAGER, OWNER, TRAINEE)


def pin_of(person: Operator) -> str:
    """The PIN everybody in this shop has: the number twice."""
    return person.id * 2


RULES = ShopRules(
    name="Corner",
    store="0142",
    currency="CZK",
    timezone="Europe/Prague",
    price_mode=PriceMode.TAX_INCLUDED,
    tax_rates=(TaxRate("standard", 210_000), TaxRate("food", 120_000), TaxRate("bottle", unit_amount=50)),
    cash_rounding=CashRounding(step=100),
    checks=CheckRules(ChecksTaken.YES, limit=200_000, fee=500),
    tender_rules=(
        TenderRule("swish", TenderKind.OTHER, "Swish", asks_reference=True),
        TenderRule("lunch", TenderKind.OTHER, "Lunch card", least=1_000, departments=("Bakery",)),
    ),
)

ITEMS = (
    Item("1", "Bread", 4_290, ("food",), Unit.PIECE, "Bakery", ("BREAD",)),
    Item("2", "Apples", 3_490, ("food",), Unit.KG, "Produce", ("4135",)),
    Item("3", "Kettle", 129_900, ("standard",), Unit.PIECE, "Kitchen", ("09520000000011",)),
    Item("4", "Deposit", 300, (), Unit.PIECE, "", ("DEPOSIT",)),
    Item("5", "Lemonade", 2_050, ("standard", "bottle"), Unit.PIECE, "", ("LEMON",)),
    # A sample is given away, and an id that SQLite would take for a number if a column let it.
    Item("1234e567", "Sample", 0, ("food", "standard"), Unit.PIECE, "", ("1234e567",), flags=("sample",)),
)


@dataclass(slots=True)
class HandClock:
    """A clock that a test sets; every look at it is a millisecond later than the one before."""

    moment: datetime = OPENED

    def now(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment


def new_shop(folder: Path) -> Path:
    """A shop nobody has sold in yet, in `folder`."""
    shutil.copytree(_founded(), folder)
    return folder


@cache
def _founded() -> Path:
    home = tempfile.TemporaryDirectory(prefix="kassa-corner-")
    atexit.register(home.cleanup)
    folder = Path(home.name) / "shop"
    found_shop(
        folder,
        RULES,
        mode=Mode.LIVE,
        clock=HandClock(),
        workstation=1,
        staff=[NewStaff(person, pin_of(person)) for person in STAFF],
        items=ITEMS,
    )
    return folder


def open_up(
    folder: Path,
    *,
    number: int = 1,
    operator: Operator | None = CASHIER,
    clock: HandClock | None = None,
    terminal: str = "none",
) -> Workstation:
    """A workstation with its till open. The operator is put at the desk: signing on has tests of its own."""
    workstation = open_workstation(
        folder,
        number=number,
        mode=Mode.LIVE,
        settings=replace(read_settings(folder), terminal=terminal),
        clock=clock or HandClock(),
    )
    workstation.desk.operator = CASHIER
    try:
        workstation.tills.open_till(100_000)
    except KnownError:
        workstation.close()
        raise
    workstation.desk.operator = operator
    return workstation


def contents(folder: Path, *tables: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of these tables, or all, as the driver gives it; text that is none (a bit was turned) is told apart."""
    connection = sqlite.connect(folder / DATABASE)
    connection.text_factory = lambda text: text.decode(errors="surrogateescape")
    wanted = tables or tuple(metadata.tables)
    rows = {table: connection.execute(f'SELECT * FROM "{table}"').fetchall() for table in wanted}  # noqa: S608 - tables of ours
    connection.close()
    return rows


def sell(workstation: Workstation, *codes: str) -> CompletedSale:
    """One sale of these codes, paid with more cash than is due."""
    for code in codes or ("BREAD", "4135", "DEPOSIT"):
        workstation.sale.scan(code, Quantity.pieces(1))
    due = workstation.sale.view.priced.due_cash
    if due:
        workstation.sale.tender_cash(due + 10_000)
    done = workstation.sale.complete()
    assert isinstance(done, CompletedSale), done
    return done


def bank_of(workstation: Workstation) -> SimulatedBank:
    """What the bank behind this workstation's simulated terminal did."""
    return simulated(workstation).bank


def simulated(workstation: Workstation) -> SimulatedTerminal:
    """The terminal in memory, to be told what happens to the next request."""
    terminal = workstation.card_tendering.terminal
    assert isinstance(terminal, SimulatedTerminal)
    return terminal


def pay_by_card(
    workstation: Workstation,
    amount: int | None = None,
    *,
    kind: CardKind = CardKind.CREDIT,
    cash_back: int = 0,
    doing: Doing | None = None,
) -> SaleView | Refused:
    """Charge a card for the open sale as a till does: begin, ask, ask again where nobody knows, settle."""
    payments = workstation.card_tendering
    attempt = payments.begin(kind, amount, cash_back)
    if isinstance(attempt, Refused):
        return attempt
    if doing is not None:
        simulated(workstation).script.append(Scripted(doing))
    outcome = payments.ask(attempt)
    if isinstance(outcome, Unknown):
        payments.settle(attempt.id, outcome)
        outcome = payments.find_out(attempt, times=1)
    return payments.settle(attempt.id, outcome)


def charge_for_the_books(workstation: Workstation) -> None:
    """Two sales on cards: one with cash-back after a decline, one whose first charge was given back."""
    workstation.sale.scan("BREAD")
    assert isinstance(pay_by_card(workstation, doing=Doing.DECLINED), Refused)
    pay_by_card(workstation, kind=CardKind.DEBIT, cash_back=20_000)
    assert isinstance(workstation.sale.complete(), CompletedSale)
    workstation.sale.scan("KETTLE")
    workstation.sale.scan("BREAD")
    pay_by_card(workstation, 1_000)
    assert not isinstance(workstation.tendering.give_back(1), Refused)
    workstation.card_tendering.recover()
    pay_by_card(workstation)
    assert isinstance(workstation.sale.complete(), CompletedSale)


GIFT_CARD = "6006490000000000024"
CHECK = TypedCheck("021000021", "000123456789", "1042", id_seen="passport")
CHECK_TO_KEEP = TypedCheck("021000021", "55554444", "77", id_seen="passport")
OTHER_GIFT_CARD = "6006490000000000099"
BUYER = Buyer("Hrnčíř s.r.o.", "Dlouhá 1\n110 00 Praha 1", "CZ", "CZ25123891")


def sell_for_the_books(workstation: Workstation) -> CompletedSale:
    """A sale with all that few have: a tax by the unit, an exemption, a tax document, a gift card, a split, a check
    that comes back and is settled.
    """
    workstation.sale.scan("LEMON", Quantity.pieces(6))
    basket = replace(workstation.sale.view.priced.basket, exemption=TaxExemption("EX-1", "900"))
    assert not isinstance(workstation.sale.open.change(basket, 0), Refused)
    assert not isinstance(workstation.gift_cards.sell(50_000, GIFT_CARD), Refused)
    with workstation.desk.shop.books.writing() as work:
        take_over(work, workstation.desk, [NewGiftCard(OTHER_GIFT_CARD, 1_000)], None)
        work.commit()
    workstation.sale.scan("BREAD")
    assert not isinstance(workstation.tendering.take("swish", 1_000, "A-17"), Refused)
    assert not isinstance(workstation.checks.take(CHECK, 1_000), Refused)
    assert not isinstance(workstation.gift_card_tenders.take(OTHER_GIFT_CARD), Refused)
    workstation.sale.tender_cash(workstation.sale.view.priced.due_cash + 10_000)
    done = workstation.sale.complete()
    assert isinstance(done, CompletedSale), done
    assert not isinstance(workstation.returned_checks.mark(done.transaction.id, 2), Refused)
    assert not isinstance(workstation.returned_checks.settle(done.transaction.id, 2), Refused)
    assert workstation.tax_documents.make_out(done.transaction.id, BUYER) == BUYER
    return done


def reduce_by_hand(workstation: Workstation) -> None:
    """The last line at a price and with a discount given by hand, and something off the whole receipt."""
    sale = workstation.sale
    number = len(sale.view.priced.lines) - 1
    line = sale.view.priced.basket.lines[number]
    given = replace(
        line,
        unit_price=line.unit_price - 5,
        override=PriceOverride(line.unit_price, "price_match", "900"),
        markdown=Markdown("damaged", percent_millionths=100_000, by="900"),
    )
    basket = replace(sale.view.priced.basket.with_changed(number, given), markdown=Markdown("goodwill", amount=1))
    assert not isinstance(sale.open.change(basket, number), Refused)


def suggest(workstation: Workstation) -> None:
    """The kettle is suggested in the open sale, and declined."""
    workstation.desk.operator = MANAGER
    assert not isinstance(workstation.suggestions.put(SuggestionPair(0, Trigger.ITEM, "1", "3")), Refused)
    workstation.desk.operator = CASHIER
    workstation.sale.scan("BREAD")
    assert not isinstance(workstation.sale.decline_suggestion(), Refused)


def approve_by_another(workstation: Workstation) -> None:
    """Nine tenths off the last line of the open sale: the cashier asks, the owner agrees, and it is done."""
    number = len(workstation.sale.view.priced.lines) - 1
    asks = workstation.markdowns.discount_line(number, "goodwill", percent_millionths=900_000)
    assert isinstance(asks, NeedsApproval), asks
    answer = Answer(OWNER.id, pin_of(OWNER))
    assert isinstance(workstation.approvals.grant(asks.request.id, answer), Approval)
    assert not isinstance(workstation.markdowns.carry_out(asks.request.id), Refused)


def show_coupon(workstation: Workstation) -> None:
    """A tenth off bread for who shows SPRING, and the open sale holds it."""
    tenth = Each(Reward(percent_millionths=100_000))
    asked = Conditions(coupon=Coupon(("SPRING",)))
    workstation.desk.operator = OWNER
    taken = workstation.promotions.take_in(
        [Promotion("TENTH", "Tenth", tenth, Selection(items=("1",)), conditions=asked)]
    )
    assert not isinstance(taken, Refused)
    workstation.desk.operator = CASHIER
    assert not isinstance(workstation.sale.add_coupon("SPRING"), Refused)


def put_right(workstation: Workstation) -> None:
    """One sale whose cash was Swish, and one that is taken back; both agreed to by the manager."""
    wrong, gone = sell(workstation, "BREAD").transaction, sell(workstation).transaction
    answer = Answer(MANAGER.id, pin_of(MANAGER))
    wish = CorrectionWish(wrong.id, 1, "swish", "wrong_key", "A-17")
    asks = workstation.tender_corrections.correct(wish)
    assert isinstance(asks, NeedsApproval), asks
    assert isinstance(workstation.approvals.grant(asks.request.id, answer), Approval)
    assert not isinstance(workstation.tender_corrections.correct(wish, approval=asks.request.id), Refused)
    needs = workstation.post_voids.post_void(gone.id, "rung_twice")
    assert isinstance(needs, NeedsApproval), needs
    assert isinstance(workstation.approvals.grant(needs.request.id, answer), Approval)
    assert not isinstance(workstation.post_voids.post_void(gone.id, "rung_twice", approval=needs.request.id), Refused)


def keep_cases(work: UnitOfWork, workstation: Workstation) -> None:
    """Two cases of the return policy, the second kept no more."""
    desk = workstation.desk
    for number in (1, 2):
        kept = PolicyCase(number, f"late {number}", "lane: 1\n", MANAGER.id, desk.now())
        said = {"case": number, "name": kept.name, "script": policy_digest(kept.script)}
        fact = Fact(EntryKind.POLICY_CASE_KEPT, kept.at, kept.kept_by, kept.name, said)
        work.policy_cases.add(kept, record(work, desk, fact))
    at = desk.now()
    gone = Fact(EntryKind.POLICY_CASE_REMOVED, at, MANAGER.id, kept.name, {"case": kept.number})
    work.policy_cases.remove(kept.number, MANAGER.id, moment_text(at), record(work, desk, gone))


def take_back(workstation: Workstation) -> CustomerReturn:
    """Of two kettles and two loaves a kettle and a loaf come back, part of the money kept, by a policy of the shop."""
    bought = sell(workstation, "09520000000011", "09520000000011", "BREAD", "BREAD").transaction
    lines = (LineAsked(1, Quantity.pieces(1), condition="opened"), LineAsked(3, Quantity.pieces(1), instead="1"))
    with workstation.desk.shop.books.writing() as work:
        write_policy(work, workstation.desk, "policy: 1\n", OPENED.date(), None, by=MANAGER.id)
        keep_cases(work, workstation)
        case = return_case(work, workstation.desk, ReturnRequest(purchase=bought.id, lines=lines))
        assert case.purchase is not None
        kettle, loaf = case.purchase.lines[0], case.purchase.lines[2]
        kept = (Deduction("MISSING_PARTS", 1_000),)
        decided = (
            LineDecision(
                0,
                1,
                kettle.item,
                lines[0].quantity,
                Verdict.ALLOWED,
                merchandise=kettle.net,
                tax=kettle.tax,
                fee=500,
                taxes=kettle.taxes,
                deductions=kept,
            ),
            LineDecision(1, 3, loaf.item, lines[1].quantity, Verdict.ALLOWED),
        )
        exact = kettle.total - 1_500
        amounts = Amounts(decided, kettle.net, kettle.tax, 500, 0, kept, 0, (RefundTender("cash", exact, of=1),))
        decision = Decision(Verdict.ALLOWED, (), amounts, "House rules", 1)
        prepared = Writing(work, workstation.desk, case, decision, CASHIER).prepared()
        assert isinstance(prepared, Prepared), prepared
        head, _ = write(work, workstation.desk, prepared)
        work.commit()
    workstation.desk.shop.anchor(head)
    return prepared.done


def refuse_refund(workstation: Workstation) -> CustomerReturn:
    """A bread paid by card comes back, and the terminal gives nothing back onto the card."""
    workstation.sale.scan("BREAD")
    pay_by_card(workstation)
    bought = workstation.sale.complete()
    assert isinstance(bought, CompletedSale), bought
    done = workstation.returns.complete(ReturnRequest(bought.transaction.id, lines=(LineAsked(1, Quantity.pieces(1)),)))
    assert isinstance(done, CompletedReturn), done
    simulated(workstation).script.extend([Scripted(Doing.DECLINED), Scripted(Doing.DECLINED)])
    workstation.card_tendering.recover()
    return done.done


def give_instead(workstation: Workstation) -> None:
    """What a card refused goes out as store credit, and somebody agrees to it."""
    done = refuse_refund(workstation)
    asked = workstation.failed_refunds.give(done.id, 1, "store_credit")
    assert isinstance(asked, NeedsApproval), asked
    answer = Answer(MANAGER.id, pin_of(MANAGER), "", asked.request.requirement.options[0].id, "goodwill")
    assert isinstance(workstation.approvals.grant(asked.request.id, answer), Approval)
    given = workstation.failed_refunds.give(done.id, 1, "store_credit", approval=asked.request.id)
    assert not isinstance(given, Refused), given


def take_check(workstation: Workstation) -> None:
    """A bread is paid by a check that stays in the drawer."""
    workstation.sale.scan("BREAD")
    assert not isinstance(workstation.checks.take(CHECK_TO_KEEP), Refused)
    assert isinstance(workstation.sale.complete(), CompletedSale)


def end_till(workstation: Workstation) -> None:
    """Cash in and out by hand, a report in between, then counted as it should be and closed."""
    moves = workstation.till_moves
    for done in (moves.loan(5_000, "change"), moves.pickup(1_000, "bank"), moves.no_sale("change")):
        assert not isinstance(done, Refused)
    assert not isinstance(workstation.day_reports.x_report(), Refused)
    current = workstation.tills.current()
    assert current is not None
    off = current.expected.minor % 100
    assert not isinstance(workstation.counts.count({"1.00": str((current.expected.minor - off) // 100)}), Refused)
    assert not isinstance(workstation.till_closing.close(), Refused)
