"""What a customer is given when goods are not taken back: the reason in plain words, the rule, and what would help.

Nothing on it promises an amount. It says what was said then: it is made of sentences that were kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from pos.domain.frozen import dataclass
from pos.domain.money import Quantity, Unit
from pos.wording import Wording
from receipts.document import Block, Centred, Document, Feed, Heading, Mark, Rule, TextLine
from receipts.paper.return_head import bought_with
from receipts.paper.shop_face import ShopFace

REFUSAL_NOTE = "refusal_note"


@dataclass(frozen=True, slots=True)
class NotedReason:
    """Why not, as the customer is told, by which rule, what would make it a yes, and the day from which it would be."""

    said: str
    rule: str
    remedy: str = ""
    possible_from: date | None = None


@dataclass(frozen=True, slots=True)
class NotedLine:
    """Goods that do not come back now; `answer` is the verdict in words, `last` their last day, where there is one."""

    name: str
    quantity: Quantity
    answer: str
    reasons: tuple[NotedReason, ...]
    last: date | None = None


@dataclass(frozen=True, slots=True)
class RefusalNote:
    """What the note shows. `at` is on the shop's clock; `number` names the journal's entry ("3/1234").

    `receipt` and `bought` are those of the sale, where one is known. `reasons` are about all of it. `law_until` is the
    last day the shop answers for defects by law; `law_holds` that it does, where the day is not known.
    """

    number: str
    at: datetime
    workstation: int
    operator_name: str
    receipt: str
    bought: date | None
    policy: str
    policy_version: int
    lines: tuple[NotedLine, ...]
    reasons: tuple[NotedReason, ...] = ()
    law_holds: bool = False
    law_until: date | None = None


def refusal_note(note: RefusalNote, shop: ShopFace, words: Wording, *, copy_number: int = 0) -> Document:
    """The paper (returns.md 8.7): why, by which rule, what would help, and whom to ask who sees it otherwise."""
    say = words.say
    title = say("Return refused")
    blocks: list[Block] = []
    if copy_number:
        blocks.append(Mark(say("COPY {number}", number=copy_number)))
    blocks += [*shop.top(), Heading(title), Feed(), *_when_and_what(note, words), Rule()]
    for line in note.lines:
        blocks += [*_line(line, words), Feed()]
    for reason in note.reasons:
        blocks += _reason(reason, words, indent=0)
    blocks.append(Rule())
    if note.policy:
        said = say("Return policy: {name}, version {number}", name=note.policy, number=note.policy_version)
        blocks.append(Centred(said))
    if note.law_until is not None:
        day = words.short_day(note.law_until)
        blocks.append(Centred(say("Your rights by law stay: we answer for defects until {day}.", day=day)))
    elif note.law_holds:
        blocks.append(Centred(say("Your rights by law for defective goods stay.")))
    blocks += [
        Feed(),
        Centred(say("If you see it otherwise, ask for the manager and name this number: {number}", number=note.number)),
    ]
    return Document(name=REFUSAL_NOTE, title=f"{title} {note.number}", language=words.language, blocks=tuple(blocks))


def _when_and_what(note: RefusalNote, words: Wording) -> Iterator[Block]:
    register = words.say("Register {number}", number=note.workstation)
    yield TextLine(words.say("Note {number}", number=note.number), register)
    yield TextLine(f"{words.short_day(note.at.date())} {words.time(note.at)}", note.operator_name)
    yield from bought_with(note.receipt, note.bought, words)


def _line(line: NotedLine, words: Wording) -> Iterator[Block]:
    one_piece = line.quantity.thousandths == 1000 and line.quantity.unit is Unit.PIECE
    many = "" if one_piece else f"{words.quantity(line.quantity)} × "
    yield TextLine(f"{many}{line.name}", emphasis=True)
    yield TextLine(line.answer, indent=2)
    for reason in line.reasons:
        yield from _reason(reason, words, indent=2)
    if line.last is not None:
        yield TextLine(words.say("Last day to return it"), words.short_day(line.last), indent=2)


def _reason(reason: NotedReason, words: Wording, *, indent: int) -> Iterator[Block]:
    yield TextLine(reason.said, indent=indent)
    if reason.rule:
        yield TextLine(words.say("Rule {rule}", rule=reason.rule), indent=indent)
    if reason.remedy:
        yield TextLine(words.say("What would help: {remedy}", remedy=reason.remedy), indent=indent)
    if reason.possible_from is not None:
        yield TextLine(words.say("Possible from"), words.short_day(reason.possible_from), indent=indent)
