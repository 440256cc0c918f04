"""The parts of a lane script, taken apart as those of any file people write."""

from __future__ import annotations

from pos.strict_fields import (
    Part,
    bad_choice,
    later,
    local_moment,
    nearest,
    one_value,
    part,
    unknown_key,
)

__all__ = [
    "Part",
    "bad_choice",
    "later",
    "local_moment",
    "nearest",
    "one_value",
    "part",
    "unknown_key",
]
