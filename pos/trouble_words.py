"""The sentences of what the world does; `pos.wording` says them with everything else."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.trouble import Trouble
from pos.speech import N_, Speech

_Facts = dict[str, object]
# What an operating system answers, on every machine in English.
SYSTEM_SAYS = (
    N_("Permission denied"),
    N_("Operation not permitted"),
    N_("No such file or directory"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("File exists"),
    N_("File name too long"),
    N_("No space left on device"),
    N_("Disk quota exceeded"),
    N_("Read-only file system"),
    N_("Input/output error"),
    N_("Device or resource busy"),
    N_("Too many open files"),
)

TROUBLES: dict[Trouble, Callable[[Speech, _Facts], str]] = {
    Trouble.BOOKS_MISSING: lambda w, f: w.say(
        "The books {file} are gone. No new ones were made. Put the file back, or restore a backup: kassa restore.",
        file=f["file"],
    ),
    Trouble.BOOKS_DAMAGED: lambda w, f: w.say(
        "The books {file} are damaged. They were left as they are. Keep a copy and restore a backup: kassa restore.",
        file=f["file"],
    ),
    Trouble.BOOKS_NEWER: lambda w, f: w.say(
        "The books {file} were made by a newer Kassa. They were left as they are. Install that version here.",
        file=f["file"],
    ),
    Trouble.BOOKS_BEHIND: lambda w, f: w.say(
        "The books {file} end at entry {books}, but entry {anchor} was written at workstation {workstation}. "
        "An old or shortened file was put in their place; it was left as it is. "
        "Put the right file back, or restore the newest backup: kassa restore.",
        **f,
    ),
    Trouble.BOOKS_LOCKED: lambda w, f: w.say(
        "Another program holds the books. Nothing was written, nothing is lost. Close it, or try again in a moment."
    ),
    Trouble.BOOKS_READ_ONLY: lambda w, f: w.say(
        "The books {file} cannot be written. Nothing was changed. Check the rights of the file and its folder.",
        file=f["file"],
    ),
    Trouble.KEYS_MISSING: lambda w, f: w.say(
        "The shop's keys {file} are gone. Without them nobody can sign in and the journal cannot be checked. "
        "Put the file back, or restore a backup: kassa restore.",
        file=f["file"],
    ),
    Trouble.KEYS_WRONG: lambda w, f: w.say(
        "The keys {file} are not those of this shop. Nothing was changed. Put the right file back.", file=f["file"]
    ),
    Trouble.DISK_FULL: lambda w, f: w.say(
        "The disk is full. Nothing was written, what is in the books is safe. Make room, then try again."
    ),
    Trouble.DISK_FAULT: lambda w, f: w.say(
        "The disk reports a fault. The last step was not written. Stop selling here and look at the disk."
    ),
    Trouble.WRONG_MODE: lambda w, f: w.say(
        "The shop in {folder} is of another kind ({mode}). It was not opened. Choose its own folder.", **f
    ),
    Trouble.SHOP_EXISTS: lambda w, f: w.say(
        "There is something in {folder} already. Nothing was written. Choose an empty folder.", folder=f["folder"]
    ),
    Trouble.SHOP_MISSING: lambda w, f: w.say(
        "There is no shop in {folder}. Check the folder, or restore a backup: kassa restore.", folder=f["folder"]
    ),
    Trouble.SHOP_IS_BACKUP: lambda w, f: w.say(
        "{folder} is a backup, and nobody sells into it. It was not opened. Open the shop it was made of, or "
        "restore it in its place: kassa restore.",
        folder=f["folder"],
    ),
    Trouble.WORKSTATION_TAKEN: lambda w, f: w.say(
        "Workstation {workstation} is open in another program. Go on there, or choose another number.",
        workstation=f["workstation"],
    ),
    Trouble.RESTORE_RUNNING: lambda w, f: w.say(
        "A backup is being restored in {folder} just now. Nothing was changed. Try again in a moment.",
        folder=f["folder"],
    ),
    Trouble.MIGRATION_FAILED: lambda w, f: w.say(
        "The books {file} could not be brought up to date and are as they were. A copy is in {backup}. "
        "Use the version of Kassa you had, and report this.",
        **f,
    ),
    Trouble.BOOKS_UNSOUND: lambda w, f: w.say(
        "The shop was backed up in {folder}, but its books do not hold. See what does not: kassa verify.",
        folder=f["folder"],
    ),
    Trouble.BACKUP_UNREADABLE: lambda w, f: w.say(
        "{folder} is not a whole backup. Nothing was changed. Choose another backup.", folder=f["folder"]
    ),
    Trouble.FILE_UNREADABLE: lambda w, f: w.say(
        "{file} cannot be read or written: {detail}. Nothing was changed.", file=f["file"], detail=_why(w, f)
    ),
    Trouble.SETTINGS_UNREADABLE: lambda w, f: w.say(
        "The settings in {file} cannot be used: {detail}. Correct the file and start again.",
        file=f["file"],
        detail=_why(w, f),
    ),
}


def _why(words: Speech, facts: _Facts) -> str:
    """The detail as a word of the language where it is one of the system's, else as it came: a setting, a line."""
    detail = str(facts["detail"])
    return words.say(detail) if detail in SYSTEM_SAYS else detail
