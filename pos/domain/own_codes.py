"""The codes the shop itself prints, on badges, receipts, coupons; a sign-in reads them long before items' codes."""

from __future__ import annotations

import re

# What a scanner says of the kind of bars in front of their code (ISO/IEC 15424).
SYMBOLOGY = re.compile(r"\A\][A-Za-z][0-9A-Za-z]")


def own_code(text: str) -> str:
    """What was scanned or typed as the shop's own codes are printed: in capitals, without what a scanner says of its
    bars in front.

    A scanner that types sends small letters while Caps Lock is on. Items' codes are not read so: there case counts.
    """
    code = SYMBOLOGY.sub("", text.strip())
    return code.upper() if code.isascii() else code
