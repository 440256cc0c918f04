"""Play a lane script that stands in a test, through the function `kassa play` calls."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

from pos.script import play
from pos.settings import MachineSettings, home_folder, read_settings

SHOP = """
lane: 1
shop:
  currency: USD
  timezone: America/New_York
  tax_rates: {standard: "8.875", food: "0"}
  cash_rounding: "0.05"
items:
  - {id: KETTLE, gtin: "9520000001018", name: Kettle, price: "30.00", tax: standard, category: home}
  - {id: BANANA, plu: "4011", name: Bananas, price: "1.29", per: lb, tax: food, category: produce}
  - {id: FREE, price: "0.00"}
  - {id: PENNY, price: "0.01"}
"""


@dataclass(frozen=True)
class Output:
    """What came out of playing: exit status, both streams, and with JSON the object of each file."""

    status: int
    out: str
    err: str

    @property
    def files(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def only(self) -> dict[str, Any]:
        (file,) = self.files
        return file

    @property
    def steps(self) -> list[dict[str, Any]]:
        steps: list[dict[str, Any]] = self.only["steps"]
        return steps

    @property
    def error(self) -> tuple[int | None, str]:
        return self.only["error"]["line"], self.only["error"]["text"]


def settings() -> MachineSettings:
    return read_settings(home_folder())


def play_files(*files: Path, as_json: bool = True, shop: Path | None = None, workstation: int | None = None) -> Output:
    out, err = io.StringIO(), io.StringIO()
    status = play.main(
        list(files),
        as_json=as_json,
        shop=shop,
        workstation=workstation,
        settings=settings(),
        stdout=out,
        stderr=err,
    )
    return Output(status, out.getvalue(), err.getvalue())


def play_text(
    folder: Path,
    script: str,
    *,
    as_json: bool = True,
    shop: Path | None = None,
    workstation: int | None = None,
) -> Output:
    """Play `script`, a whole file."""
    file = folder / "script.yaml"
    file.write_text(dedent(script), "utf-8")
    return play_files(file, as_json=as_json, shop=shop, workstation=workstation)


def play_steps(folder: Path, steps: str, *, before: str = "") -> Output:
    """Play steps in the shop of these tests; `before` are more keys of the file."""
    return play_text(folder, f"{SHOP}{dedent(before)}\nsteps:\n{_indented(steps)}")


def _indented(steps: str) -> str:
    return "".join(f"  {line}\n" for line in dedent(steps).strip("\n").splitlines())
