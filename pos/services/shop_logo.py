"""The picture at the head of the shop's papers. The rules name its file, so an old receipt keeps the one it had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from pos.domain.frozen import dataclass
from pos.domain.refusal import Code, Refused
from pos.domain.shop import LogoFile, ShopRules
from pos.domain.staff import Permission
from pos.domain.trouble import KnownError, Trouble
from pos.persistence.shop_folder import LOGOS, keep_logo
from pos.services.desk import Desk
from pos.services.rules_change import bring_in
from receipts import logo as logos
from receipts.document import Logo
from receipts.paper.shop_face import ShopFace

SETTING = "receipt.logo"


@dataclass(frozen=True, slots=True)
class LogoChange:
    """A logo, or none, that is proposed and not yet in force."""

    logo: Logo | None


def look_at_logo(path: Path) -> Logo | Refused:
    """What a picture file would print. Writes nothing.

    Refused: LOGO_NO_PICTURE, LOGO_ANIMATED, LOGO_TOO_LARGE, LOGO_BLANK. Raises KnownError FILE_UNREADABLE.
    """
    try:
        with path.open("rb") as file:
            content = file.read(logos.BYTES_MOST + 1)
    except OSError as error:
        raise KnownError(Trouble.FILE_UNREADABLE, file=str(path), detail=error.strerror or str(error)) from error
    logo = logos.read_logo(content)
    if isinstance(logo, Logo):
        return logo
    megabytes, megapixels = logos.BYTES_MOST // 1_000_000, logos.PIXELS_MOST // 1_000_000
    facts = {"file": path.name, "megabytes": megabytes, "megapixels": megapixels}
    unfit = {
        logos.Unfit.NO_PICTURE: Code.LOGO_NO_PICTURE,
        logos.Unfit.ANIMATED: Code.LOGO_ANIMATED,
        logos.Unfit.TOO_LARGE: Code.LOGO_TOO_LARGE,
        logos.Unfit.BLANK: Code.LOGO_BLANK,
    }
    return Refused(unfit[logo], facts)


def set_logo(desk: Desk, picture: Path | Logo) -> ShopRules | Refused:
    """Print this picture at the head of every paper from now on; the same picture again writes nothing.

    A logo that was looked at is kept as it was seen, whatever has become of its file.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED, BASKET_OPEN, and as `look_at_logo`. Raises KnownError FILE_UNREADABLE.
    """
    operator = desk.permit(Permission.MANAGE_SHOP)
    if isinstance(operator, Refused):
        return operator
    logo = look_at_logo(picture) if isinstance(picture, Path) else picture
    if isinstance(logo, Refused):
        return logo
    kept, content = file_of(logo)

    def change(rules: ShopRules) -> ShopRules:
        # Before the rules are committed that name it: a power cut between leaves a file too many, never one too few.
        keep_logo(desk.shop.folder, kept.sha256, content)
        return _with(rules, kept)

    return bring_in(desk, operator, change, _said)


def file_of(logo: Logo) -> tuple[LogoFile, bytes]:
    """How the rules name a logo, and what stands in its file."""
    content = logos.logo_file(logo)
    return LogoFile(sha256(content).hexdigest(), logo.width, logo.height), content


def remove_logo(desk: Desk) -> ShopRules | Refused:
    """Print no picture from now on. The file stays: the receipts made under it are printed with it again.

    Refused: NOT_SIGNED_ON, NOT_PERMITTED, BASKET_OPEN.
    """
    operator = desk.permit(Permission.MANAGE_SHOP)
    if isinstance(operator, Refused):
        return operator
    return bring_in(desk, operator, lambda rules: _with(rules, None), _said)


def logo_of(folder: Path, rules: ShopRules) -> Logo | None:
    """The logo of this version of the rules. None also where its file is gone or another: a receipt waits for none."""
    named = rules.receipt.logo
    return None if named is None else _read(folder / LOGOS / f"{named.sha256}.png", named.sha256)


def logo_gone(desk: Desk) -> bool:
    """Whether the rules of today name a logo that papers have to do without."""
    return desk.rules.receipt.logo is not None and logo_of(desk.shop.folder, desk.rules) is None


def face_of(desk: Desk, rules: ShopRules) -> ShopFace:
    """How the shop presents itself on a paper made under these rules."""
    return ShopFace.of(rules, logo_of(desk.shop.folder, rules))


def logos_lacking(folder: Path, versions: Iterator[ShopRules]) -> Iterator[str]:
    """The files that rules name and that are not there as they were."""
    named = {rules.receipt.logo.sha256 for rules in versions if rules.receipt.logo is not None}
    for digest in sorted(named):
        file = folder / LOGOS / f"{digest}.png"
        if _content(file, digest) is None:
            yield str(file)


def _with(rules: ShopRules, logo: LogoFile | None) -> ShopRules:
    return replace(rules, receipt=replace(rules.receipt, logo=logo))


def _said(rules: ShopRules) -> dict[str, object]:
    logo = rules.receipt.logo
    return {SETTING: "" if logo is None else f"{logo.width} × {logo.height} {logo.sha256}"}


def _read(file: Path, digest: str) -> Logo | None:
    content = _content(file, digest)
    try:
        return None if content is None else logos.logo_of_file(content)
    except (OSError, ValueError):
        return None


def _content(file: Path, digest: str) -> bytes | None:
    try:
        content = file.read_bytes()
    except OSError:
        return None
    return content if sha256(content).hexdigest() == digest else None
