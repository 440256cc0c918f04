"""Paper comes after the commit, from a worker: a printer that waits, or is dead, never holds the cashier up."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.frozen import dataclass
from pos.domain.trouble import KnownError
from pos.services.paperwork import PaperView, Paperwork

if TYPE_CHECKING:
    from receipts.document import Document

T = TypeVar("T")

_LOOK_MILLISECONDS = 40
# How often a printer is asked how it is, and held paper is tried again.
_MEASURE_MILLISECONDS = 15_000
# The same while somebody waits to see a drawer shut.
_CLOSELY_MILLISECONDS = 1_000


@dataclass(frozen=True, slots=True)
class Measured:
    """The printer as it answered just now: the device's own word, and whether it prints.

    `drawer_open` is None where the printer does not tell; `uncertain` is of how many papers nobody knows whether they
    came out.
    """

    state: str
    can_print: bool
    drawer_open: bool | None = None
    uncertain: int = 0


class Printing(QObject):
    """Runs the paperwork on one worker thread and tells of it on the window's thread. The worker holds no QObject.

    Signals: paper(str, object, bool) a transaction, its PaperView, and whether it was just tried, by itself or because
    somebody asked, and not only looked at once more; measured(object) a Measured, or None without a printer;
    trouble(object) a KnownError; tested(str) how a test print went: printed, handed_over, or why not; printed(str) the
    same of a paper that stands in no queue; franked(str) the same of the back of a check; progressed(int, int) which
    paper of how many is being printed, 0 of 0 when all is done.
    """

    paper = Signal(str, object, bool)
    measured = Signal(object)
    trouble = Signal(object)
    tested = Signal(str)
    printed = Signal(str)
    franked = Signal(str)
    progressed = Signal(int, int)

    def __init__(self, paperwork: Paperwork, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paperwork = paperwork
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="printing")
        self.progress = (0, 0)
        self._running: list[tuple[Future[Any], Callable[[], object]]] = []
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MILLISECONDS)
        self._look.timeout.connect(self._collect)
        self._every = QTimer(self)
        self._every.setInterval(_MEASURE_MILLISECONDS)
        self._every.timeout.connect(self.measure)

    def start(self) -> None:
        """Print what still waits, and measure from now on."""
        self.measure()
        if self._paperwork.has_printer:
            self._every.start()

    def watch_closely(self, *, closely: bool) -> None:
        """Ask every second, while what the printer says of its drawer is waited for."""
        self._every.setInterval(_CLOSELY_MILLISECONDS if closely else _MEASURE_MILLISECONDS)

    def after_sale(self, transaction_id: str, job_id: str) -> None:
        """Open the drawer and print the sale's paper."""
        paperwork = self._paperwork

        def work() -> tuple[PaperView | None, Measured | None]:
            paperwork.after_sale(job_id)
            return paperwork.view(transaction_id), measured_now(paperwork)

        def tell(answer: tuple[PaperView | None, Measured | None]) -> None:
            view, measured = answer
            self.measured.emit(measured)
            self._tell_paper(transaction_id, view)

        self._run(work, tell)

    def after_move(self, job_id: str, why: str) -> None:
        """Open the drawer for cash moved by hand or given back, or for nothing else, and print its slip."""
        paperwork = self._paperwork

        def work() -> Measured | None:
            paperwork.after_move(job_id, why)
            return measured_now(paperwork)

        self._run(work, self.measured.emit)

    def issue(self, transaction_id: str, job_id: str) -> None:
        """Print a further paper of a sale, and say what became of it if it did not come out."""
        paperwork = self._paperwork

        def work() -> tuple[PaperView | None, Measured | None]:
            paperwork.print_waiting()
            return paperwork.view_of_job(job_id), measured_now(paperwork)

        def tell(answer: tuple[PaperView | None, Measured | None]) -> None:
            view, measured = answer
            self.measured.emit(measured)
            if view is not None and view.state.value != "printed":
                self._tell_paper(transaction_id, view)

        self._run(work, tell)

    def test_print(self) -> None:
        """Print the test page."""
        paperwork = self._paperwork

        def work() -> tuple[str, Measured | None]:
            return paperwork.test_print(), measured_now(paperwork)

        def tell(answer: tuple[str, Measured | None]) -> None:
            said, measured = answer
            self.measured.emit(measured)
            self.tested.emit(said)

        self._run(work, tell)

    def print_now(self, paper: Document) -> None:
        """Print a paper that is kept nowhere; `printed` says how it went."""
        paperwork = self._paperwork
        self._run(lambda: paperwork.print_now(paper), self.printed.emit)

    def frank(self, transaction_id: str, tender: int) -> None:
        """Print the back of a check of this sale; `franked` says how it went."""
        paperwork = self._paperwork
        self._run(lambda: paperwork.frank(transaction_id, tender), self.franked.emit)

    def measure(self) -> None:
        """Ask the printer how it is, and send what waits if it prints; not while it is at work already."""
        if not self._running:
            self.try_now()

    def try_now(self) -> None:
        """The same, in any case: a person asked, or a paper came to the queue."""
        paperwork = self._paperwork

        def work() -> Measured | None:
            measured = measured_now(paperwork)
            if measured is None or measured.can_print:
                paperwork.print_waiting()
            return measured

        self._run(work, self.measured.emit)

    def refresh(self, transaction_id: str) -> None:
        """Say what is known of a sale's paper now."""
        paperwork = self._paperwork
        self._run(
            lambda: paperwork.view(transaction_id), lambda view: self._tell_paper(transaction_id, view, tried=False)
        )

    def close(self) -> None:
        """Let the running job end; what waits stays in the queue for the next start."""
        self._every.stop()
        self._look.stop()
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _run(self, work: Callable[[], T], tell: Callable[[T], object]) -> None:
        future = self._worker.submit(work)
        self._running.append((future, lambda: tell(future.result())))
        self._look.start()

    def _tell_paper(self, transaction_id: str, view: PaperView | None, *, tried: bool = True) -> None:
        if view is not None:
            self.paper.emit(transaction_id, view, tried)

    def _collect(self) -> None:
        self._tell_progress()
        ended = [entry for entry in self._running if entry[0].done()]
        self._running = [entry for entry in self._running if not entry[0].done()]
        if not self._running:
            self._look.stop()
        for _, tell in ended:
            try:
                tell()
            except KnownError as error:
                self.trouble.emit(error)

    def _tell_progress(self) -> None:
        progress = self._paperwork.under_way
        if progress != self.progress:
            self.progress = progress
            self.progressed.emit(*progress)


def measured_now(paperwork: Paperwork) -> Measured | None:
    """How the printer is, asked now; None where there is none."""
    status = paperwork.printer_status()
    if status is None:
        return None
    return Measured(status.state.value, status.state.can_print, status.drawer_open, paperwork.uncertain())
