"""What somebody is told first who signs in: the backup that failed, the sale that was taken up again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.domain.rights import Permission
from pos.domain.staff import Operator
from pos.services.backup_note import failed_backup
from pos.services.desk import Desk
from pos.wording import Wording

if TYPE_CHECKING:
    from pos.ui.shell import Shell


def tell_failed_backup(shell: Shell, desk: Desk, operator: Operator, words: Wording) -> None:
    """Whoever may look after the shop hears of it at every sign-on until a backup succeeds."""
    if not operator.may(Permission.MANAGE_SHOP):
        return
    failed = failed_backup(desk.shop.folder)
    if failed is None:
        return
    at = desk.local(failed.at)
    title = words.say("The backup of {day}, {time}, failed.", day=words.short_day(at.date()), time=words.time(at))
    again = words.say("Kassa tries again when it is closed; kassa backup does so at any time.")
    why = "" if failed.why is None else words.trouble(failed.why)
    shell.tell(title, f"{why} {again}".strip(), "warn")


def tell_recovered(shell: Shell, words: Wording) -> None:
    """It stands until the sale goes on."""
    title = words.say("Sale taken up again.")
    shell.tell(title, words.say("The program ended while it was open. Every line is as it was."))
    for later in (shell.sell.pay_wanted, shell.sell.done):
        later.connect(lambda *_: shell.above.untell(shell.sell.notice, title))
