"""Identity documents shown at a return: kept as a keyed hash and the last digits, never the number itself."""

from __future__ import annotations

import hashlib
import hmac

from pos.domain.return_request import IdShown
from pos.persistence.shop_folder import Keys

LAST_SIGNS = 4
# So short a number would stand there whole.
_SHORT = 2 * LAST_SIGNS - 1


def is_number(number: str) -> bool:
    """Whether this can be the number of a document: long enough that its end alone is not all of it."""
    return sum(sign.isalnum() for sign in number) > LAST_SIGNS


def id_shown(keys: Keys, kind: str, number: str) -> IdShown:
    """What is kept of a document: the same document, typed with or without blanks, has the same key."""
    bare = "".join(sign for sign in number.upper() if sign.isalnum())
    key = hmac.new(keys.pepper, f"identity document:{kind}:{bare}".encode(), hashlib.sha256).hexdigest()
    return IdShown(kind, key, bare[-LAST_SIGNS:] if len(bare) > _SHORT else "")
