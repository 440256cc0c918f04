"""The papers of a script's sales, as text."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.customer_return import CustomerReturn
from pos.domain.refusal import Code, Refused
from pos.domain.return_request import ReturnRequest
from pos.domain.transaction import ReceiptNumber, Transaction
from pos.script import results
from pos.script.lane import Lane
from pos.script.paper_names import TILL_PAPERS
from pos.script.play_claims import take_in
from pos.script.results import Result
from pos.script.return_requests import wanted
from pos.script.step_bodies import Print
from pos.script.steps import RECEIPT_NUMBER
from pos.script.till_play import till_paper
from pos.services.books_report import find_sale
from pos.services.card_slips import CARD_SLIP
from pos.services.crash import dying_at_commit
from pos.services.pack_issuing import PackChoice
from pos.services.papers import GIFT_CARD_PAPERS, GIFT_RECEIPT, POST_VOID, SUSPENDED_SLIP, TAX_DOCUMENT
from pos.services.return_papers import RETURN_PAPERS
from receipts.document import Document
from receipts.paper.refusal_note import REFUSAL_NOTE
from receipts.paper.return_receipt import CLAIM_PROTOCOL
from receipts.plain_text import render

_PAPER_COLUMNS = 42


def print_paper(lane: Lane, body: Print) -> Result:
    """The paper as text."""
    if body.document == SUSPENDED_SLIP:
        paper = lane.slip_papers.get(body.sale, "")
        return _printed(lane, body, lane.station.paperwork.document_of_job(paper))
    if body.document in RETURN_PAPERS:
        return _print_return(lane, body)
    if body.document in TILL_PAPERS:
        return _printed(lane, body, till_paper(lane, body.sale, body.document))
    if body.document == CARD_SLIP:
        return _print_card_slips(lane, body)
    sale = completed(lane, body.sale)
    if sale is not None and body.document == GIFT_RECEIPT:
        return _print_gift(lane, sale)
    if body.document in GIFT_CARD_PAPERS:
        return _print_slips(lane, body, sale)
    if sale is not None and body.document == POST_VOID:
        return _printed(lane, body, lane.station.paperwork.post_void(sale.id))
    if sale is not None and body.document == TAX_DOCUMENT:
        return _print_tax_document(lane, body, sale)
    return _printed(lane, body, None if sale is None else lane.station.paperwork.document(sale.id))


def _printed(lane: Lane, body: Print, document: Document | None) -> Result:
    if document is None:
        return results.refusal(Refused(Code.RECEIPT_UNKNOWN, {"receipt": body.sale}), lane.words)
    return {"text": render(document, _PAPER_COLUMNS)}


def _print_slips(lane: Lane, body: Print, sale: Transaction | None) -> Result:
    """Every slip of this kind that came with the sale; of a card that was paid out the one of that."""
    slips = () if sale is None else lane.station.paperwork.gift_card_slips(sale.id, body.document)
    paid_out = lane.station.paperwork.document_of_job(lane.slip_papers.get(body.sale, ""))
    documents = slips or (() if paid_out is None else (paid_out,))
    if not documents:
        return _printed(lane, body, None)
    return {"text": "\n".join(render(document, _PAPER_COLUMNS) for document in documents)}


def _print_return(lane: Lane, body: Print) -> Result:
    """The paper of a return or an exchange, by its step; a refusal is noted when its note is asked for."""
    if body.document == REFUSAL_NOTE:
        return _print_refusal(lane, body)
    paperwork = lane.station.paperwork
    # What is typed for a slip to the vendor makes another of it.
    kept = () if body.vendor or body.ra else lane.returns.papers.get(body.sale, ())
    made = (paperwork.document_of_job(paper) for paper in kept)
    papers = [paper for paper in made if paper is not None and paper.name == body.document]
    papers = papers or _of_pack(lane, body)
    if not papers and body.document == CLAIM_PROTOCOL:
        return _print_claims(lane, body)
    if not papers:
        return _printed(lane, body, None)
    return {"text": "\n".join(render(paper, _PAPER_COLUMNS) for paper in papers)}


def _print_claims(lane: Lane, body: Print) -> Result:
    """Take in what of the step's request is a claim under the law; each has a protocol of its own."""
    asked = _kept_back(lane, body)
    papers = asked if isinstance(asked, Refused) else take_in(lane, body.sale, asked)
    if isinstance(papers, Refused):
        return results.refusal(papers, lane.words)
    return {"text": "\n".join(render(paper, _PAPER_COLUMNS) for paper in papers)}


def _kept_back(lane: Lane, body: Print) -> ReturnRequest | Refused:
    """What the step asked for, without what came back."""
    asked = wanted(lane, lane.returns.wanted[body.sale])
    if isinstance(asked, Refused):
        return asked
    gone = lane.returns.came_back.get(body.sale, frozenset())
    kept = tuple(line for place, line in enumerate(asked.request.lines) if place not in gone)
    return replace(asked.request, lines=kept)


def _of_pack(lane: Lane, body: Print) -> list[Document]:
    """The papers of this kind that do not print themselves, put into the queue now."""
    done = lane.station.lookup.find_return(lane.returns.receipts.get(body.sale, ""))
    if not isinstance(done, CustomerReturn):
        return []
    packs = lane.station.return_packs
    pack = packs.pack_of(done.id)
    if isinstance(pack, Refused):
        return []
    wanted = [PackChoice(one.key, body.vendor, body.ra) for one in pack if one.paper == body.document]
    issued = packs.print_again(done.id, wanted)
    if isinstance(issued, Refused):
        return []
    lane.station.paperwork.print_waiting()
    made = (lane.station.paperwork.document_of_job(one.job) for one in issued)
    return [paper for paper in made if paper is not None]


def _print_refusal(lane: Lane, body: Print) -> Result:
    """The note on what of the step's request did not come back."""
    asked = _kept_back(lane, body)
    if isinstance(asked, Refused):
        return results.refusal(asked, lane.words)
    with dying_at_commit(lane.station.desk, lane.dies_at):
        noted = lane.station.return_refusals.note(asked)
    if isinstance(noted, Refused):
        return results.refusal(noted, lane.words)
    lane.station.paperwork.print_waiting()
    return _printed(lane, body, lane.station.paperwork.document_of_job(noted.job))


def _print_card_slips(lane: Lane, body: Print) -> Result:
    """Every paper the terminal gave for the sale, open or completed."""
    told, sale = lane.called(body.sale), completed(lane, body.sale)
    identity = told.basket if told is not None else "" if sale is None else sale.id
    documents = lane.station.paperwork.card_slips(identity)
    if not documents:
        return _printed(lane, body, None)
    return {"text": "\n".join(render(document, _PAPER_COLUMNS) for document in documents)}


def _print_gift(lane: Lane, sale: Transaction) -> Result:
    """The gift receipt there is, or the first one, as the key for it would make it."""
    document = lane.station.paperwork.gift_receipt(sale.id)
    if document is None:
        issued = lane.station.copies.gift_receipt(sale.id)
        if isinstance(issued, Refused):
            return results.refusal(issued, lane.words)
        lane.station.paperwork.print_waiting()
        document = lane.station.paperwork.gift_receipt(sale.id)
    assert document is not None, "it was issued"
    return {"text": render(document, _PAPER_COLUMNS)}


def _print_tax_document(lane: Lane, body: Print, sale: Transaction) -> Result:
    """Made out to the buyer first, where one is named; without one it is whom it was made out to last."""
    documents = lane.station.tax_documents
    if body.buyer is not None:
        with dying_at_commit(lane.station.desk, lane.dies_at):
            made = documents.make_out(sale.id, body.buyer)
        if isinstance(made, Refused):
            return results.refusal(made, lane.words)
    document = documents.document(sale.id)
    if isinstance(document, Refused):
        return results.refusal(document, lane.words)
    return _printed(lane, body, document)


def completed(lane: Lane, name: str) -> Transaction | None:
    """The completed sale that is called so, or has this receipt number."""
    told = lane.called(name)
    if told is not None:
        return told.transaction
    number = RECEIPT_NUMBER.fullmatch(name)
    if number is None:
        return None
    store, workstation, sequence = number.groups()
    return find_sale(lane.station.desk, ReceiptNumber(store, int(workstation), int(sequence)))
