"""The sentences about tax; `pos.wording` says them."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.refusal import Code
from pos.speech import Speech

TAX_WORDS: dict[Code, Callable[[Speech, dict[str, object]], str]] = {
    Code.TAX_DATE_INVALID: lambda w, f: (
        w.say(
            "“{line}” is no later amount. Nothing was changed. Write a day and an amount up to {most}, "
            "as 2027-01-01 0.10, each day once.",
            line=f["line"],
            most=f["most"],
        )
        if "most" in f
        else w.say(
            "“{line}” is no later rate. Nothing was changed. Write a day and 0 to 100 per cent, as 2027-01-01 12.5, "
            "each day once.",
            line=f["line"],
        )
    ),
    Code.CERTIFICATE_INVALID: lambda w, f: w.say(
        "That cannot be the number of a certificate. The sale bears tax as before. "
        "Type it as it stands there, at most {most} characters.",
        most=f["most"],
    ),
    Code.BUYER_INCOMPLETE: lambda w, f: w.say(
        "A tax document needs the buyer’s name and address. Nothing was kept. Type both to go on."
    ),
    Code.VAT_NUMBER_INVALID: lambda w, f: w.say(
        "“{number}” is no VAT number of that country. Nothing was kept. Check it with the buyer, or leave it empty.",
        number=f["number"],
    ),
}
