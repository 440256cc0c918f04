"""The shop itself and the versions of its rules."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from pos.domain.check import CheckRules, ChecksTaken
from pos.domain.frozen import dataclass
from pos.domain.measure_codes import CodeRule, MeasureOf
from pos.domain.money import Unit
from pos.domain.shop import CashRounding, LogoFile, Mode, ReceiptTexts, RoundingMode, RoundingOf, ShopRules
from pos.domain.tax import DatedRate, PriceMode, TaxRate, TaxRounding
from pos.domain.tender import TenderKind
from pos.domain.tender_rules import TenderRule
from pos.persistence.moments import from_text, to_text
from pos.persistence.tables import shop, shop_rules


@dataclass(frozen=True, slots=True)
class RulesChange:
    """When a version of the rules began to hold, and who brought it in."""

    version: int
    starts_at: datetime
    changed_by: str | None


class Rules:
    """The shop's one row of identity, and every version of its rules since."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def found_shop(self, shop_id: str, mode: Mode, at: datetime) -> None:
        self._connection.execute(insert(shop).values(id=1, shop_id=shop_id, mode=mode.value, created_at=to_text(at)))

    def shop(self) -> tuple[str, Mode]:
        """The shop's identity and what its file is for. Raises LookupError or ValueError where the row is damaged."""
        row = self._connection.execute(select(shop.c.shop_id, shop.c.mode).where(shop.c.id == 1)).first()
        if row is None:
            raise LookupError("the shop has no identity")
        return row.shop_id, Mode(row.mode)

    def founded_at(self) -> datetime:
        return from_text(self._connection.execute(select(shop.c.created_at).where(shop.c.id == 1)).scalar_one())

    def add(self, rules: ShopRules, at: datetime, changed_by: str | None) -> None:
        body = json.dumps(asdict(rules), ensure_ascii=False, sort_keys=True)
        self._connection.execute(
            insert(shop_rules).values(version=rules.version, starts_at=to_text(at), body=body, changed_by=changed_by)
        )

    def current(self) -> ShopRules:
        """The newest version. Raises LookupError, TypeError or ValueError where it is damaged."""
        row = self._connection.execute(select(shop_rules.c.body).order_by(shop_rules.c.version.desc()).limit(1)).first()
        if row is None:
            raise LookupError("the shop has no rules")
        return _read(json.loads(row.body))

    def version(self, version: int) -> ShopRules:
        """One version. Raises LookupError where there is none such."""
        return _read(json.loads(self.body(version)))

    def body(self, version: int) -> str:
        """One version as it is stored, JSON. Raises LookupError where there is none such."""
        row = self._connection.execute(select(shop_rules.c.body).where(shop_rules.c.version == version)).first()
        if row is None:
            raise LookupError(f"rules {version}")
        return str(row.body)

    def history(self) -> tuple[RulesChange, ...]:
        """Every version, oldest first, without its body."""
        rows = self._connection.execute(
            select(shop_rules.c.version, shop_rules.c.starts_at, shop_rules.c.changed_by).order_by(shop_rules.c.version)
        )
        return tuple(RulesChange(row.version, from_text(row.starts_at), row.changed_by) for row in rows)


def _read(body: dict[str, Any]) -> ShopRules:
    rounding = body.pop("cash_rounding")
    texts = body.pop("receipt")
    # A version from before shops had a logo says nothing of one.
    logo = texts.pop("logo", None)
    # None: the country's table; a version from before there were such rules says nothing either.
    codes = body.pop("code_rules", None)
    checks = body.pop("checks", None)
    tenders = body.pop("tender_rules", ())
    services = tuple(body.pop("service_departments", ()))
    rolls = tuple(body.pop("coin_rolls", ()))
    holidays = body.pop("holidays", None)
    return ShopRules(
        **body
        | {
            "price_mode": PriceMode(body["price_mode"]),
            "tax_rounding": TaxRounding(body["tax_rounding"]),
            "tax_rates": tuple(_tax_rate(rate) for rate in body["tax_rates"]),
            "cash_rounding": CashRounding(
                step=rounding["step"],
                mode=RoundingMode(rounding["mode"]),
                of=RoundingOf(rounding["of"]),
                least=rounding["least"],
            ),
            "tender_rules": tuple(_tender_rule(rule) for rule in tenders),
            "service_departments": services,
            "coin_rolls": rolls,
            "holidays": None if holidays is None else tuple(holidays),
            "code_rules": None if codes is None else tuple(_code_rule(rule) for rule in codes),
            "checks": CheckRules() if checks is None else _check_rules(checks),
            "receipt": ReceiptTexts(
                **{name: tuple(lines) for name, lines in texts.items()},
                logo=None if logo is None else LogoFile(**logo),
            ),
        }
    )


def _tax_rate(rate: dict[str, Any]) -> TaxRate:
    """A version from before taxes were more than a rate in per cent says its code and rate alone."""
    after = tuple(rate.pop("after", ()))
    dated = tuple(DatedRate(**each) for each in rate.pop("dated", ()))
    return TaxRate(**rate, after=after, dated=dated)


def _check_rules(rules: dict[str, Any]) -> CheckRules:
    return CheckRules(**rules | {"taken": ChecksTaken(rules["taken"])})


def _tender_rule(rule: dict[str, Any]) -> TenderRule:
    lists = {name: tuple(rule[name]) for name in ("departments", "not_for")}
    return TenderRule(**rule | lists | {"kind": TenderKind(rule["kind"])})


def _code_rule(rule: dict[str, Any]) -> CodeRule:
    return CodeRule(**rule | {"of": MeasureOf(rule["of"]), "unit": Unit(rule["unit"])})
