"""One window a workstation: a second start of the same number raises the first and ends (names: `window_name`)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MILLISECONDS = 1500
_RAISE = b"raise\n"


def raise_first(name: str) -> bool:
    """Ask the window that is there to come to the front; False where there is none."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_WAIT_MILLISECONDS):
        return False
    socket.write(_RAISE)
    told = socket.waitForBytesWritten(_WAIT_MILLISECONDS)
    socket.disconnectFromServer()
    return told


class FirstWindow(QObject):
    """Listens for later starts. Call `listen` only while holding the workstation's number: a name left over by a
    program that was killed is then nobody's.

    Signals: asked() another start wants this window in front.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def listen(self, name: str) -> bool:
        """Whether later starts will find this window."""
        if self._server.isListening():
            return True
        QLocalServer.removeServer(name)
        return self._server.listen(name)

    def close(self) -> None:
        self._server.close()

    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.asked.emit()
