"""Signatures drawn on screen for the papers of a return: kept until they are printed, and erased with their person."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.journal import EntryKind
from pos.domain.refusal import Code, Refused
from pos.domain.return_pack import SIGNED
from pos.domain.signature import Point, Signature, Signer, read_signature, signature_digest, signature_of
from pos.domain.staff import Permission
from pos.domain.transaction import JournalHead
from pos.persistence.paper_jobs import PaperState
from pos.persistence.unit_of_work import UnitOfWork
from pos.services.desk import Desk, Fact, record
from receipts import signature
from receipts.document import Logo

_OUT = frozenset({PaperState.SENDING, PaperState.PRINTED, PaperState.UNKNOWN})


def signatures_of(desk: Desk, return_id: str) -> dict[Signer, Signature] | Refused:
    """Who signed on screen so far. Refused: NOT_SIGNED_ON, NOT_PERMITTED."""
    operator = desk.permit(Permission.RETURN)
    if isinstance(operator, Refused):
        return operator
    with desk.shop.books.reading() as work:
        found = {signer: drawn_by(work, return_id, signer) for signer in Signer}
    return {signer: drawn for signer, drawn in found.items() if drawn is not None}


def keep_signature(
    desk: Desk, return_id: str, signer: Signer, strokes: Sequence[Sequence[Point]]
) -> Signature | Refused:
    """Keep what was drawn, in place of what the same person drew before; no paper that is out already changes.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED, RECEIPT_UNKNOWN, SIGNATURE_LATE, SIGNATURE_EMPTY, SIGNATURE_TOO_LARGE,
    SIGNATURE_UNREADABLE.
    """
    operator = desk.permit(Permission.RETURN)
    if isinstance(operator, Refused):
        return operator
    drawn = signature_of(strokes)
    if isinstance(drawn, Refused):
        return drawn
    with desk.shop.books.writing() as work:
        refused = _too_late(work, return_id)
        if refused is not None:
            return refused
        work.signatures.put(return_id, signer, drawn.text(), desk.now(), operator.id)
        digest = signature_digest(drawn.text(), return_id, signer)
        head = _record(work, desk, return_id, operator.id, {"signer": signer.value, "digest": digest})
        work.commit()
    desk.shop.anchor(head)
    return drawn


def clear_signature(desk: Desk, return_id: str, signer: Signer) -> bool | Refused:
    """It is signed on paper instead; answers whether one had been drawn.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED, RECEIPT_UNKNOWN, SIGNATURE_LATE.
    """
    operator = desk.permit(Permission.RETURN)
    if isinstance(operator, Refused):
        return operator
    with desk.shop.books.writing() as work:
        refused = _too_late(work, return_id)
        if refused is not None:
            return refused
        if not work.signatures.remove(return_id, signer):
            return False
        head = _record(work, desk, return_id, operator.id, {"signer": signer.value, "digest": ""})
        work.commit()
    desk.shop.anchor(head)
    return True


def picture_by(work: UnitOfWork, return_id: str, signer: Signer) -> Logo | None:
    """The signature as it stands over its line; None where the line stays empty."""
    drawn = drawn_by(work, return_id, signer)
    return None if drawn is None else signature.signature_picture(drawn)


def drawn_by(work: UnitOfWork, return_id: str, signer: Signer) -> Signature | None:
    """The signature a paper shows; None where the line stays empty, and for strokes nobody can read."""
    text = work.signatures.strokes_of(return_id, signer)
    drawn = read_signature(text) if text else None
    return drawn if isinstance(drawn, Signature) else None


def _record(work: UnitOfWork, desk: Desk, return_id: str, operator: str, told: dict[str, object]) -> JournalHead:
    return record(work, desk, Fact(EntryKind.SIGNATURE_TAKEN, desk.now(), operator, return_id, told))


def _too_late(work: UnitOfWork, return_id: str) -> Refused | None:
    done = work.returns.get(return_id)
    if done is None:
        return Refused(Code.RECEIPT_UNKNOWN, {"receipt": return_id[:40]})
    jobs = work.paper_jobs.of_return(return_id)
    out = any(job.document in SIGNED and job.state in _OUT for job in jobs)
    return Refused(Code.SIGNATURE_LATE) if out else None
