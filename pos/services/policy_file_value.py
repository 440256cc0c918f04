"""How the rules about values and tenders stand in the file of a return policy."""

from __future__ import annotations

from pos.domain.refund_rules import (
    BadCheck,
    CardGone,
    CashMost,
    CheckHold,
    DrawerShort,
    Precedence,
    RefundChoice,
    RefundPrecedence,
    RefundTo,
    StoreCreditLasts,
)
from pos.domain.return_value_rules import (
    DayBand,
    FeeTax,
    MissingPart,
    NoReceiptPrice,
    NoReceiptValue,
    PromotionMethod,
    PromotionReturn,
    Rebate,
    RestockingFee,
    Rewards,
    TaxRefund,
)
from pos.services.policy_fields import DAYS, LIST, MONEY, NUMBER, PERCENT, WORD, WORDS, YES, KindSpec, Named, one_of

VALUE_KINDS: tuple[KindSpec, ...] = (
    KindSpec(PromotionReturn, {"method": one_of(PromotionMethod), "promotions": WORDS}, ("promotions",)),
    KindSpec(
        RestockingFee,
        {
            "percent_millionths": Named("percent", PERCENT),
            "amount": MONEY,
            "by_line": YES,
            "tax": one_of(FeeTax),
            "unless": WORDS,
            "unless_regions": WORDS,
        },
    ),
    KindSpec(TaxRefund, {"days": DAYS, "without_receipt": YES}),
    KindSpec(DayBand, {"after": DAYS, "percent_millionths": Named("percent", PERCENT)}, ("after",)),
    KindSpec(
        MissingPart, {"parts": WORDS, "amount": MONEY, "percent_millionths": Named("percent", PERCENT)}, ("parts",)
    ),
    KindSpec(Rebate, {"amount": MONEY, "fact": WORD}),
    KindSpec(Rewards, {"claw_back": YES}),
    KindSpec(NoReceiptValue, {"price": one_of(NoReceiptPrice), "days": DAYS, "pays": WORD, "cash_below": MONEY}),
    KindSpec(RefundPrecedence, {"order": one_of(Precedence), "classes": LIST}),
    KindSpec(RefundTo, {"of": WORDS, "to": WORD, "limit": MONEY, "above": WORD}, ("of",)),
    KindSpec(RefundChoice, {"to": WORDS, "of": WORDS}, ("of", "to")),
    KindSpec(CheckHold, {"days": DAYS, "business_days": YES, "meanwhile": WORD}),
    KindSpec(BadCheck, {"of": WORDS, "refuse": YES}, ("of",)),
    KindSpec(CashMost, {"most": MONEY, "instead": WORD}),
    KindSpec(DrawerShort, {"to": WORD}),
    KindSpec(CardGone, {"to": LIST, "ask": YES}),
    KindSpec(StoreCreditLasts, {"months": NUMBER}),
)
