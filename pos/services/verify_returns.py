"""What verify asks of returns: each is what its journal entry tells, and no purchase gave back more than was paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pos.domain.came_back import with_back
from pos.domain.customer_return import CustomerReturn
from pos.domain.finding import Finding, Violation
from pos.domain.journal import EntryKind, JournalEntry
from pos.domain.ledger import LedgerEntry
from pos.domain.money import minor_text
from pos.domain.purchase import Purchase
from pos.domain.refund_instead import instead_postings, instead_told
from pos.domain.return_books import goods_returned, return_cash, return_postings, return_told
from pos.domain.signature import signature_digest
from pos.domain.tender import TenderKind
from pos.persistence.moments import to_text
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import read_payload
from pos.services.owed_refunds import last_try, owed_refunds
from pos.services.policy_versions import policy_digest
from pos.services.purchases import as_back, plain_purchase

RETURN_ENTRIES = frozenset({EntryKind.RETURN_COMPLETED, EntryKind.REFUND_GIVEN_INSTEAD})


def returned_postings(work: UnitOfWork, entry: JournalEntry) -> tuple[LedgerEntry, ...]:
    """What the return of an entry posts, or money given instead of a card; nothing where it is gone."""
    if entry.kind is EntryKind.REFUND_GIVEN_INSTEAD:
        instead = next(
            (one for one, at in work.refunds_instead.all() if at == (entry.workstation, entry.sequence)), None
        )
        return () if instead is None else instead_postings(instead)
    done = work.returns.get(entry.subject or "")
    return () if done is None else return_postings(done)


def return_violations(work: UnitOfWork) -> Iterator[Violation]:
    """Every return beside its entry, numbers without a gap, and every purchase beside what came back of it."""
    yield from _as_journalled(work)
    yield from _numbers(work)
    yield from _purchases(work)
    yield from _instead(work)
    yield from _policies(work)
    yield from _policy_cases(work)
    yield from _signatures(work)


def _as_journalled(work: UnitOfWork) -> Iterator[Violation]:
    """The tables hold what the entry tells, the goods moved where it says, cash is what the till gave (I-10, I-11)."""
    told = {entry.subject: entry for entry in work.journal.of_kind(EntryKind.RETURN_COMPLETED)}
    for return_id in work.returns.ids():
        done, entry = work.returns.get(return_id), told.pop(return_id, None)
        where = work.returns.entry_of(return_id)
        if done is None or entry is None or where != (entry.workstation, entry.sequence):
            yield Violation("I-11", return_id, Finding.RETURN_ENTRY)
            continue
        payload = read_payload(entry)
        movement = work.journal.movement_of(entry.workstation, entry.sequence)
        cash = 0 if movement is None else movement.amount
        in_till = movement is None or movement.till == done.till
        if payload.get("return") != return_told(done)["return"] or cash != return_cash(done) or not in_till:
            yield Violation("I-11", return_id, Finding.RETURN_ENTRY)
        moves = [[move.item, move.disposition.value, move.quantity] for move in goods_returned(done)]
        if payload.get("moved", []) != moves:
            yield Violation("I-10", return_id, Finding.RETURN_GOODS)
        if not _agreed(work, done.approval, done.approver, done.operator):
            yield Violation("I-27", return_id, Finding.RETURN_APPROVAL)
    for subject in told:
        yield Violation("I-11", str(subject), Finding.RETURN_ENTRY)


def _signatures(work: UnitOfWork) -> Iterator[Violation]:
    """Each signature there is was drawn for its return and by its signer, as the entry made then says (I-11). One that
    is gone was erased: that is nobody's fault.
    """
    told: dict[tuple[str, str], object] = {}
    for entry in work.journal.of_kind(EntryKind.SIGNATURE_TAKEN):
        payload = read_payload(entry)
        told[str(entry.subject), str(payload["signer"])] = payload["digest"]
    for return_id, signer, strokes in work.signatures.all():
        if told.get((return_id, signer.value)) != signature_digest(strokes, return_id, signer):
            yield Violation("I-11", f"{return_id}/{signer.value}", Finding.RETURN_SIGNATURE)


def _instead(work: UnitOfWork) -> Iterator[Violation]:
    """Money a card did not take went out once, as the entry tells, and by nobody's yes but the one it names (I-11,
    I-27); never onto the card as well, nor while nobody knew (I-23).
    """
    told = {
        (entry.workstation, entry.sequence): entry for entry in work.journal.of_kind(EntryKind.REFUND_GIVEN_INSTEAD)
    }
    for one, at in work.refunds_instead.all():
        done, entry = work.returns.get(one.return_id), told.pop(at, None)
        where = f"{one.return_id}/{one.tender}"
        tender = None if done is None else next((each for each in done.tenders if each.tender == one.tender), None)
        if done is None or tender is None or entry is None:
            yield Violation("I-11", where, Finding.REFUND_INSTEAD)
            continue
        movement = work.journal.movement_of(*at)
        same = read_payload(entry)["instead"] == instead_told(one) and entry.subject == one.return_id
        paid = (0 if movement is None else movement.amount) == one.cash
        if not same or not paid or one.failed != tender.amount:
            yield Violation("I-11", where, Finding.REFUND_INSTEAD)
        if not _agreed(work, one.approval, one.approver, entry.operator or ""):
            yield Violation("I-27", where, Finding.RETURN_APPROVAL)
        tried = last_try(work, done, tender)
        if tried is None or tried.approved or tried.open:
            yield Violation("I-23", where, Finding.REFUND_BOTH)
    for at in told:
        yield Violation("I-11", f"{at[0]}/{at[1]}", Finding.REFUND_INSTEAD)


def _agreed(work: UnitOfWork, request: str, approver: str, operator: str) -> bool:
    """Whether the yes it stands on was given by who it says, somebody else, and used up."""
    if not request:
        return not approver
    granted, ending = work.approvals.granted(request), work.approvals.ending(request)
    return (
        granted is not None
        and granted.approver == approver != operator
        and granted.request.asked_by == operator
        and ending is not None
        and ending.value == "used"
    )


def _numbers(work: UnitOfWork) -> Iterator[Violation]:
    """Numbers of returns run from 1 without a gap at each workstation (I-13)."""
    for workstation, many, first, last in work.returns.numbers():
        if first != 1 or last != many:
            yield Violation("I-13", f"{workstation}: R{many} of {last}", Finding.RETURN_GAP)


def _purchases(work: UnitOfWork) -> Iterator[Violation]:
    """Of no line came back more than was sold, for no more than was paid; to no tender more than it gave, unless
    somebody agreed to it by name (I-6, I-7).
    """
    for purchase_id in work.returns.purchases():
        purchase = plain_purchase(work, purchase_id)
        if purchase is None:
            yield Violation("I-6", purchase_id, Finding.RETURN_OVER)
            continue
        back = work.returns.of_purchase(purchase_id)
        if _over(with_back(purchase, map(as_back, back)), sum(one.refund - one.rounding for one in back)):
            yield Violation("I-6", purchase_id, Finding.RETURN_OVER)
        # Without those somebody agreed to the coin that settles their rounding looks like too much: both must say so.
        if _over_tender(purchase, [one for one in back if not one.approval]) and _over_tender(purchase, back):
            yield Violation("I-7", purchase_id, Finding.RETURN_TENDER)


def _over_tender(purchase: Purchase, back: Sequence[CustomerReturn]) -> bool:
    """Whether more went out of a tender than it gave, what went into other goods with it; minor units, exactly.

    Cash alone is rounded, what goes into other goods is not. So what left in cash is counted with the cash that came
    in, both as they were before rounding; every other tender is counted by itself.
    """
    given: defaultdict[int, int] = defaultdict(int)
    cash = {tender.tender for tender in purchase.tenders if tender.kind is TenderKind.CASH}
    for tender in (tender for done in back for tender in done.tenders if tender.of):
        given[tender.of] += tender.amount
        if tender.kind == TenderKind.CASH.value:
            cash.add(tender.of)
    ceilings = {tender.tender: tender.ceiling for tender in purchase.tenders}
    if purchase.rounding and not cash:
        # The shop rounds every total: no tender can be told apart from the coin that was rounded.
        cash = set(ceilings)
    together = sum(given[number] for number in cash) - sum(done.rounding for done in back)
    if together > max(0, sum(ceilings.get(number, 0) for number in cash) - purchase.rounding):
        return True
    return any(amount > ceilings.get(number, 0) for number, amount in given.items() if number not in cash)


def refunds_owed(work: UnitOfWork) -> tuple[str, ...]:
    """What terminals would not put back on cards for returns, and nobody gave otherwise: number and amount."""
    return tuple(
        f"{one.done.number} {minor_text(one.tender.amount, one.done.currency)} {one.done.currency}"
        for one in owed_refunds(work)
        if one.failed
    )


def _over(purchase: Purchase, given: int) -> bool:
    """Whether a line gave back more than it was sold for, or all of it more than was paid; `given` is what went out
    before cash was rounded. Goods may come back for more than the sale came to only where it took empties in.
    """
    over = any(
        line.left.thousandths < 0 or line.returned_net > max(0, line.net) or line.returned_tax > max(0, line.tax)
        for line in purchase.lines
        if line.net >= 0
    )
    return over or given > sum(line.total for line in purchase.lines if line.total > 0)


def _policies(work: UnitOfWork) -> Iterator[Violation]:
    """Every version of the policy is the one the journal names (I-24)."""
    said = {
        int(str(payload["version"])): (
            (payload["starts"], payload["posted_since"], payload["policy"]),
            (entry.operator or "", entry.workstation, entry.sequence),
        )
        for entry in work.journal.of_kind(EntryKind.RETURN_POLICY_CHANGED)
        for payload in (read_payload(entry),)
    }
    kept = {
        row.version: (
            (
                row.starts.isoformat(),
                "" if row.posted_since is None else row.posted_since.isoformat(),
                policy_digest(row.body),
            ),
            (row.changed_by, row.workstation, row.sequence),
        )
        for row in work.return_policies.all()
    }
    for version in sorted({version for version, _ in said.items() ^ kept.items()}):
        yield Violation("I-24", f"policy {version}", Finding.POLICY_ENTRY)


def _policy_cases(work: UnitOfWork) -> Iterator[Violation]:
    """Every kept case, and every one that is kept no more, is the one the journal names (I-24)."""
    kept, gone = EntryKind.POLICY_CASE_KEPT, EntryKind.POLICY_CASE_REMOVED
    said = {
        (
            int(str(payload["case"])),
            entry.subject if kind is kept else "",
            payload.get("script", ""),
            entry.operator or "",
            to_text(entry.at),
            entry.workstation,
            entry.sequence,
        )
        for kind in (kept, gone)
        for entry in work.journal.of_kind(kind)
        for payload in (read_payload(entry),)
    }
    stored = {
        (
            one.number,
            one.name,
            policy_digest(one.script) if one.script else "",
            one.by,
            one.at,
            one.workstation,
            one.sequence,
        )
        for one in work.policy_cases.facts()
    }
    for number in sorted({one[0] for one in said ^ stored}):
        yield Violation("I-24", f"case {number}", Finding.POLICY_CASE)
