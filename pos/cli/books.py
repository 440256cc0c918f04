"""`kassa verify`, `kassa backup`, `kassa restore`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime

from pos.cli import shop_folder
from pos.domain.finding import Violation
from pos.domain.shop import Mode
from pos.services.backup import back_up, kept_beside, look_into, restore
from pos.services.verify import VerifyReport, verify_shop
from pos.settings import DEMO_SHOP, OWN_SHOP, home_folder
from pos.wording import Wording

# So many of one kind are each named; more would hide what else is wrong.
_FEW = 5


def verify_command(options: argparse.Namespace, words: Wording) -> int:
    """Exit status 0 where everything holds, 1 where something does not."""
    report = verify_shop(shop_folder(options))
    print(json.dumps(_as_json(report), ensure_ascii=False) if options.json else _as_text(report, words))
    return 0 if report.sound else 1


def backup_command(options: argparse.Namespace, words: Wording) -> int:
    """Exit status 1 where the books that were copied do not hold; the backup is there all the same."""
    now = datetime.now(UTC)
    folder = shop_folder(options)
    target = options.target or folder / "backups" / f"asked-{now:%Y%m%d-%H%M%S}"
    made = back_up(folder, target, now)
    print(
        words.count(
            "The shop is backed up in {folder}, with {n} sale; the copy was checked.",
            "The shop is backed up in {folder}, with {n} sales; the copy was checked.",
            made.report.transactions,
            folder=made.folder,
        )
    )
    if made.report.sound:
        return 0
    print(_as_text(made.report, words))
    return 1


def restore_command(options: argparse.Namespace, words: Wording) -> int:
    """Exit status 1 where the restored books do not hold; they are in place all the same."""
    # On a bare machine: where the program looks for a shop of its kind.
    contents = look_into(options.backup)
    folder = options.shop or home_folder() / (DEMO_SHOP if contents.mode is Mode.DEMO else OWN_SHOP)
    now = datetime.now(UTC)
    report = restore(contents.folder, folder, now)
    print(words.say("The shop is restored in {folder}.", folder=folder))
    if (before := kept_beside(folder, now)).exists():
        print(words.say("What was there before is kept in {folder}.", folder=before))
    print(_as_text(report, words))
    return 0 if report.sound else 1


def _as_text(report: VerifyReport, words: Wording) -> str:
    looked_at = words.say(
        "Journal entries: {entries}. Sales: {sales}.",
        entries=words.number(report.entries),
        sales=words.number(report.transactions),
    )
    if report.sound:
        return "\n".join((f"{looked_at} {words.say('Everything holds.')}", *_unknown(report, words)))
    lines = [looked_at]
    if report.first_broken is not None:
        lines.append(words.say("First broken journal entry: {entry}.", entry=report.first_broken))
    lines.extend(_unknown(report, words))
    lines.extend(_named(report, words))
    return "\n".join(line.rstrip() for line in lines)


def _named(report: VerifyReport, words: Wording) -> Iterator[str]:
    """Each violation; of many that say the same only the first, and how many there are. `--json` has them all."""
    alike: dict[tuple[str, str], list[Violation]] = {}
    for it in report.violations:
        alike.setdefault((it.invariant, it.finding.value), []).append(it)
    for found in alike.values():
        shown = found if len(found) <= _FEW else found[:1]
        for it in shown:
            line = f"{it.invariant}  {it.where}: {words.finding(it.finding)} {it.detail}".rstrip()
            yield line if len(shown) == len(found) else f"{line} {_first_of(len(found), words)}"


def _first_of(how_many: int, words: Wording) -> str:
    return words.say("This is the first of {n}.", n=words.number(how_many))


def _unknown(report: VerifyReport, words: Wording) -> Iterator[str]:
    """Card payments nobody knows the end of: to be seen, though the books hold."""
    for card in report.unknown_outcomes:
        yield words.say("Nobody knows the outcome of card payment {card}.", card=card)
    for card in report.owed_to_cards:
        yield words.say("Card payment {card} was to go back and did not.", card=card)


def _as_json(report: VerifyReport) -> dict[str, object]:
    return {
        "sound": report.sound,
        "entries": report.entries,
        "transactions": report.transactions,
        "first_broken": report.first_broken,
        "balances": report.balances,
        "unknown_outcomes": list(report.unknown_outcomes),
        "owed_to_cards": list(report.owed_to_cards),
        "violations": [
            {"invariant": found.invariant, "where": found.where, "finding": found.finding, "detail": found.detail}
            for found in report.violations
        ],
    }
