"""What lies on the scale of this workstation, as a sale may take it."""

from __future__ import annotations

from pos.devices.ports import OverRange, ScaleOffline, ScalePort, ScaleReading, Unstable, Weight
from pos.devices.simulated.scale import SimulatedScale
from pos.domain.money import Quantity, Unit
from pos.domain.refusal import Code, Refused
from pos.domain.requirement import WEIGHT_MAX_THOUSANDTHS, Weighed, WeightSource


class Weighing:
    """Reading blocks for up to a second: a worker thread asks. `unit` is what the scale shows."""

    def __init__(self, scale: ScalePort | None, unit: Unit) -> None:
        self._scale = scale
        self.unit = unit

    @property
    def has_scale(self) -> bool:
        return self._scale is not None

    def read(self, *, tare: int = 0) -> Weighed | Refused:
        """What lies there now, less `tare` thousandths of packing: for `Answers.weighed`.

        Refused: SCALE_OFFLINE (no scale, or none that answers), WEIGHT_MOVES, SCALE_OVERLOADED, WEIGHT_INVALID where
        nothing is left to sell.
        """
        match self._scale.read() if self._scale is not None else ScaleOffline():
            case Unstable():
                return Refused(Code.WEIGHT_MOVES)
            case OverRange():
                return Refused(Code.SCALE_OVERLOADED)
            case Weight(thousandths):
                weighed = Weighed(Quantity(thousandths, self.unit), WeightSource.SCALE, tare)
                if tare < 0 or not weighed.net.thousandths > 0 or thousandths > WEIGHT_MAX_THOUSANDTHS:
                    return Refused(Code.WEIGHT_INVALID, {"quantity": weighed.net})
                return weighed
            case _:
                return Refused(Code.SCALE_OFFLINE)

    def show(self, shown: int | str) -> bool:
        """Let a simulated scale show thousandths, or that it is `moving`, `over` or `offline`; False for a real one."""
        if not isinstance(self._scale, SimulatedScale):
            return False
        states: dict[str, ScaleReading] = {"moving": Unstable(), "over": OverRange(), "offline": ScaleOffline()}
        self._scale.shown = Weight(shown) if isinstance(shown, int) else states[shown]
        return True

    def close(self) -> None:
        if self._scale is not None:
            self._scale.close()
