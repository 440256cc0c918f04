"""The policies of docs/policies with their scripts, and a shop in which one script is played under any policy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from pos.domain.policy_rule import Policy
from pos.domain.rights import NO_ROLES
from pos.script.compare import Difference, compare
from pos.script.lane import Lane
from pos.script.perform import perform
from pos.script.play_cards import set_cards
from pos.script.premises import premises
from pos.script.read import Fields, Node, Rows, read_script
from pos.script.return_steps import QUOTES
from pos.script.sale_steps import Sell
from pos.script.setup import Script, read_setup
from pos.script.step_bodies import Clock
from pos.services.policy_file import parse_policy, policy_text, read_policy_file
from pos.services.policy_versions import write_policy
from pos.wording import Wording
from tests.house import tree
from tests.script.playing import settings

FOLDER = tree.ROOT / "docs/policies"
_PLAY = ".play.yaml"
NAMES = tuple(sorted(file.name.removesuffix(_PLAY) for file in FOLDER.glob(f"*{_PLAY}")))
# What only one policy says so.
_ITS_OWN = frozenset({"rule", "text", "customer_text"})
# Before any sale of the scripts.
_EVER = date(2000, 1, 1)


def script_of(name: str) -> Path:
    return FOLDER / f"{name}{_PLAY}"


@cache
def policy_of(name: str, currency: str = "USD") -> Policy:
    return read_policy_file(FOLDER / f"{name}.yaml", currency)


@cache
def script(name: str) -> Script:
    """The whole script, checked as `kassa play` does."""
    return read_setup(read_script(script_of(name)), None, NO_ROLES, folder=FOLDER)


@dataclass(frozen=True)
class Shop:
    """A shop with the goods and the sales of one script, in which any policy can be put in force."""

    script: Script
    lane: Lane

    def put(self, policy: Policy) -> None:
        """Every sale is judged by it from now on. Raises FileFault where it contradicts itself."""
        desk = self.lane.station.desk
        text = policy_text(policy, self.script.rules.currency)
        parse_policy(text, self.script.rules.currency)
        with desk.shop.books.writing() as work:
            head = write_policy(work, desk, text, _EVER, None, by="101")
            work.commit()
        desk.shop.anchor(head)

    def differences(self) -> Iterator[tuple[int, list[Difference]]]:
        """For each question of the script, by its step, what came out otherwise than it says. Rules have no names here:
        another policy calls its own otherwise, and speaks otherwise. Nothing is written, so it can be asked again.
        """
        self.lane.premises.clock.moment = self.script.clock or self.lane.premises.clock.moment
        for step in self.script.steps:
            if isinstance(step.body, Clock) or step.kind in QUOTES:
                result = perform(self.lane, step).result
                if step.expect is not None:
                    yield step.number, compare(_without_names(step.expect), result)


@contextmanager
def shop_of(name: str) -> Iterator[Shop]:
    """The shop of one script with all it sells, before anything came back; it is gone afterwards."""
    read = script(name)
    with premises(None, 1, settings()) as place:
        place.found(replace(read, return_policy=None))
        lane = Lane(place, Wording(read.rules.language), lambda _step, _receipt: None, opens_till=True)
        lane.begin(place.operator(read))
        set_cards(lane, read.cards)
        for step in read.steps:
            if isinstance(step.body, Clock | Sell):
                perform(lane, step)
        yield Shop(read, lane)


def _without_names(node: Node) -> Node:
    if isinstance(node, Fields):
        kept = {key: _without_names(value) for key, value in node.values.items() if key not in _ITS_OWN}
        return replace(node, values=kept)
    if isinstance(node, Rows):
        return replace(node, rows=[_without_names(row) for row in node.rows])
    return node
