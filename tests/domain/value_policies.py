"""Rules of value and refund of every kind, for property tests; scopes and ids are put on by who uses them."""

from __future__ import annotations

from hypothesis import strategies as st

from pos.domain.policy_rule import Rule
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
    Rebate,
    RestockingFee,
    Rewards,
    TaxRefund,
)

_ID = st.just("")
_PERCENT = st.sampled_from([1, 150_000, 600_000, 999_999])
_AMOUNT = st.integers(1, 9999)
_OTHERS = st.sampled_from(["cash", "store_credit", "gift_card", "mailed_check"])
_NO_CASH = st.sampled_from(["store_credit", "gift_card", "mailed_check"])
_TAKEN = st.frozensets(st.sampled_from(["cash", "debit", "check", "voucher"]), min_size=1, max_size=2)

VALUE_AND_REFUND: tuple[st.SearchStrategy[Rule], ...] = (
    st.builds(RestockingFee, id=_ID, percent_millionths=_PERCENT, tax=st.sampled_from(FeeTax)),
    st.builds(
        RestockingFee, id=_ID, amount=_AMOUNT, by_line=st.booleans(), unless_regions=st.just(frozenset({"US-OH"}))
    ),
    st.builds(TaxRefund, id=_ID, days=st.integers(0, 99), without_receipt=st.booleans()),
    st.builds(DayBand, id=_ID, after=st.integers(0, 99), percent_millionths=_PERCENT),
    st.builds(MissingPart, id=_ID, parts=st.just(frozenset({"lid"})), amount=_AMOUNT),
    st.builds(MissingPart, id=_ID, percent_millionths=_PERCENT),
    st.builds(Rebate, id=_ID, amount=_AMOUNT, fact=st.sampled_from(["rebate_receipt", "slip"])),
    st.builds(Rewards, id=_ID, claw_back=st.booleans()),
    st.builds(NoReceiptValue, id=_ID, days=st.integers(0, 365), pays=_NO_CASH, cash_below=st.integers(0, 999)),
    st.builds(NoReceiptValue, id=_ID, price=st.just(NoReceiptPrice.CURRENT), pays=_OTHERS),
    st.builds(
        RefundPrecedence, id=_ID, order=st.sampled_from([one for one in Precedence if one is not Precedence.CLASSES])
    ),
    st.builds(RefundPrecedence, id=_ID, order=st.just(Precedence.CLASSES), classes=st.just(("cash", "house_card"))),
    st.builds(RefundTo, id=_ID, of=_TAKEN, to=st.just("cash"), limit=st.none() | _AMOUNT),
    st.builds(RefundTo, id=_ID, of=_TAKEN, to=_NO_CASH.filter(lambda to: to != "mailed_check"), limit=_AMOUNT),
    st.builds(RefundChoice, id=_ID, to=st.frozensets(_OTHERS, min_size=1), of=st.just(frozenset()) | _TAKEN),
    st.builds(CheckHold, id=_ID, days=st.integers(1, 30), business_days=st.booleans(), meanwhile=_OTHERS | st.just("")),
    st.builds(BadCheck, id=_ID, of=_TAKEN, refuse=st.booleans()),
    st.builds(CashMost, id=_ID, most=st.integers(0, 9999), instead=_NO_CASH),
    st.builds(DrawerShort, id=_ID, to=_NO_CASH),
    st.builds(
        CardGone, id=_ID, to=st.lists(_OTHERS, min_size=1, max_size=3, unique=True).map(tuple), ask=st.booleans()
    ),
    st.builds(StoreCreditLasts, id=_ID, months=st.integers(0, 99)),
)
