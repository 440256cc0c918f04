"""Returns looked at: every way to find a purchase, the decision, who is asked to agree, an exchange and its payment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QScrollArea

from pos.domain.money import Quantity
from pos.domain.refusal import Refused
from pos.domain.return_request import LineAsked, ReturnRequest
from pos.domain.transaction import Transaction
from pos.script.case_player import ScriptCases
from pos.services.policy_versions import write_policy
from pos.ui.policy.screen import PolicyScreen
from pos.ui.policy_try.screen import PolicyTryScreen
from pos.ui.reports.words import CUTS
from pos.ui.returns.paperwork import PaperworkScreen
from pos.ui.returns.without_goods import WithoutGoodsScreen
from pos.ui.theme import ThemeName
from pos.ui.working import Working
from tests.domain.test_signature import DRAWN
from tests.house import tree
from tests.lane import DANA, KETTLE, MAYA, MUG, SOAP, Lane, sold, wait_until
from tests.script.playing import settings

Shoot = Callable[[str], None]
_POLICY = "policy: 1\nrules:\n  - {id: R1, condition: {accept: [worn], answer: manager}}\n"


def walk_returns(lane: Lane, shoot: Shoot, language: str, theme: ThemeName) -> None:
    """As a cashier, who has to ask for what the policy leaves to a manager."""
    lane.window.habits.keep_language(language, MAYA)
    lane.window.habits.keep_theme(theme, MAYA)
    lane.sign_in()
    lane.opened.workstation.tills.open_till(50_000)
    lane.shell.open_till.opened.emit()
    bought = sold(lane, KETTLE, MUG, SOAP, MUG)
    finding(lane, shoot)
    deciding(lane, shoot, bought)
    exchanging(lane, shoot, bought)
    asking(lane, shoot, bought)
    without_goods(lane, shoot, bought)
    reporting(lane, shoot, bought, language, theme)


def press(lane: Lane, key: str) -> None:
    """What the key does on the screen that shows, whatever the action is called there."""
    wanted = QKeySequence(key)
    actions = [action for action in lane.shell.screen_shown.actions() if wanted in action.shortcuts()]
    assert len(actions) == 1, (key, [action.objectName() for action in actions])
    actions[0].trigger()
    QApplication.processEvents()


def finding(lane: Lane, shoot: Shoot) -> None:
    lane.shell.open_place("returns")
    shoot("100-returns")
    lane.window.scanned("KR-0142-01-99999")
    shoot("100-returns-unknown")
    for key in ("F3", "F4", "F5", "F7"):
        press(lane, key)
        shoot(f"100-returns-{key}")
        lane.shell.open_place("sell")
        lane.shell.open_place("returns")


def deciding(lane: Lane, shoot: Shoot, bought: Transaction) -> None:
    lane.window.scanned(bought.receipt_code)
    shoot("101-returns-lines")
    lane.window.scanned(MUG)
    shoot("102-returns-ticked")
    for key in ("F4", "F5"):
        press(lane, key)
        shoot(f"102-returns-{key}")
    press(lane, "F12")
    shoot("103-returns-papers")
    press(lane, "Alt+2")
    press(lane, "Right")
    shoot("103-returns-papers-looked-at")
    press(lane, "Alt+S")
    screen = lane.shell.screen_shown
    assert isinstance(screen, PaperworkScreen)
    screen.on_screen.panel.pad.strokes = [list(stroke) for stroke in DRAWN]
    shoot("103-returns-papers-signing")
    press(lane, "Return")
    shoot("103-returns-papers-signed")
    press(lane, "Esc")
    shoot("103-returns-done")
    lane.window.scanned(bought.receipt_code)
    shoot("104-returns-some-came-back")


def exchanging(lane: Lane, shoot: Shoot, bought: Transaction) -> None:
    lane.window.scanned(bought.receipt_code)
    lane.window.scanned(SOAP)
    press(lane, "F9")
    shoot("105-exchange")
    lane.window.scanned(KETTLE)
    shoot("106-exchange-out")
    press(lane, "F12")
    shoot("107-exchange-pay")
    lane.trigger("pay.keys.complete")
    lane.wait_for_paper()
    shoot("108-exchange-done")
    lane.trigger("done.keys.next")


def asking(lane: Lane, shoot: Shoot, bought: Transaction) -> None:
    desk = lane.opened.workstation.desk
    with desk.shop.books.writing() as work:
        write_policy(work, desk, _POLICY, date(2020, 1, 1), None, by="")
        work.commit()
    lane.window.scanned(bought.receipt_code)
    lane.window.scanned(KETTLE)
    shoot("109-returns-manager")
    press(lane, "F7")
    shoot("110-returns-approval")
    lane.shell.overlays.close_all()
    shoot("111-returns-waits")


def without_goods(lane: Lane, shoot: Shoot, bought: Transaction) -> None:
    """Money alone, from the receipt to whoever agrees to it."""
    lane.shell.open_place("money_back")
    shoot("110-money-back")
    lane.window.scanned(bought.receipt_code)
    shoot("110-money-back-of")
    screen = lane.shell.screen_shown
    assert isinstance(screen, WithoutGoodsScreen)
    screen.amount.set_entry("2.50")
    shoot("110-money-back-amount")
    press(lane, "F12")
    shoot("110-money-back-asked")
    lane.shell.overlays.close_all()


def reporting(lane: Lane, shoot: Shoot, bought: Transaction, language: str, theme: ThemeName) -> None:
    """What came back until now, as a manager sees it, with a refusal that was noted and a return that was agreed to."""
    workstation = lane.opened.workstation
    noted = workstation.return_refusals.note(
        ReturnRequest(bought.id, lines=(LineAsked(1, Quantity.pieces(1), condition="opened"),))
    )
    assert not isinstance(noted, Refused), noted
    lane.window.habits.keep_language(language, DANA)
    lane.window.habits.keep_theme(theme, DANA)
    lane.trigger("shell.keys.lock")
    lane.sign_in(DANA)
    lane.shell.open_place("reports")
    for number in range(1, len(CUTS) + 1):
        press(lane, f"Alt+{number}")
        shoot(f"112-reports-{number}")
    press(lane, "Alt+Left")
    shoot("112-reports-before")
    reading_the_policy(lane, shoot)


def reading_the_policy(lane: Lane, shoot: Shoot) -> None:
    """The policy in force, the one before, and a file before it is switched on."""
    lane.shell.open_place("policy")
    screen = lane.shell.screen_shown
    assert isinstance(screen, PolicyScreen)
    shoot("113-policy")
    screen.look_at(tree.ROOT / "docs" / "policies" / "best-buy.yaml")
    shoot("113-policy-file")
    press(lane, "Down")
    shoot("113-policy-file-rule")
    press(lane, "Esc")
    press(lane, "Alt+Left")
    shoot("113-policy-before")
    press(lane, "Alt+Right")
    writing_the_policy(lane, screen, shoot)
    trying_the_policy(lane, screen, shoot)


def writing_the_policy(lane: Lane, screen: PolicyScreen, shoot: Shoot) -> None:
    """A rule in its form, a wrong value, the kinds to choose from, the draft, and the policy's head."""
    press(lane, "F2")
    shoot("114-policy-form")
    screen.form.open_field("for.price_from")
    screen.form.fill("for.price_from", "much")
    shoot("114-policy-form-wrong")
    screen.form.open_field("for.reason")
    shoot("114-policy-form-picks")
    screen.form.fill("for.price_from", "")
    screen.form.fill("for.reason", "moonlight")
    shoot("114-policy-form-unknown")
    press(lane, "Esc")
    shoot("114-policy-draft-unready")
    press(lane, "F6")
    shoot("114-policy-kinds")
    screen.list.choose("no_receipt")
    press(lane, "F12")
    shoot("114-policy-new-rule")
    press(lane, "Esc")
    press(lane, "F6")
    screen.list.choose("claim_days")
    press(lane, "F12")
    screen.form.fill("claim_days.days", "14")
    shoot("114-policy-claim-days")
    press(lane, "Esc")
    press(lane, "F11")
    shoot("114-policy-head")
    press(lane, "Esc")
    press(lane, "Alt+D")


def trying_the_policy(lane: Lane, policy: PolicyScreen, shoot: Shoot) -> None:
    """A case of several lines and tenders under what holds and under a file, kept, opened, written by hand, broken."""
    policy.look_at(tree.ROOT / "docs" / "policies" / "best-buy.yaml")
    policy.go_try()
    screen = lane.shell.screen_shown
    assert isinstance(screen, PolicyTryScreen)
    shoot("115-policy-try")
    fields = screen.form.purchase.fields
    fields["bought"].set_text(screen.words.numeric_day(date(2026, 10, 12)))
    for code in (KETTLE, MUG, SOAP):
        screen.take_scan(code)
        done(screen.working)
        if code == KETTLE:
            shoot("115-policy-try-one")
            screen.form.fields["condition"].set_text("opened")
    for name, text in (("second", "credit"), ("third", "gift_card"), ("id_seen", "yes"), ("amount", "900")):
        fields[name].set_text(text)
    screen.form.purchase.changed.emit()
    press(lane, "F12")
    shoot("115-policy-try-wrong")
    for name, text in (("amount", "10"), ("second_amount", "5"), ("before", "2")):
        fields[name].set_text(text)
    press(lane, "F12")
    done(screen.working)
    screen.form.goods.step(-2)
    shoot("115-policy-try-lines")
    for area in screen.findChildren(QScrollArea):
        area.ensureWidgetVisible(fields["offer"]) if area.isAncestorOf(screen.form) else None
    shoot("115-policy-try-purchase")
    press(lane, "F5")
    keeping_cases(lane, screen, shoot)
    breaking_cases(lane, policy, shoot)


def done(working: Working) -> None:
    """Let the worker end, and what it found be shown."""
    wait_until(lambda: not working.busy)
    assert not working.busy
    QApplication.processEvents()


def keeping_cases(lane: Lane, screen: PolicyTryScreen, shoot: Shoot) -> None:
    """The kept cases: one the form wrote, one written by hand, each as it stands and after it was tried."""
    cases, player = lane.opened.workstation.policies.cases, ScriptCases(settings())
    script = cases.kept()[0].script.replace("steps:\n", "steps:\n  - no_sale: {reason: change}\n")
    assert not isinstance(cases.keep("by-hand", script, player, screen.words), Refused)
    press(lane, "F9")
    press(lane, "Down")
    shoot("115-policy-try-kept")
    press(lane, "Down")
    shoot("115-policy-try-by-hand")
    press(lane, "Up")
    press(lane, "F3")
    done(screen.working)
    shoot("115-policy-try-opened")


def breaking_cases(lane: Lane, policy: PolicyScreen, shoot: Shoot) -> None:
    """Under another file the kept cases come out otherwise, and whoever switches it on asks for the owner."""
    lane.shell.open_place("policy")
    policy.look_at(tree.ROOT / "docs" / "policies" / "costco.yaml")
    policy.go_try()
    screen = lane.shell.screen_shown
    assert isinstance(screen, PolicyTryScreen)
    press(lane, "F6")
    done(screen.working)
    press(lane, "Down")
    shoot("115-policy-try-otherwise")
    lane.shell.open_place("policy")
    press(lane, "F12")
    done(policy.switching.working)
    shoot("116-policy-breaks")
    lane.shell.overlays.close_all()
