"""One shop is one folder: its database, its keys beside it, the anchors, the locks and the backups.

shop.sqlite3        the books                        shop.keys            MAC key and pepper, never in the database
anchors/03.log      the journal's head after every entry of workstation 3, so a cut tail shows
logos/              the pictures at the head of its papers, each under the SHA-256 of its file
pictures/           the pictures of its items, as the items name them
workstation-03.lock held while the program runs      backups/             made by itself and by `kassa backup`
backup-failed.json  why the last backup failed, until one succeeds
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from sqlalchemy import Engine

from pos.domain.frozen import dataclass
from pos.domain.shop import Mode
from pos.domain.transaction import JournalHead
from pos.domain.trouble import KnownError, Trouble
from pos.persistence.engine import open_engine, world_errors
from pos.persistence.schema import HEAD, create_schema, migrate, schema_of
from pos.persistence.unit_of_work import Books, UnitOfWork
from pos.settings import restored_beside

DATABASE = "shop.sqlite3"
KEYS = "shop.keys"
ANCHORS = "anchors"
BACKUPS = "backups"
# What a backup lists its files in; a shop has none.
MANIFEST = "backup.json"
LOGOS = "logos"
PICTURES = "pictures"
_NOTHING: Mapping[str, bytes] = MappingProxyType({})
_SQLITE_MAGIC = b"SQLite format 3\x00"
_ANCHOR = re.compile(r"([0-9]{1,18}) ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Keys:
    """What signs the journal and peppers the PINs. `shop_id` says whose they are."""

    shop_id: str
    journal_key: bytes
    pepper: bytes

    @classmethod
    def make(cls) -> Keys:
        return cls(shop_id=secrets.token_hex(16), journal_key=secrets.token_bytes(32), pepper=secrets.token_bytes(32))


@dataclass(frozen=True, slots=True)
class OpenShop:
    """An opened shop: its books, keys and folder."""

    folder: Path
    books: Books
    keys: Keys
    mode: Mode

    def anchor(self, head: JournalHead) -> None:
        """Note the journal's head outside the database. Called after the commit: the books are never behind it.

        A disk that refuses the note does not undo what is committed; the next entry notes a later head.
        """
        with suppress(OSError):
            note_anchor(self.folder, head)

    def anchors(self) -> tuple[JournalHead, ...]:
        """The last head noted for every workstation."""
        return tuple(read_anchors(self.folder))

    def close(self) -> None:
        self.books.close()


def shop_exists(folder: Path) -> bool:
    """Whether there is, or was, a shop in this folder; an empty or missing folder holds none."""
    return (folder / DATABASE).exists() or (folder / KEYS).exists()


def create_shop(
    folder: Path,
    mode: Mode,
    at: datetime,
    fill: Callable[[UnitOfWork, Keys], None],
    logos: Mapping[str, bytes] = _NOTHING,
) -> None:
    """Make a new shop in a missing or empty folder; `fill` writes its first rows, `logos` are pictures by their digest.

    It is built beside the folder and moved there in one step, so there is a whole shop or none. Raises KnownError.
    """
    if (folder.exists() and any(folder.iterdir())) or restored_beside(folder).exists():
        raise KnownError(Trouble.SHOP_EXISTS, folder=str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    building = folder.with_name(f".{folder.name}.new-{os.getpid()}-{secrets.token_hex(4)}")
    building.mkdir(mode=0o700)
    try:
        with world_errors(folder):
            for digest, content in logos.items():
                keep_logo(building, digest, content)
            _fill_new(building, mode, at, fill)
        if folder.exists():
            folder.rmdir()
        building.rename(folder)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise


def _fill_new(building: Path, mode: Mode, at: datetime, fill: Callable[[UnitOfWork, Keys], None]) -> None:
    (building / ANCHORS).mkdir(mode=0o700)
    (building / BACKUPS).mkdir(mode=0o700)
    keys = Keys.make()
    write_keys(building / KEYS, keys)
    path = building / DATABASE
    path.touch(mode=0o600)
    engine = open_engine(path)
    books = Books(engine, path)
    try:
        create_schema(engine, path)
        with books.writing() as work:
            work.rules.found_shop(keys.shop_id, mode, at)
            fill(work, keys)
            heads = work.journal.heads()
            work.commit()
    finally:
        books.close()
    shop = OpenShop(building, books, keys, mode)
    for head in heads:
        shop.anchor(head)


def open_shop(folder: Path, at: datetime) -> OpenShop:
    """Open an existing shop to sell, bringing an older schema up to date after a backup.

    A damaged, missing, newer, older or foreign file is refused and left as it is, byte for byte: it is looked at
    before it is opened for writing, and never is a new database made in its place. Raises KnownError.
    """
    path = folder / DATABASE
    if (folder / MANIFEST).exists():
        # It would be the backup of nothing any more.
        raise KnownError(Trouble.SHOP_IS_BACKUP, folder=str(folder))
    # What a power cut left half-written in SQLite's old journal mode has to be rolled back before anybody can look.
    if not path.with_name(path.name + "-journal").exists():
        look_at_shop(folder).close()
    if not os.access(path, os.W_OK):
        raise KnownError(Trouble.BOOKS_READ_ONLY, file=str(path))
    engine = open_engine(path)
    try:
        if schema_of(engine, path) != HEAD:
            migrate(engine, path, folder / BACKUPS / f"before-{HEAD}-{at:%Y%m%d-%H%M%S}.sqlite3")
        return _checked(folder, engine, against_anchors=True)
    except BaseException:
        engine.dispose()
        raise


def look_at_shop(folder: Path, *, against_anchors: bool = True) -> OpenShop:
    """Open an existing shop for reading only: nothing in its books changes. Raises KnownError as `open_shop` does."""
    path = folder / DATABASE
    with world_errors(path):
        if not shop_exists(folder):
            raise KnownError(Trouble.SHOP_MISSING, folder=str(folder))
        if not path.exists():
            raise KnownError(Trouble.BOOKS_MISSING, file=str(path))
        _look_at_file(path)
    engine = open_engine(path, looking=True)
    try:
        schema_of(engine, path)
        return _checked(folder, engine, against_anchors=against_anchors)
    except BaseException:
        engine.dispose()
        raise


def _look_at_file(path: Path) -> None:
    """A file that is no database, or shorter than its own header says, is damaged."""
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(_SQLITE_MAGIC):
        raise KnownError(Trouble.BOOKS_DAMAGED, file=str(path))
    page_size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    log = path.with_name(path.name + "-wal")
    log_holds_pages = log.exists() and log.stat().st_size > 0
    # 65,536 is spelt 1. Pages that are still in the log may be missing from the file.
    if path.stat().st_size < pages * (65536 if page_size == 1 else page_size) and not log_holds_pages:
        raise KnownError(Trouble.BOOKS_DAMAGED, file=str(path))


def _checked(folder: Path, engine: Engine, *, against_anchors: bool) -> OpenShop:
    """The shop over an engine, if its keys are its own and its books reach as far as they are known to."""
    keys = read_keys(folder / KEYS)
    books = Books(engine, folder / DATABASE)
    # Before the books: another lane that sells meanwhile notes heads this moment of the books does not hold yet.
    with world_errors(folder / ANCHORS):
        anchors = read_anchors(folder) if against_anchors else []
    with books.reading() as work:
        try:
            shop_id, mode = work.rules.shop()
        except (LookupError, ValueError) as error:
            raise KnownError(Trouble.BOOKS_DAMAGED, file=str(books.path)) from error
        if shop_id != keys.shop_id:
            raise KnownError(Trouble.KEYS_WRONG, file=str(folder / KEYS))
        _hold_against_anchors(work, folder, anchors)
    return OpenShop(folder, books, keys, mode)


def _hold_against_anchors(work: UnitOfWork, folder: Path, anchors: Sequence[JournalHead]) -> None:
    """The books must reach at least as far as the last anchor (reliability I-12): a cut tail or an old file shows."""
    for anchor in anchors:
        head = work.journal.head(anchor.workstation)
        if head.sequence < anchor.sequence or work.journal.mac_at(anchor.workstation, anchor.sequence) != anchor.mac:
            raise KnownError(
                Trouble.BOOKS_BEHIND,
                file=str(folder / DATABASE),
                workstation=anchor.workstation,
                books=head.sequence,
                anchor=anchor.sequence,
            )


def note_anchor(folder: Path, head: JournalHead) -> None:
    """Add a head to the anchors of its workstation.

    The line feed goes first too: a line that a full disk or a power cut tore stays a line of its own.
    """
    with open(_anchor_file(folder, head.workstation), "a", encoding="ascii", opener=_private) as file:
        file.write(f"\n{head.sequence} {head.mac}\n")


def read_anchors(folder: Path) -> list[JournalHead]:
    """The furthest whole line near the end of every anchor file; a torn line is passed over."""
    heads: list[JournalHead] = []
    for file in sorted((folder / ANCHORS).glob("[0-9][0-9].log")):
        with file.open("rb") as lines:
            lines.seek(max(0, file.stat().st_size - 4096))
            tail = lines.read().decode("ascii", "replace").split("\n")[:-1]
        noted = [_ANCHOR.fullmatch(line) for line in tail]
        known = [JournalHead(int(file.stem), int(line[1]), line[2]) for line in noted if line]
        heads += sorted(known, key=lambda head: head.sequence)[-1:]
    return heads


def keep_logo(folder: Path, sha256: str, content: bytes) -> None:
    """Put a picture where the rules will name it, whole or not at all; nothing is ever removed from there.

    Raises KnownError for a full disk.
    """
    _keep_file(folder / LOGOS / f"{sha256}.png", content)


def keep_picture(folder: Path, name: str, content: bytes) -> None:
    """Put the picture of an item where the item will name it, whole or not at all. Raises KnownError as `keep_logo`."""
    _keep_file(folder / PICTURES / name, content)


def _keep_file(target: Path, content: bytes) -> None:
    unfinished = target.with_name(f".{target.name}.part-{os.getpid()}")
    with world_errors(target):
        target.parent.mkdir(mode=0o700, exist_ok=True)
        with open(unfinished, "wb", opener=_private) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)


def copy_logos(folder: Path, target: Path) -> None:
    """Every picture of a shop beside a copy of its books, which may name any of them."""
    for file in sorted((folder / LOGOS).glob("[0-9a-f]*.png")):
        keep_logo(target, file.stem, file.read_bytes())


def copy_pictures(folder: Path, target: Path) -> None:
    """Every picture of an item beside a copy of the books."""
    for file in sorted((folder / PICTURES).glob("[!.]*")):
        if file.is_file():
            keep_picture(target, file.name, file.read_bytes())


def write_keys(path: Path, keys: Keys) -> None:
    text = json.dumps({**_spelt(keys), "check": _check_of(keys)}, indent=1)
    with open(path, "w", encoding="ascii", opener=_private) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read_keys(path: Path) -> Keys:
    """The shop's keys. Raises KnownError KEYS_MISSING or KEYS_WRONG."""
    try:
        with world_errors(path):
            text = path.read_bytes()
        body = json.loads(text.decode("ascii"))
        keys = Keys(body["shop_id"], bytes.fromhex(body["journal_key"]), bytes.fromhex(body["pepper"]))
        # A file of before it was written down has none.
        if body.get("check", _check_of(keys)) != _check_of(keys):
            raise ValueError("a key is not the one that was written")
        return keys
    except FileNotFoundError as error:
        raise KnownError(Trouble.KEYS_MISSING, file=str(path)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise KnownError(Trouble.KEYS_WRONG, file=str(path)) from error


def _spelt(keys: Keys) -> dict[str, str]:
    return {"shop_id": keys.shop_id, "journal_key": keys.journal_key.hex(), "pepper": keys.pepper.hex()}


def _check_of(keys: Keys) -> str:
    """A digit of the file that a disk changed shows before anything is signed with the wrong key."""
    return hashlib.sha256(json.dumps(_spelt(keys), sort_keys=True).encode("ascii")).hexdigest()


def _anchor_file(folder: Path, workstation: int) -> Path:
    return folder / ANCHORS / f"{workstation:02d}.log"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
