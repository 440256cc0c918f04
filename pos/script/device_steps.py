"""What a script does to the devices of its lane, all of them simulated."""

from __future__ import annotations

from pos.domain.frozen import dataclass
from pos.domain.money import AmountUnreadable, Quantity, Unit
from pos.script.fields import Part, bad_choice, part
from pos.script.read import Text
from pos.services.simulation import DrawerState, SimulatedState

SCALE_STATES = ("moving", "offline")


@dataclass(frozen=True, slots=True)
class Device:
    """What becomes of the devices; None leaves one as it is. `scale` shows thousandths, or is one of SCALE_STATES."""

    printer: SimulatedState | None
    drawer: DrawerState | None
    scale: int | str | None


def read_device(body: Part) -> Device:
    """Raises ScriptError for a device or a state there is not."""
    printer = body.choice("printer", list(SimulatedState))
    drawer = body.choice("drawer", list(DrawerState))
    scale = _scale(body)
    if printer is None and drawer is None and scale is None:
        raise body.missing("scale")
    return Device(SimulatedState(printer) if printer else None, DrawerState(drawer) if drawer else None, scale)


def _scale(body: Part) -> int | str | None:
    node = body.get("scale")
    if node is None:
        return None
    if isinstance(node, Text):
        if node.text not in SCALE_STATES:
            raise bad_choice("scale", node.text, SCALE_STATES, node.line)
        return node.text
    scale = part(node, "scale", body.step)
    scale.keys(("weight",))
    weight = scale.needed("weight")
    try:
        return 0 if not weight.strip("0.") else Quantity.read(weight, Unit.KG).thousandths
    except AmountUnreadable as error:
        raise scale.wrong("weight") from error
