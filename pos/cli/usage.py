"""What the reader of the words typed after `kassa` says by itself, in the language of everything else.

The standard library asks gettext for these sentences, so they only have to be in our catalogue, and gettext to be told.
"""

from __future__ import annotations

import gettext

from pos.speech import CATALOGUES, DOMAIN, N_

SENTENCES = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("expected one argument"),
    N_("not allowed with argument %s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("ignored explicit argument %r"),
)


def speak(language: str) -> None:
    """Have the standard library take its sentences from our catalogue; English is what it speaks without one."""
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain("messages" if language == "en" else DOMAIN)
