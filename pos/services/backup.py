"""Back a shop up while it sells, and put it back on a bare machine."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from pos.domain.frozen import dataclass
from pos.domain.shop import Mode
from pos.domain.trouble import KnownError, Trouble
from pos.persistence.schema import copy_database
from pos.persistence.shop_folder import (
    ANCHORS,
    BACKUPS,
    DATABASE,
    KEYS,
    MANIFEST,
    OpenShop,
    copy_logos,
    copy_pictures,
    look_at_shop,
    note_anchor,
    open_shop,
    read_anchors,
    read_keys,
    shop_exists,
    write_keys,
)
from pos.services.backup_note import forget_failed_backup, note_failed_backup
from pos.services.half_restore import alone, refuse_if_open, take_place
from pos.services.verify import VerifyReport, verify_books
from pos.settings import OWN_SHOP

# How many backups made by the program itself are kept; those made by `kassa backup` are never removed.
KEPT = 14
_LEFT_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup: a folder with the books, the keys in a file of their own, and what both should be."""

    folder: Path
    report: VerifyReport


def back_up(shop_folder: Path, target: Path, at: datetime) -> Backup:
    """A consistent copy of a shop, also while it sells, with what `verify` says of it. `target` is complete or absent.

    A shop that would not open is not backed up: its keys and the heads noted outside its books hold for the copy too.
    Raises KnownError as `look_at_shop` does, SHOP_EXISTS where the target does, FILE_UNREADABLE.
    """
    look_at_shop(shop_folder).close()
    unfinished = target.with_name(f".{target.name}.part-{os.getpid()}")
    try:
        if os.path.lexists(target):
            raise KnownError(Trouble.SHOP_EXISTS, folder=str(target))
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _copy_shop(shop_folder, unfinished)
        report = _verified(look_at_shop(unfinished))
        manifest = {"made_at": at.isoformat()} | {name: _digest(unfinished / name) for name in (DATABASE, KEYS)}
        _write_private(unfinished / MANIFEST, json.dumps(manifest, indent=1))
        unfinished.rename(target)
    except OSError as error:
        raise KnownError(Trouble.FILE_UNREADABLE, file=str(target), detail=error.strerror or str(error)) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    if report.sound:
        forget_failed_backup(shop_folder)
    return Backup(target, report)


def back_up_at_end(shop: OpenShop, at: datetime) -> Backup:
    """The backup the program makes by itself when it ends; older ones of its own beyond KEPT are removed.

    One that fails is noted for the next start. Raises KnownError as `back_up`, and BOOKS_UNSOUND where it is made of
    books that do not hold: it pushes no better one out.
    """
    own = shop.folder / BACKUPS
    try:
        _clear_left_halves(own.glob(".end-*.part-*"), at)
        made = back_up(shop.folder, own / f"end-{at:%Y%m%d-%H%M%S-%f}", at)
        if not made.report.sound:
            raise KnownError(Trouble.BOOKS_UNSOUND, folder=str(made.folder))
    except KnownError as error:
        note_failed_backup(shop.folder, error)
        raise
    for old in sorted(own.glob("end-*"))[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return made


@dataclass(frozen=True, slots=True)
class BackupContents:
    """What is in a backup: whose shop, made when, how many sales up to which business day."""

    folder: Path
    mode: Mode
    shop: str
    store: str
    made_at: datetime
    sales: int
    last_day: date | None


def look_into(chosen: Path) -> BackupContents:
    """What restoring a backup would bring; `chosen` is its folder or any file in it. Nothing changes.

    Raises KnownError BACKUP_UNREADABLE, KEYS_MISSING, KEYS_WRONG, BOOKS_NEWER … as opening it does.
    """
    backup = chosen.parent if chosen.is_file() else chosen
    manifest = _manifest(backup)
    if not (backup / KEYS).exists():
        raise KnownError(Trouble.KEYS_MISSING, file=str(backup / KEYS))
    if any(_digest(backup / name) != manifest.get(name) for name in (DATABASE, KEYS)):
        raise KnownError(Trouble.BACKUP_UNREADABLE, folder=str(backup))
    shop = look_at_shop(backup, against_anchors=False)
    try:
        with shop.books.reading() as work:
            rules = work.rules.current()
            sales, last_day = work.transactions.extent()
        made_at = datetime.fromisoformat(str(manifest.get("made_at")))
    except (LookupError, TypeError, ValueError) as error:
        raise KnownError(Trouble.BACKUP_UNREADABLE, folder=str(backup)) from error
    finally:
        shop.close()
    return BackupContents(backup, shop.mode, rules.name, rules.store, made_at, sales, last_day)


def restore_own_shop(home: Path, backup: Path, at: datetime) -> VerifyReport:
    """Make the shop in a backup the one of this machine, which must have none yet.

    Raises KnownError as `look_into` and `restore`; SHOP_EXISTS; WRONG_MODE for a shop that is not for real sales.
    """
    folder = home / OWN_SHOP
    contents = look_into(backup)
    if contents.mode is not Mode.LIVE:
        raise KnownError(Trouble.WRONG_MODE, folder=str(backup), mode=contents.mode.value)
    if shop_exists(folder):
        raise KnownError(Trouble.SHOP_EXISTS, folder=str(folder))
    return restore(contents.folder, folder, at)


def found_backups(home: Path) -> tuple[Path, ...]:
    """Backups that lie where the program puts its own, newest first; the demo shop's are not among them."""
    made = (manifest.parent for manifest in home.glob(f"{OWN_SHOP}*/{BACKUPS}/*/{MANIFEST}"))
    return tuple(sorted(made, key=lambda folder: folder.stat().st_mtime, reverse=True))


def restore(backup: Path, shop_folder: Path, at: datetime) -> VerifyReport:
    """Put a backup in place of whatever is in `shop_folder`; what was there is kept beside it under a dated name.

    The restored books are verified before they take the place.
    Killed on the way, it leaves the one shop or the other: see `half_restore`.
    Raises KnownError BACKUP_UNREADABLE, WORKSTATION_TAKEN where a program has the shop open, RESTORE_RUNNING,
    FILE_UNREADABLE.
    """
    manifest = _manifest(backup)
    if any(_digest(backup / name) != manifest.get(name) for name in (DATABASE, KEYS)):
        raise KnownError(Trouble.BACKUP_UNREADABLE, folder=str(backup))
    if (shop_folder / MANIFEST).exists():
        # A backup, perhaps this one: it is no shop, and stays what it is.
        raise KnownError(Trouble.SHOP_EXISTS, folder=str(shop_folder))
    refuse_if_open(shop_folder)
    with alone(shop_folder):
        _clear_left_halves(shop_folder.parent.glob(f".{shop_folder.name}.restored-*"), at)
        building = shop_folder.with_name(f".{shop_folder.name}.restored-{os.getpid()}")
        try:
            report = _build(building, backup, at)
            take_place(building, shop_folder, kept_beside(shop_folder, at))
        finally:
            shutil.rmtree(building, ignore_errors=True)
    return report


def _build(building: Path, backup: Path, at: datetime) -> VerifyReport:
    """The shop in a backup, made in a folder that is not there yet, and verified."""
    _copy_shop(backup, building)
    (building / BACKUPS).mkdir(mode=0o700)
    return _verified(open_shop(building, at))


def _copy_shop(folder: Path, copy: Path) -> None:
    """All of one moment of a shop but its own backups, in a folder that is not there yet."""
    copy.mkdir(mode=0o700)
    (copy / ANCHORS).mkdir(mode=0o700)
    # Before the books are copied: a shop that goes on selling notes later heads than the copy can hold.
    for head in read_anchors(folder):
        note_anchor(copy, head)
    write_keys(copy / KEYS, read_keys(folder / KEYS))
    copy_database(folder / DATABASE, copy / DATABASE)
    # After them: every logo the copy names was there before the copy could name it.
    copy_logos(folder, copy)
    copy_pictures(folder, copy)


def _clear_left_halves(halves: Iterable[Path], at: datetime) -> None:
    """Remove what a program left that was killed at its copy: books and keys nobody would find again.

    Another workstation may be at its own copy just now: only what is older than any copy takes.
    """
    for half in list(halves):
        with suppress(OSError):
            if at.timestamp() - half.stat().st_mtime > _LEFT_AFTER.total_seconds():
                shutil.rmtree(half)


def kept_beside(shop_folder: Path, at: datetime) -> Path:
    """Where what was in a shop's folder is kept when a backup takes its place at this moment."""
    return shop_folder.with_name(f"{shop_folder.name}.before-{at:%Y%m%d-%H%M%S}")


def _verified(shop: OpenShop) -> VerifyReport:
    """Verify a copy, note its heads as its anchors, and close it."""
    try:
        report = verify_books(shop)
        with shop.books.reading() as work:
            heads = work.journal.heads()
    finally:
        shop.close()
    for head in heads:
        note_anchor(shop.folder, head)
    return report


def _manifest(backup: Path) -> dict[str, object]:
    try:
        manifest = json.loads((backup / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise KnownError(Trouble.BACKUP_UNREADABLE, folder=str(backup)) from error
    return manifest if isinstance(manifest, dict) else {}


def _digest(path: Path) -> str:
    digest = sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise KnownError(Trouble.BACKUP_UNREADABLE, folder=str(path.parent)) from error
    return digest.hexdigest()


def _write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
