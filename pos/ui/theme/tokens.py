"""The colours of a theme as one frozen value; the numbers stand in tokens.json."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Literal

from pos.domain.frozen import dataclass

ThemeName = Literal["light", "dark", "training_light", "training_dark"]
Kind = Literal["info", "ok", "warn", "bad", "out", "train", "neutral"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour of one theme as "#RRGGBB". `control` edges what is operated, `border` only decorates."""

    name: str
    bg: str
    surface: str
    sunken: str
    hover: str
    border: str
    control: str
    text: str
    text2: str
    text3: str
    primary: str
    onprimary: str
    primary_soft: str
    primary_line: str
    primary_text: str
    primary_edge: str
    ok: str
    ok_soft: str
    ok_line: str
    onok: str
    warn: str
    warn_soft: str
    warn_line: str
    bad: str
    bad_soft: str
    bad_line: str
    onbad: str
    out: str
    out_soft: str
    out_line: str
    onout: str
    rail: str
    rail_text: str
    rail_on: str
    rail_sel: str
    train: str
    train_soft: str
    ontrain: str
    train_text: str
    teal: str
    teal_soft: str
    violet: str
    violet_soft: str
    focus: str

    @property
    def is_dark(self) -> bool:
        return self.name.endswith("dark")

    def on_soft(self, kind: Kind) -> tuple[str, str, str]:
        """Text, ground and edge of a chip or banner of this meaning."""
        return {
            "info": (self.primary_text, self.primary_soft, self.primary_line),
            "ok": (self.ok, self.ok_soft, self.ok_line),
            "warn": (self.warn, self.warn_soft, self.warn_line),
            "bad": (self.bad, self.bad_soft, self.bad_line),
            "out": (self.out, self.out_soft, self.out_line),
            "train": (self.train_text, self.train_soft, self.train),
            "neutral": (self.text2, self.sunken, self.border),
        }[kind]


@cache
def tokens(name: ThemeName) -> Tokens:
    """The colours of a theme; a training theme is its plain one with some colours replaced."""
    palettes: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("tokens.json").read_text("utf-8"))
    plain = "dark" if name.endswith("dark") else "light"
    colours = {**palettes[plain], **(palettes[name] if name != plain else {})}
    colours.setdefault("primary_edge", colours["primary"])
    wanted = set(Tokens.__match_args__) - {"name"}
    return Tokens(name=name, **{key: colours[key] for key in wanted})
