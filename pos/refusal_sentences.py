"""Every sentence for a "no", from the tables of its parts: loaded when somebody is refused something."""

from __future__ import annotations

from collections.abc import Callable

from pos.after_sale_words import AFTER_SALE_WORDS
from pos.approval_words import APPROVAL_WORDS
from pos.card_words import CARD_WORDS
from pos.catalogue_words import CATALOGUE
from pos.check_words import CHECK_WORDS
from pos.code_words import CODE_WORDS
from pos.customer_words import CUSTOMER_WORDS
from pos.deposit_words import DEPOSIT_WORDS
from pos.domain.refusal import Code
from pos.gift_card_words import GIFT_CARD_WORDS
from pos.key_words import KEY_WORDS
from pos.refusal_words import REFUSALS
from pos.return_words import RETURN_WORDS
from pos.selling_words import SELLING
from pos.set_up_words import SET_UP_REFUSALS
from pos.speech import Speech
from pos.staff_words import STAFF_WORDS
from pos.tax_words import TAX_WORDS
from pos.tender_words import TENDER_WORDS
from pos.till_words import TILL_WORDS

SENTENCES: dict[Code, Callable[[Speech, dict[str, object]], str]] = {
    **REFUSALS,
    **DEPOSIT_WORDS,
    **CHECK_WORDS,
    **GIFT_CARD_WORDS,
    **CATALOGUE,
    **SELLING,
    **APPROVAL_WORDS,
    **CODE_WORDS,
    **STAFF_WORDS,
    **TAX_WORDS,
    **CARD_WORDS,
    **TENDER_WORDS,
    **CUSTOMER_WORDS,
    **SET_UP_REFUSALS,
    **KEY_WORDS,
    **TILL_WORDS,
    **AFTER_SALE_WORDS,
    **RETURN_WORDS,
}
