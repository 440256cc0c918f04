"""What a terminal may do to a request: the outcomes that can be scripted, by name, and the amounts that mean one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from pos.termsim.wire import Json, decimal

CATEGORIES = (
    *("Payment", "Reversal", "TransactionStatus", "Login", "Diagnosis", "GetTotals", "Reconciliation"),
    *("CardAcquisition", "EnableService", "Abort"),
)
# What the bank may call its "no", beside any other word.
_NEXO_ERRORS = {"Refusal", "InvalidCard", "PaymentRestriction", "WrongPIN", "NotAllowed", "UnavailableService"}
_NEXO_ERRORS |= {"UnreachableHost", "Cancel", "Aborted", "DeviceOut", "InsertedCard", "UnavailableDevice"}


class NoSuchOutcome(ValueError):
    """An outcome nobody can play: its name or its value is none."""


class Delivery(StrEnum):
    """What happens to the answer on its way."""

    SEND = "send"
    DROP = "drop"
    RESET = "reset"
    HALF = "half"
    SILENT = "silent"
    GARBAGE = "garbage"
    NOT_JSON = "not_json"
    OVERSIZED = "oversized"
    DISPLAY = "display"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What happens to one request. Seconds of None are the simulator's own, scaled by its pace; others are as told."""

    name: str = "approved"
    on: tuple[str, ...] = ("Payment", "Reversal")
    # The request is lost before the terminal notes it.
    unheard: bool = False
    # The terminal answers this at once and does nothing.
    condition: str = ""
    # The bank's "no": nexo's word for it, and its own.
    error: str = ""
    reason: str = ""
    partial: Decimal | None = None
    halved: bool = False
    wrong_pins: int = 0
    cancelled: bool = False
    slow: bool = False
    late: bool = False
    seconds: float | None = None
    delivery: Delivery = Delivery.SEND
    reboots: bool = False
    wrong_amount: bool = False
    told_amount: Decimal | None = None
    wrong_attempt: bool = False
    bad_hmac: bool = False
    # The bank has charged, and its answer never came back to the terminal, which finds out later.
    host_lost: bool = False
    skew_seconds: int = 0
    shuffled_display: bool = False


# How an outcome reads its value, where it may have one.
_Read = Callable[[Outcome, object], Outcome]


def _amount(outcome: Outcome, value: object) -> Outcome:
    amount = decimal({"amount": value}, "amount")
    if amount is None or amount <= 0:
        raise NoSuchOutcome(f"{outcome.name}: {value}")
    return replace(outcome, partial=amount, halved=False)


def _told(outcome: Outcome, value: object) -> Outcome:
    return replace(outcome, partial=None, told_amount=_amount(outcome, value).partial)


def _code(outcome: Outcome, value: object) -> Outcome:
    if not isinstance(value, str) or not value.isprintable() or not 0 < len(value) <= 40:
        raise NoSuchOutcome(f"{outcome.name}: {value}")
    return replace(outcome, error=value if value in _NEXO_ERRORS else outcome.error, reason=value)


def _seconds(outcome: Outcome, value: object) -> Outcome:
    seconds = decimal({"seconds": value}, "seconds")
    if seconds is None or not 0 <= seconds <= 600:
        raise NoSuchOutcome(f"{outcome.name}: {value}")
    return replace(outcome, seconds=float(seconds))


def _skew(outcome: Outcome, value: object) -> Outcome:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 366 * 86400:
        raise NoSuchOutcome(f"{outcome.name}: {value}")
    return replace(outcome, skew_seconds=value)


def _count(outcome: Outcome, value: object) -> Outcome:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 3:
        raise NoSuchOutcome(f"{outcome.name}: {value}")
    return replace(outcome, wrong_pins=value)


_TABLE: dict[str, tuple[Outcome, _Read | None]] = {
    outcome.name: (outcome, read)
    for outcome, read in (
        (Outcome(name="approved"), None),
        (Outcome(name="declined", error="Refusal", reason="DECLINED"), _code),
        (Outcome(name="partial", halved=True, on=("Payment",)), _amount),
        (Outcome(name="cancelled", cancelled=True, on=("Payment",)), None),
        (Outcome(name="wrong_pin", wrong_pins=1, on=("Payment",)), _count),
        (Outcome(name="busy", condition="Busy"), None),
        (Outcome(name="logged_out", condition="LoggedOut"), None),
        (Outcome(name="host_unreachable", condition="UnreachableHost"), None),
        (Outcome(name="host_lost", host_lost=True), None),
        (Outcome(name="reversal_refused", error="Refusal", reason="REVERSAL_REFUSED", on=("Reversal",)), _code),
        (Outcome(name="disconnect_before", unheard=True, delivery=Delivery.DROP), None),
        (Outcome(name="reset_before", unheard=True, delivery=Delivery.RESET), None),
        (Outcome(name="timeout_before", unheard=True, delivery=Delivery.SILENT), None),
        (Outcome(name="disconnect_after_approval", delivery=Delivery.DROP), None),
        (Outcome(name="reset_after_approval", delivery=Delivery.RESET), None),
        (Outcome(name="timeout_after_approval", delivery=Delivery.SILENT), None),
        (Outcome(name="close_mid_body", delivery=Delivery.HALF), None),
        (Outcome(name="garbage", delivery=Delivery.GARBAGE), None),
        (Outcome(name="not_json", delivery=Delivery.NOT_JSON), None),
        (Outcome(name="oversized", delivery=Delivery.OVERSIZED), None),
        (Outcome(name="bad_hmac", bad_hmac=True), None),
        (Outcome(name="slow", slow=True), _seconds),
        (Outcome(name="late_answer", late=True), _seconds),
        (Outcome(name="wrong_amount", wrong_amount=True, on=("Payment",)), _told),
        (Outcome(name="wrong_attempt", wrong_attempt=True), None),
        (Outcome(name="reboot", reboots=True, delivery=Delivery.DROP), _seconds),
        (Outcome(name="reboot_before", reboots=True, unheard=True, delivery=Delivery.DROP), _seconds),
        (Outcome(name="clock_skew", skew_seconds=3600), _skew),
        (Outcome(name="out_of_order_display", shuffled_display=True, delivery=Delivery.DISPLAY), None),
    )
}
NAMES = tuple(_TABLE)

# The last two digits of what is asked; also in docs/terminal-simulator.md.
MAGIC_CENTS = {
    1: "declined",
    5: "cancelled",
    10: "partial",
    13: "disconnect_after_approval",
    14: "disconnect_before",
    17: "timeout_after_approval",
    18: "timeout_before",
    30: "slow",
    31: "late_answer",
    51: ("declined", "NOT_ENOUGH_BALANCE"),
    54: ("declined", "InvalidCard"),
    55: "wrong_pin",
    62: "wrong_amount",
    63: "wrong_attempt",
    77: "busy",
    78: "logged_out",
    91: "host_unreachable",
    96: "reboot",
}


def outcome_of(wish: object) -> Outcome:
    """What `wish` asks for: a name, or {name: value}, with `on` for another kind of message. Raises NoSuchOutcome."""
    if isinstance(wish, str):
        return _entry(wish)[0]
    if not isinstance(wish, dict):
        raise NoSuchOutcome(str(wish))
    named: Json = {name: value for name, value in wish.items() if name != "on"}
    if len(named) != 1:
        raise NoSuchOutcome(str(wish))
    ((name, value),) = named.items()
    outcome, read = _entry(name)
    if value is not None and read is None:
        raise NoSuchOutcome(f"{name}: {value}")
    made = read(outcome, value) if read is not None and value is not None else outcome
    if "on" not in wish:
        return made
    if wish["on"] not in CATEGORIES:
        raise NoSuchOutcome(str(wish["on"]))
    return replace(made, on=(str(wish["on"]),))


def magic_outcome(amount: Decimal) -> Outcome | None:
    """What an amount means by its cents, for demos by hand."""
    meant = MAGIC_CENTS.get(int(amount * 100) % 100)
    if meant is None:
        return None
    return outcome_of(meant if isinstance(meant, str) else {meant[0]: meant[1]})


def _entry(name: str) -> tuple[Outcome, _Read | None]:
    if name not in _TABLE:
        raise NoSuchOutcome(name)
    return _TABLE[name]
