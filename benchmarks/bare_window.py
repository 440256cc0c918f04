"""The baseline of a start: a process that shows one window which paints itself, and says when and how large it is."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.launch import resident_megabytes


class BareWindow(QWidget):
    """Paints one word, reports after the first time, and ends."""

    reported = False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), "white")
        painter.drawText(40, 40, "Kassa")
        painter.end()
        if not self.reported:
            self.reported = True
            QTimer.singleShot(0, self._report)

    def _report(self) -> None:
        print(time.monotonic_ns(), resident_megabytes(), 0)
        QApplication.quit()


def main() -> None:
    program = QApplication(sys.argv[:1])
    window = BareWindow()
    window.resize(1366, 768)
    window.show()
    program.exec()


if __name__ == "__main__":
    main()
