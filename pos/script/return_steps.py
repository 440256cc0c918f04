"""What a return or an exchange of a script says, as typed: what comes back, how it was shown, where the money goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pos.domain.return_decision import Decision
from pos.domain.return_request import ShownBy
from pos.script.fields import Part, bad_choice, one_value, part
from pos.script.read import Rows, ScriptError
from pos.script.sale_steps import TypedLine, read_line, typed
from pos.script.tenders import TypedTender, read_tenders
from pos.wording import N_

QUOTES = ("quote_return", "quote_exchange")
EXCHANGES = ("exchange", "quote_exchange")
RETURN_KINDS = ("quote_return", "return", "quote_exchange", "exchange")
_LINE_KEYS = (
    *("line", "item", "scan", "plu", "qty", "condition", "reason", "serial", "missing", "code_missing"),
    *("disposition", "facts"),
)
_KEYS = (
    *("receipt", "card", "proof", "id_document", "customer", "lines", "amount", "refund_to", "number"),
    *("facts", "whole", "waive", "reason", "again", "approvals"),
)
_NAMED_BY = ("scan", "plu", "item")


@dataclass(frozen=True, slots=True)
class BackTyped:
    """One line that is to come back: by its number on the receipt (`line`, empty without), by what was scanned or
    typed (`by`, `code`), or both; everything else as it was typed.
    """

    line: str = ""
    by: str = ""
    code: str = ""
    quantity: str = ""
    condition: str = ""
    reason: str = ""
    serial: str = ""
    missing: tuple[str, ...] = ()
    code_missing: bool = False
    disposition: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SendTyped:
    """Part of the refund: out of which tender, how much, to what, onto which card."""

    of: str
    amount: str
    to: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class GoodsBack:
    """A return, an exchange (with `new_lines` and `tenders`) or what would become of one (`quote`).

    `receipt` is a step's name or whatever is shown, None where nobody knows; `card` is one that is held to the terminal
    in its place, and leads to the latest purchase with it. `proof` None is the receipt's own, or that of a card.
    `refund_to` is a kind, or the pieces in `send_to`; `number` the card it goes onto. `again` names the step whose
    request this is once more, `approvals` the steps that agreed.
    """

    quote: bool = False
    exchange: bool = False
    receipt: str | None = None
    card: str = ""
    proof: ShownBy | None = None
    id_document: tuple[str, str] | None = None
    customer: str = ""
    lines: tuple[BackTyped, ...] = ()
    amount: str | None = None
    refund_to: str = ""
    send_to: tuple[SendTyped, ...] = ()
    number: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False
    waive: bool = False
    reason: str = ""
    new_lines: tuple[TypedLine, ...] = ()
    tenders: tuple[TypedTender, ...] = ()
    again: str | None = None
    approvals: tuple[str, ...] = ()


@dataclass(slots=True)
class ReturnsTold:
    """What a script's returns came to, by the names of their steps: what each asked for, the receipt it got, the papers
    that were printed for it, which of its lines (from 0) came back by then, and the numbers of its claims;
    `decided` is what was decided last.
    """

    wanted: dict[str, GoodsBack] = field(default_factory=dict)
    receipts: dict[str, str] = field(default_factory=dict)
    papers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    came_back: dict[str, frozenset[int]] = field(default_factory=dict)
    claims: dict[str, tuple[str, ...]] = field(default_factory=dict)
    decided: Decision | None = None

    def once_more(self, step: GoodsBack) -> GoodsBack:
        """What a step asks for: that of the step it repeats, less the lines that came back already."""
        if step.again is None:
            return step
        before = self.wanted[step.again]
        gone = self.came_back.get(step.again, frozenset())
        lines = tuple(line for place, line in enumerate(before.lines) if place not in gone)
        return replace(before, lines=lines, approvals=step.approvals, quote=step.quote, again=step.again)


def read_goods_back(kind: str, body: Part, common: tuple[str, ...]) -> GoodsBack:
    """One of the steps of `RETURN_KINDS`. Raises ScriptError."""
    exchange = kind in EXCHANGES
    body.keys((*_KEYS, *(("new_lines", "tenders") if exchange else ()), *common))
    proof = body.choice("proof", list(ShownBy))
    if body.get("card") is not None and body.get("receipt") is not None:
        message = N_("A purchase is found by “{one}” or by “{other}”, not by both.")
        raise ScriptError(body.line_of("card"), message, one="receipt", other="card")
    if body.get("amount") is not None and body.get("lines") is not None:
        raise ScriptError(
            body.line_of("amount"), N_("“{key}” does not go with “{other}”."), key="amount", other="lines"
        )
    refund_to, send_to = _refund_to(body)
    return GoodsBack(
        quote=kind in QUOTES,
        exchange=exchange,
        receipt=body.text("receipt"),
        card=body.text("card") or "",
        proof=None if proof is None else ShownBy(proof),
        id_document=_document(body),
        customer=body.text("customer") or "",
        lines=tuple(_line(row) for row in body.parts("lines")),
        amount=body.text("amount"),
        refund_to=refund_to,
        send_to=send_to,
        number=body.text("number") or "",
        facts=_facts(body),
        whole=body.yes("whole"),
        waive=body.yes("waive"),
        reason=body.text("reason") or "",
        new_lines=tuple(read_line(row) for row in body.parts("new_lines")),
        tenders=read_tenders(body) if exchange else (),
        again=body.text("again"),
        approvals=tuple(text.text for text in body.texts("approvals")),
    )


def _line(row: Part) -> BackTyped:
    row.keys(_LINE_KEYS)
    given = [key for key in _NAMED_BY if key in row.fields.values]
    if len(given) > 1:
        message = N_("A line names its item once, not by “{one}” and “{other}”.")
        raise ScriptError(row.line_of(given[1]), message, one=given[0], other=given[1])
    if not given and row.get("line") is None:
        raise row.missing("line")
    return BackTyped(
        line=typed(row, "line"),
        by=given[0] if given else "",
        code=typed(row, given[0]) if given else "",
        quantity=row.text("qty") or ("" if row.get("qty") is None else " "),
        condition=typed(row, "condition"),
        reason=typed(row, "reason"),
        serial=typed(row, "serial"),
        missing=tuple(text.text for text in row.texts("missing")),
        code_missing=row.yes("code_missing"),
        disposition=typed(row, "disposition"),
        facts=_facts(row),
    )


def _facts(row: Part) -> dict[str, str]:
    """Answers to questions only a person can answer."""
    given = row.part("facts")
    if given is None:
        return {}
    return {key: one_value(node, key).text for key, node in given.fields.values.items()}


def _document(body: Part) -> tuple[str, str] | None:
    document = body.part("id_document")
    if document is None:
        return None
    document.keys(("kind", "number"))
    return typed(document, "kind"), typed(document, "number")


def _refund_to(body: Part) -> tuple[str, tuple[SendTyped, ...]]:
    """One kind for all of it, or who gets what out of which tender."""
    node = body.get("refund_to")
    if node is None:
        return "", ()
    if not isinstance(node, Rows):
        return one_value(node, "refund_to").text, ()
    pieces = []
    for each in node.rows:
        row = part(each, "refund_to", body.step)
        row.keys(("of", "amount", "to", "number"))
        if row.get("to") is None:
            raise row.missing("to")
        pieces.append(SendTyped(typed(row, "of"), typed(row, "amount"), typed(row, "to"), typed(row, "number")))
    return "", tuple(pieces)


def check_names(body: Part, step: GoodsBack, kind: str, names: Mapping[str, str]) -> None:
    """What it is once more, and who agreed, stands above. Raises ScriptError."""
    if step.again is not None and names.get(step.again) not in RETURN_KINDS:
        raise ScriptError(body.line_of("again"), N_("No step above is called “{name}”."), name=step.again)
    if step.again is not None and (names[step.again] in EXCHANGES) != step.exchange:
        raise bad_choice("again", step.again, [name for name, each in names.items() if each == kind], body.line)
    for name in step.approvals:
        if names.get(name) != "approve":
            raise ScriptError(body.line_of("approvals"), N_("No step above is called “{name}”."), name=name)
