"""A fault is planted for every property of money, tax, allocation, ledger and journal, and the property sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest
from hypothesis import Phase, settings

from pos.domain import journal
from pos.domain.ledger import CASH_IN_TILL, ROUNDING, LedgerEntry
from pos.domain.tax import TaxRounding
from pos.domain.transaction import SaleLine
from tests.domain import test_cash, test_discount, test_journal, test_money, test_pricing, test_tax

# To see that a fault is seen, its shortest story need not be found.
UNTIL_SEEN = settings(
    max_examples=5_000, deadline=None, database=None, phases=[Phase.generate], report_multiple_bugs=False
)
# What runs in place of the program's function, which it is handed first.
Fault = Callable[..., Any]


def cut_off(_real: Fault, numerator: int, denominator: int) -> int:
    return abs(numerator) // denominator * (-1 if numerator < 0 else 1)


def half_down(_real: Fault, numerator: int, denominator: int) -> int:
    size = (2 * abs(numerator) + denominator - 1) // (2 * denominator)
    return -size if numerator < 0 else size


def without_its_sign(real: Fault, minor: int, currency: str) -> str:
    return str(real(abs(minor), currency))


def remainder_lost(_real: Fault, total: int, weights: Sequence[int]) -> tuple[int, ...]:
    return tuple(total * weight // (sum(weights) or 1) for weight in weights)


def remainder_to_the_last(_real: Fault, total: int, weights: Sequence[int]) -> tuple[int, ...]:
    parts = [total * weight // (sum(weights) or 1) for weight in weights]
    return (*parts[:-1], total - sum(parts[:-1]))


def tie_to_the_later(real: Fault, total: int, weights: Sequence[int]) -> tuple[int, ...]:
    return tuple(real(total, weights[::-1])[::-1])


def as_scanned(_real: Fault, amount: int, shares: Sequence[tuple[str, int]]) -> tuple[int, ...]:
    left, parts = amount, []
    for _, weight in shares:
        parts.append(min(left, weight))
        left -= parts[-1]
    return tuple(parts)


def over_its_weight(_real: Fault, amount: int, shares: Sequence[tuple[str, int]]) -> tuple[int, ...]:
    return (amount, *(0 for _ in shares[1:]))


def every_line_by_itself(real: Fault, lines: Any, *, rounding: TaxRounding, **how: Any) -> Any:
    del rounding
    return real(lines, rounding=TaxRounding.LINE, **how)


def the_whole_receipt(real: Fault, lines: Any, *, rounding: TaxRounding, **how: Any) -> Any:
    del rounding
    return real(lines, rounding=TaxRounding.RECEIPT, **how)


def one_unit_less(real: Fault, lines: Any, **how: Any) -> Any:
    """Net that does not follow the tax."""
    return tuple(
        taxed._replace(taxes=tuple(tax._replace(amount=tax.amount - (tax.amount > 100)) for tax in taxed.taxes))
        for taxed in real(lines, **how)
    )


def base_without_taxes_before(real: Fault, lines: Any, **how: Any) -> Any:
    return tuple(
        taxed._replace(taxes=tuple(tax._replace(base=taxed.net) for tax in taxed.taxes)) for taxed in real(lines, **how)
    )


def change_stays(real: Fault, sale: Any) -> Any:
    return [
        LedgerEntry(leg.account, leg.amount + (sale.change if leg.account == CASH_IN_TILL else 0)) for leg in real(sale)
    ]


def rounding_the_other_way(real: Fault, sale: Any) -> Any:
    return [LedgerEntry(leg.account, -leg.amount if leg.account == ROUNDING else leg.amount) for leg in real(sale)]


def tax_among_sales(real: Fault, sale: Any) -> Any:
    return [LedgerEntry(leg.account.replace("tax_payable:", "sales:"), leg.amount) for leg in real(sale)]


def rounded_too_early(real: Fault, total: int, tenders: Any, rounding: Any) -> Any:
    settled = real(total, tenders, rounding)
    return type(settled)(rounding.rounded(total) - total, settled.paid, settled.due, settled.due_cash, settled.change)


def blind_to_names(real: Fault, line: SaleLine) -> Any:
    return list(real(line)[1:])


def past_left_out(_real: Fault, key: bytes, previous: str, body: bytes) -> str:
    del previous
    return journal.entry_mac(key, journal.GENESIS, body)


def as_it_comes(_real: Fault, body: Any) -> bytes:
    return repr(body).encode()


PLANTS: dict[str, tuple[Callable[..., None], str, Fault]] = {
    "money cut off": (test_money.test_half_goes_away_from_zero_on_both_sides, "test_money.divide_half_up", cut_off),
    "half down": (test_money.test_an_exact_half_goes_away_from_zero, "test_money.divide_half_up", half_down),
    "no sign": (test_money.test_text_and_decimal_say_the_same_amount, "test_money.minor_text", without_its_sign),
    "a part too few": (
        test_money.test_parts_add_up_and_none_is_off_by_a_whole_unit, "test_money.allocate", remainder_lost,
    ),
    "the last bears it": (
        test_money.test_parts_add_up_and_none_is_off_by_a_whole_unit, "test_money.allocate", remainder_to_the_last,
    ),
    "a tie": (test_money.test_on_a_tie_the_earlier_part_gets_the_unit, "test_money.allocate", tie_to_the_later),
    "too much off": (
        test_discount.test_what_is_spread_is_all_there_and_no_part_is_over_its_weight, "test_discount.spread",
        over_its_weight,
    ),
    "first scanned": (
        test_discount.test_the_total_does_not_depend_on_the_order_of_scanning, "pos.domain.pricing.spread", as_scanned,
    ),
    "tax by the receipt": (test_tax.test_each_line_is_rounded_by_itself, "test_tax.tax_lines", the_whole_receipt),
    "tax by the line": (
        test_tax.test_the_receipt_is_rounded_once_and_its_lines_add_up_to_it, "test_tax.tax_lines",
        every_line_by_itself,
    ),
    "net and tax apart": (test_tax.test_net_and_tax_make_what_is_paid, "test_tax.tax_lines", one_unit_less),
    "a tax upon nothing": (
        test_tax.test_net_and_tax_make_what_is_paid, "test_tax.tax_lines", base_without_taxes_before,
    ),
    "change stays": (
        test_pricing.test_postings_balance_and_hold_what_the_receipt_says, "test_pricing.sale_postings", change_stays,
    ),
    "rounding reversed": (
        test_pricing.test_postings_balance_and_hold_what_the_receipt_says, "test_pricing.sale_postings",
        rounding_the_other_way,
    ),
    "tax kept": (
        test_pricing.test_postings_balance_and_hold_what_the_receipt_says, "test_pricing.sale_postings",
        tax_among_sales,
    ),
    "rounded too early": (
        test_cash.test_tenders_change_and_rounding_meet_the_total, "test_cash.settle", rounded_too_early,
    ),
    "a line nobody chains": (
        test_journal.test_no_field_of_a_sale_can_change_unnoticed, "pos.domain.journal._line_body", blind_to_names,
    ),
    "a chain of one": (test_journal.test_a_mac_depends_on_key_past_and_body, "test_journal.entry_mac", past_left_out),
    "two spellings": (test_journal.test_one_spelling_for_one_body, "test_journal.canonical", as_it_comes),
}  # fmt: skip


@pytest.mark.parametrize("plant", PLANTS)
def test_a_property_sees_a_planted_fault(monkeypatch: pytest.MonkeyPatch, plant: str) -> None:
    holds, place, fault = PLANTS[plant]
    where, name = (place if place.startswith("pos.") else f"tests.domain.{place}").rsplit(".", 1)
    module = __import__(where, fromlist=[name])
    monkeypatch.setattr(module, name, partial(fault, getattr(module, name)))
    monkeypatch.setattr(holds, "_hypothesis_internal_use_settings", UNTIL_SEEN)
    with pytest.raises((AssertionError, ValueError)):
        holds()
