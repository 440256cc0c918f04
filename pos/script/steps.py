"""The steps of a lane script, checked before anything is played.

What a cashier types or scans stays text here, however malformed: it is refused when it is played.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from pos.domain.tax_document import Buyer
from pos.script.after_sale_steps import AFTER_SALE_READERS, AfterSale
from pos.script.card_steps import read_resolve, read_terminal
from pos.script.check_steps import ReturnCheck, SettleCheck, read_return_check, read_settle_check
from pos.script.claim_steps import read_settle_claim
from pos.script.device_steps import Device, read_device
from pos.script.expect import RESULTS, check_expected
from pos.script.fields import Part, bad_choice, later, local_moment, nearest, part, unknown_key
from pos.script.gift_cards import read_card_step
from pos.script.paper_names import PAPERS, TILL_PAPERS
from pos.script.read import Fields, Node, ScriptError, Text
from pos.script.refund_steps import read_refund_again, read_refund_instead
from pos.script.return_steps import RETURN_KINDS, GoodsBack, check_names, read_goods_back
from pos.script.sale_steps import Sell, read_line, read_sale, typed
from pos.script.step_bodies import (
    Body,
    Clock,
    Crash,
    GoOn,
    Print,
    Resume,
    SignOn,
    Suspend,
    VoidLine,
    VoidSale,
)
from pos.script.stock_steps import read_open_box
from pos.script.tenders import read_tenders
from pos.script.till_steps import TILL_READERS, TillReader
from pos.script.typed_by_hand import Answering, Decline, Grant, read_answering
from pos.services.crash import CrashPoint
from pos.services.papers import TAX_DOCUMENT
from pos.services.return_papers import RETURN_PAPERS
from pos.wording import N_
from receipts.paper.return_receipt import VENDOR_RETURN

COMMON = ("as", "expect", "approve")
_OF_REQUEST = ("request", "as", "expect")
RECEIPT_NUMBER = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{4,})")


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `number` counts from 1, `name` is its `as`."""

    number: int
    line: int
    kind: str
    name: str | None
    body: Body
    expect: Node | None
    approve: Answering | None = None


@dataclass(slots=True)
class _Reading:
    """What the steps so far have said: the zone times are in, and which names are sales."""

    zone: ZoneInfo
    names: dict[str, str] = field(default_factory=dict)


def read_steps(rows: Sequence[Node], zone: ZoneInfo) -> tuple[Step, ...]:
    """Raises ScriptError for the first step that is wrong or not built."""
    reading = _Reading(zone)
    steps = tuple(_step(number, part(row, "steps", number), reading) for number, row in enumerate(rows, start=1))
    for step in steps:
        after = steps[step.number] if step.number < len(steps) else None
        if isinstance(step.body, Crash) and (after is None or isinstance(after.body, Crash)):
            raise ScriptError(step.line, N_("“crash” happens during the next step, and there is none to play."))
    return steps


def _step(number: int, row: Part, reading: _Reading) -> Step:
    kind = _kind(row)
    node = row.fields.values[kind]
    body = Part(kind, node if isinstance(node, Fields) else Fields(node.line), row.step)
    # Alone, `approve` is the step itself.
    common = {key: _common(row, body, key) if key != kind else None for key in COMMON}
    name, expect, approve = (common[key] for key in COMMON)
    answering = None if approve is None else read_answering(part(approve, "approve", row.step))
    if expect is not None:
        part(expect, "expect", row.step)
        check_expected(expect, RESULTS[kind])
    # `clock` and `resume` are one value beside their key; every other step is a map of fields.
    made = _READERS[kind](row if kind in {"clock", "resume"} else part(node, kind, row.step), reading)
    step_name = _name(name, kind, reading)
    return Step(number, row.line, kind, step_name, made, expect, answering)


def _kind(row: Part) -> str:
    """Which step this is. `approve` beside another step belongs to that one; alone it is a step itself."""
    known = list(_READERS)
    for key in row.fields.values:
        if key not in known and key not in COMMON:
            raise unknown_key(key, [*known, *COMMON], row.line_of(key))
    kinds = [key for key in row.fields.values if key not in COMMON] or [
        key for key in row.fields.values if key == "approve"
    ]
    if not kinds:
        raise ScriptError(row.line, N_("Step {step} does not say what happens."), step=row.step)
    if len(kinds) > 1:
        message = N_("Step {step} is to be one thing, not “{one}” and “{other}”.")
        raise ScriptError(row.line_of(kinds[1]), message, step=row.step, one=kinds[0], other=kinds[1])
    return kinds[0]


def _common(row: Part, body: Part, key: str) -> Node | None:
    """What stands beside the step or inside it, never both."""
    if key in row.fields.values and key in body.fields.values:
        raise ScriptError(body.line_of(key), N_("“{key}” is given twice."), key=key)
    return row.get(key) if key in row.fields.values else body.get(key)


def _name(node: Node | None, kind: str, reading: _Reading) -> str | None:
    if node is None:
        return None
    if not isinstance(node, Text) or not node.text.strip():
        raise ScriptError(node.line, N_("“{key}” is to be one value."), key="as")
    if node.text in reading.names:
        raise ScriptError(node.line, N_("“{key}” is given twice."), key=node.text)
    reading.names[node.text] = kind
    return node.text


def _clock(row: Part, reading: _Reading) -> Clock:
    text = row.text("clock") or ""
    at, by = local_moment(text, reading.zone), later(text)
    if at is None and by is None:
        raise row.wrong("clock")
    return Clock(at, by)


def _sign_on(body: Part, _reading: _Reading) -> SignOn:
    body.keys(("operator", "pin", "badge", *COMMON))
    operator, pin, badge = body.text("operator"), body.text("pin"), body.text("badge")
    if badge is not None:
        body.keys(("badge", *COMMON))
        return SignOn(badge=badge)
    if operator is None or pin is None:
        raise body.missing("operator" if operator is None else "pin")
    return SignOn(operator, pin)


def _tender(body: Part, reading: _Reading) -> GoOn:
    body.keys(("sale", "tenders", *COMMON))
    return GoOn(_named_sale(body, reading), read_tenders(body))


def _void_line(body: Part, reading: _Reading) -> VoidLine:
    body.keys(("sale", "line", "reason", *COMMON))
    if "line" not in body.fields.values:
        raise body.missing("line")
    return VoidLine(_named_sale(body, reading), typed(body, "line"), body.text("reason") or "")


def _void_sale(body: Part, reading: _Reading) -> VoidSale:
    body.keys(("sale", "reason", *COMMON))
    return VoidSale(_named_sale(body, reading), body.text("reason") or "")


def _suspend(body: Part, _reading: _Reading) -> Suspend:
    body.keys(("lines", "coupons", *COMMON))
    lines = tuple(read_line(row) for row in body.parts("lines"))
    return Suspend(lines, tuple(text.text for text in body.texts("coupons")))


def _resume(row: Part, _reading: _Reading) -> Resume:
    return Resume(typed(row, "resume"))


def _device(body: Part, _reading: _Reading) -> Device:
    body.keys(("printer", "drawer", "scale", *COMMON))
    return read_device(body)


def _named_sale(body: Part, reading: _Reading) -> str | None:
    name = body.text("sale")
    if name is not None:
        _must_be_sale(name, body.line_of("sale"), reading)
    return name


def _sale(body: Part, reading: _Reading) -> Sell:
    sale = read_sale(body, COMMON)
    known = {"again": "sale", "approvals": "approve"}
    named = [("approvals", name) for name in sale.approvals] + ([("again", sale.again)] if sale.again else [])
    for key, name in named:
        if reading.names.get(name) != known[key]:
            raise ScriptError(body.line_of(key), N_("No step above is called “{name}”."), name=name)
    return sale


def _goods_back(kind: str) -> Callable[[Part, _Reading], GoodsBack]:
    def read(body: Part, reading: _Reading) -> GoodsBack:
        step = read_goods_back(kind, body, COMMON)
        check_names(body, step, kind, reading.names)
        return step

    return read


def _request(body: Part, reading: _Reading) -> str:
    """The step above that wanted what is answered."""
    name = body.needed("request")
    if name not in reading.names:
        raise ScriptError(body.line_of("request"), N_("No step above is called “{name}”."), name=name)
    return name


# The steps that begin a sale or go on with one, and whose name can stand for it.
_SALES = frozenset({"sale", "tender", "suspend", "resume", "gift_card", "exchange"})


def _must_be_sale(name: str, line: int, reading: _Reading) -> None:
    sales = [known for known, kind in reading.names.items() if kind in _SALES]
    if name in sales:
        return
    near = nearest(name, sales)
    if near is None:
        raise ScriptError(line, N_("No sale above is called “{name}”."), name=name)
    raise ScriptError(line, N_("No sale above is called “{name}”. Did you mean “{near}”?"), name=name, near=near)


_OF_VENDOR = ("vendor", "ra")


def _print(body: Part, reading: _Reading) -> Print:
    body.keys(("document", "buyer", *_OF_VENDOR, *COMMON))
    text = body.needed("document")
    sale, _, document = text.rpartition(".")
    line = body.line_of("document")
    if document not in PAPERS or not sale:
        raise bad_choice("document", text, [f"s1.{paper}" for paper in PAPERS], line)
    if document in TILL_PAPERS:
        if reading.names.get(sale) not in TILL_READERS:
            raise ScriptError(line, N_("No step above is called “{name}”."), name=sale)
    elif document in RETURN_PAPERS:
        if reading.names.get(sale) not in RETURN_KINDS:
            raise ScriptError(line, N_("No step above is called “{name}”."), name=sale)
    elif not RECEIPT_NUMBER.fullmatch(sale):
        _must_be_sale(sale, line, reading)
    return Print(sale, document, _buyer(body, document), *(_typed_on(body, document, key) for key in _OF_VENDOR))


def _typed_on(body: Part, document: str, key: str) -> str:
    """What is typed for a slip to the vendor; no other paper has it."""
    text = body.text(key)
    if text is not None and document != VENDOR_RETURN:
        raise bad_choice("document", document, [VENDOR_RETURN], body.line_of(key))
    return text or ""


def _buyer(body: Part, document: str) -> Buyer | None:
    """Whom a tax document is made out to, as typed; no other paper has a buyer."""
    buyer = body.part("buyer")
    if buyer is None:
        return None
    if document != TAX_DOCUMENT:
        raise bad_choice("document", document, [TAX_DOCUMENT], body.line_of("buyer"))
    buyer.keys(("name", "address", "country", "vat_number"))
    lines = "\n".join(text.text for text in buyer.texts("address"))
    return Buyer(typed(buyer, "name"), lines, typed(buyer, "country"), typed(buyer, "vat_number"))


def _crash(body: Part, _reading: _Reading) -> Crash:
    body.keys(("at", *COMMON))
    at = body.needed("at")
    points = [point.value for point in CrashPoint]
    if at not in points:
        raise bad_choice("at", at, points, body.line_of("at"))
    return Crash(CrashPoint(at))


def _of_receipt(step: ReturnCheck | SettleCheck | AfterSale, body: Part, reading: _Reading) -> Body:
    """A step about a receipt: that of a sale above, or one by its number."""
    if not RECEIPT_NUMBER.fullmatch(step.receipt):
        _must_be_sale(step.receipt, body.line_of("receipt"), reading)
    return step


def _of_sale(read: Callable[[Part, tuple[str, ...]], AfterSale]) -> Callable[[Part, _Reading], Body]:
    return lambda body, reading: _of_receipt(read(body, COMMON), body, reading)


def _of_till(read: TillReader) -> Callable[[Part, _Reading], Body]:
    return lambda body, reading: read(body, COMMON, reading.names)


# What reads each step that is built: what stands under its key, and what was read before.
_READERS: dict[str, Callable[[Part, _Reading], Body]] = {
    "clock": _clock,
    "sign_on": _sign_on,
    "sale": _sale,
    "tender": _tender,
    "void_line": _void_line,
    "void_sale": _void_sale,
    "suspend": _suspend,
    "resume": _resume,
    "device": _device,
    "print": _print,
    "approve": lambda body, reading: Grant(_request(body, reading), read_answering(body, _OF_REQUEST)),
    "decline": lambda body, reading: Decline(_request(body, reading), read_answering(body, _OF_REQUEST)),
    "crash": _crash,
    "terminal": lambda body, _reading: read_terminal(body, COMMON),
    "resolve": lambda body, _reading: read_resolve(body, COMMON),
    "check_returned": lambda body, reading: _of_receipt(read_return_check(body, COMMON), body, reading),
    "gift_card": lambda body, _: read_card_step(body, COMMON),
    "refund_instead": lambda body, _: read_refund_instead(body, COMMON),
    "settle_claim": lambda body, _: read_settle_claim(body, COMMON),
    "open_box": lambda body, _: read_open_box(body, COMMON),
    "refund_again": lambda body, _: read_refund_again(body, COMMON),
    "check_settled": lambda body, reading: _of_receipt(read_settle_check(body, COMMON), body, reading),
    **{kind: _of_sale(read) for kind, read in AFTER_SALE_READERS.items()},
    **{kind: _goods_back(kind) for kind in RETURN_KINDS},
    **{kind: _of_till(read) for kind, read in TILL_READERS.items()},
}
