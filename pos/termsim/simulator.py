"""The simulator put together: its folder, the terminal, its address and the control interface."""

from __future__ import annotations

import secrets
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

from pos.speech import Speech
from pos.termsim.bank import Bank
from pos.termsim.certificates import ROOT, server_context
from pos.termsim.control import ControlServer
from pos.termsim.customer import Customer
from pos.termsim.messages import Profile
from pos.termsim.sealing import SharedKey
from pos.termsim.server import TerminalServer
from pos.termsim.terminal import Terminal
from pos.termsim.wallet import Wallet
from pos.termsim.wire import Json, NotJson, json_text, read_json, text

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_POI_ID = "P400Plus-123456789"
_DOMAIN = "test.terminal.adyen.com"
_IDENTITY, _TOKEN, _JOURNAL, _CARDS = "terminal.json", "control-token", "bank.jsonl", "cards.json"
_LOCK, _PASSPHRASE, _SETTINGS = "lock", "passphrase", "till.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the simulator starts. `terminal` is its name in a new folder, `pace` scales the
    terminal's own waiting times; port 0 is any that is free.
    """

    folder: Path
    profile: Profile
    port: int = 0
    control_port: int = 0
    pace: float = 1.0
    terminal: str = _POI_ID
    by_hand: bool = False
    magic: bool = False


class Simulator:
    """A terminal that can be reached. Use as a context."""

    def __init__(self, options: Options, words: Speech, *, can_show: Callable[[], bool] = lambda: False) -> None:
        """Listen; `can_show` says whether a window can be opened later.

        Raises OSError where folder or port cannot be used, BadJournal, NotJson, NoSuchCard.
        """
        folder = options.folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._options = options
        self._lock = _locked(folder / _LOCK)
        self._key, poi_id = _identity(folder / _IDENTITY, options.terminal)
        self.bank = Bank(folder / _JOURNAL)
        self.ended = threading.Event()
        # Somebody wants the window to play the customer in.
        self.window_wanted = threading.Event()
        self._can_show = can_show
        self.terminal = Terminal(
            poi_id,
            options.profile,
            bank=self.bank,
            wallet=Wallet(folder / _CARDS),
            customer=Customer(by_hand=options.by_hand),
            words=words,
            pace=options.pace,
        )
        self.terminal.magic = options.magic
        token = secrets.token_urlsafe(24)
        _write_secret(folder / _TOKEN, token)
        context = server_context(folder, f"{poi_id}.{_DOMAIN}")
        sealed = self._key if options.profile is Profile.ADYEN else None
        self._server = TerminalServer(self.terminal, context, sealed, port=options.port)
        self._control = ControlServer(
            self.terminal, token, port=options.control_port, on_stop=self.ended.set, on_window=self._want_window
        )
        _write_secret(folder / _PASSPHRASE, self._key.passphrase)
        _write_secret(folder / _SETTINGS, self._till_settings())

    def __enter__(self) -> Self:
        for server in (self._server, self._control):
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop()
        self._control.shutdown()
        self._control.server_close()
        self.bank.close()
        self._lock.close()

    def _want_window(self) -> bool:
        if self._can_show():
            self.window_wanted.set()
        return self.window_wanted.is_set()

    @property
    def listens(self) -> Json:
        """Where everything is, as the command prints it."""
        folder = self._options.folder.absolute()
        return {
            "terminal": self.terminal.poi_id,
            "profile": self._options.profile.value,
            "host": "127.0.0.1",
            "port": self._server.server_address[1],
            "control_port": self._control.server_address[1],
            "certificate": str(folder / ROOT),
            "identity": str(folder / _IDENTITY),
            "passphrase": str(folder / _PASSPHRASE),
            "till_settings": str(folder / _SETTINGS),
            "control_token": str(folder / _TOKEN),
            "journal": str(folder / _JOURNAL),
        }

    def _till_settings(self) -> str:
        """What a till on this machine has to be told, as lines for its own settings file."""
        listens = self.listens
        values: Json = {
            "terminal": f"nexo_{self._options.profile.value}",
            "terminal_host": listens["host"],
            "terminal_port": listens["port"],
            "terminal_id": self.terminal.poi_id,
            "terminal_certificate": listens["certificate"],
        }
        if self._options.profile is Profile.ADYEN:
            values["terminal_passphrase_file"] = listens["passphrase"]
            values |= {"terminal_key": self._key.identifier, "terminal_key_version": self._key.version}
        # A string of JSON is one of TOML, too.
        return "".join(f"{name} = {json_text(value)}\n" for name, value in values.items())


def _locked(file: Path) -> BinaryIO:
    """The folder's lock: two terminals in one folder would charge behind each other's backs. Raises OSError."""
    file.touch(mode=0o600)
    opened = file.open("rb+")
    try:
        if sys.platform == "win32":
            msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        opened.close()
        raise
    return opened


def _identity(file: Path, terminal: str) -> tuple[SharedKey, str]:
    """The terminal's name and the key it shares with the till; made at the first start, when it is called so."""
    if not file.exists():
        made = {
            "terminal": terminal,
            "key_identifier": "kassa",
            "key_version": 1,
            "passphrase": secrets.token_urlsafe(18),
        }
        _write_secret(file, json_text(made))
    kept = read_json(file.read_bytes())
    version, name, poi_id = kept.get("key_version"), text(kept, "key_identifier"), text(kept, "terminal")
    if not (isinstance(version, int) and name and poi_id and text(kept, "passphrase")):
        raise NotJson(str(file))
    return SharedKey(name, version, text(kept, "passphrase")), poi_id


def _write_secret(file: Path, content: str) -> None:
    file.touch(mode=0o600)
    file.write_text(content, encoding="utf-8")
