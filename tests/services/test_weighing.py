"""What lies on the scale becomes a line: never while it moves, never nothing, never without its packing."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.devices.ports import OverRange, ScaleOffline, ScaleReading, Unstable, Weight
from pos.devices.simulated.scale import SimulatedScale
from pos.domain.money import Quantity, Unit
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import Answers, Ask, Needs, Weighed, WeightSource
from pos.services.sale import CompletedSale, Sale, SaleView
from pos.services.weighing import Weighing
from tests.corner_shop import new_shop, open_up


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        (Unstable(), Code.WEIGHT_MOVES),
        (OverRange(), Code.SCALE_OVERLOADED),
        (ScaleOffline(), Code.SCALE_OFFLINE),
        (Weight(0), Code.WEIGHT_INVALID),
        (Weight(20), Code.WEIGHT_INVALID),
        (Weight(2_000_000), Code.WEIGHT_INVALID),
    ],
)
def test_what_cannot_be_sold_is_refused(shown: ScaleReading, code: Code) -> None:
    scale = SimulatedScale()
    scale.shown = shown
    answer = Weighing(scale, Unit.KG).read(tare=20)
    assert isinstance(answer, Refused)
    assert answer.code is code


def test_without_a_scale_it_says_so() -> None:
    weighing = Weighing(None, Unit.KG)
    assert not weighing.has_scale
    assert weighing.read() == Refused(Code.SCALE_OFFLINE)
    assert not weighing.show(350)


def test_a_weight_from_the_scale_with_its_packing_reaches_the_books(tmp_path: Path) -> None:
    till = open_up(new_shop(tmp_path / "shop"))
    asked = till.sale.scan("4135")
    assert isinstance(asked, Needs)
    assert asked.asks == (Ask.WEIGHT,)
    scale = SimulatedScale()
    scale.script.append(Unstable())
    scale.shown = Weight(1_304)
    weighing = Weighing(scale, Unit.KG)
    assert weighing.read(tare=20) == Refused(Code.WEIGHT_MOVES)
    weighed = weighing.read(tare=20)
    assert isinstance(weighed, Weighed)
    assert isinstance(till.sale.scan("4135", answers=Answers(weighed=weighed)), SaleView)
    till.sale.tender_cash(10_000)
    done = till.sale.complete()
    assert isinstance(done, CompletedSale)
    line = done.transaction.lines[0]
    assert line.quantity == Quantity(1_284, Unit.KG)
    assert (line.detail.weight_source, line.detail.tare) == (WeightSource.SCALE, 20)
    till.close()


def test_where_there_is_a_scale_a_weight_is_typed_for_a_reason(tmp_path: Path) -> None:
    till = open_up(new_shop(tmp_path / "shop"))
    sale = Sale(till.desk, scale_there=True)
    kilo = Quantity(1_000, Unit.KG)
    bare, said = Weighed(kilo), Weighed(kilo, reason="scale_broken")
    assert sale.scan("4135", answers=Answers(weighed=bare)) == Refused(Code.REASON_REQUIRED)
    assert isinstance(sale.scan("4135", answers=Answers(weighed=said)), SaleView)
    till.close()
