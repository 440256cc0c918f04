"""What a machine lacks for Qt's windows, found before Qt starts.

Qt itself blames libxcb-cursor0 whatever is missing, so every library is tried here by its own name. It stands on the
standard library alone: `run.py` asks before anything is installed, the command line before a window opens.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Mapping, Sequence

# What Qt's modules used here and its offscreen plugin link to and do not bring along, and Debian's package of each.
_BASE = {
    "libstdc++.so.6": "libstdc++6",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
# What Qt's plugin for each kind of display needs besides.
_WINDOW_PLATFORMS = {
    "xcb": {
        "libX11-xcb.so.1": "libx11-xcb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render.so.0": "libxcb-render0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-shm0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-util.so.1": "libxcb-util1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
    },
    "wayland": {
        "libwayland-client.so.0": "libwayland-client0",
        "libwayland-cursor.so.0": "libwayland-cursor0",
        "libwayland-egl.so.1": "libwayland-egl1",
    },
}
_ON_LINUX = sys.platform.startswith("linux")


def window_platforms(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return Qt's platforms that could show a window here, the likeliest first; none means that there is no display."""
    asked = environment.get("QT_QPA_PLATFORM")
    if asked:
        return tuple(name.partition(":")[0] for name in asked.split(";"))
    if not _ON_LINUX:
        return ("native",)
    displays = {"wayland": "WAYLAND_DISPLAY", "xcb": "DISPLAY"}
    return tuple(platform for platform, variable in displays.items() if environment.get(variable))


def silent_display(environment: Mapping[str, str]) -> str:
    """Return the name of the display where no server answers us, or none lets us in; empty where a window can come up.

    Qt would end the program there, and blame a library. Only X and Wayland are asked. Needs their libraries.
    """
    silent = ""
    for platform in window_platforms(environment):
        if platform not in _SERVERS or not _ON_LINUX:
            return ""
        variable, answers = _SERVERS[platform]
        if answers():
            return ""
        silent = silent or environment.get(variable) or variable
    return silent


def _x_answers() -> bool:
    if not _loads("libxcb.so.1"):
        return False
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answers: bool = xcb.xcb_connection_has_error(connection) == 0
    xcb.xcb_disconnect(connection)
    return answers


def _wayland_answers() -> bool:
    if not _loads("libwayland-client.so.0"):
        return False
    if os.environ.get("WAYLAND_SOCKET"):
        return True  # a connection that is open already, and can be taken once only
    wayland = ctypes.CDLL("libwayland-client.so.0")
    wayland.wl_display_connect.restype = ctypes.c_void_p
    display = ctypes.c_void_p(wayland.wl_display_connect(None))
    if display.value is None:
        return False
    wayland.wl_display_disconnect(display)
    return True


# The servers of a display: the variable that names it, and whether it takes us.
_SERVERS = {"xcb": ("DISPLAY", _x_answers), "wayland": ("WAYLAND_DISPLAY", _wayland_answers)}


def missing_libraries(platforms: Sequence[str]) -> tuple[str, ...]:
    """Return the shared libraries that keep all of `platforms` from working; none when one of them can."""
    if not _ON_LINUX:
        return ()
    base = [soname for soname in _BASE if not _loads(soname)]
    lacking = [[soname for soname in _WINDOW_PLATFORMS.get(name, {}) if not _loads(soname)] for name in platforms]
    return (*base, *min(lacking, key=len, default=[]))


def install_line(sonames: Sequence[str]) -> str:
    """Return the one command that brings `sonames` to this machine, in the words of its own package tool."""
    if shutil.which("apt-get") is None and shutil.which("dnf") is not None:
        return "sudo dnf install " + " ".join(f"'{soname}()(64bit)'" for soname in sonames)
    return "sudo apt-get install " + " ".join(debian_packages(sonames))


def debian_packages(sonames: Sequence[str]) -> tuple[str, ...]:
    """Return Debian's names of the packages that hold `sonames`."""
    packages = {soname: package for table in (_BASE, *_WINDOW_PLATFORMS.values()) for soname, package in table.items()}
    return tuple(packages[soname] for soname in sonames)


def _loads(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True
