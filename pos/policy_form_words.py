"""What the kinds of rules of a return policy, their fields and their choices are called in a form."""

from __future__ import annotations

from pos.domain.policy_rule import Rule
from pos.domain.reasons import Reason
from pos.domain.return_rules import Answer
from pos.policy_scope_words import CHANNELS, answer_words, tender_words
from pos.return_words import condition_words, proof_words
from pos.wording import N_, Wording

# What a kind is called, and what it does.
KINDS: dict[str, tuple[str, str]] = {
    "window": (N_("Return window"), N_("So many days goods may come back, and what holds afterwards.")),
    "extension": (N_("Extension"), N_("So many days more than the window, say for members or a card.")),
    "season": (N_("Season"), N_("What was sold on certain days may come back until one day.")),
    "counts_from": (N_("Counts from a day"), N_("Of what was sold early the days count from this day.")),
    "final_sale": (N_("Final sale"), N_("Goods sold as final do not come back.")),
    "non_returnable": (N_("Never taken back"), N_("A kind of goods that is not taken back.")),
    "no_return": (N_("No right of return"), N_("The shop takes nothing back for this reason.")),
    "other_seller": (N_("Another seller"), N_("Goods another shop or a marketplace sold.")),
    "exchange_only": (N_("Exchange only"), N_("No money, other goods instead.")),
    "condition": (N_("State of the goods"), N_("In which states goods may come back.")),
    "proof": (N_("Proof of purchase"), N_("Which proofs are enough.")),
    "no_receipt": (N_("Without a receipt"), N_("Goods of no known sale come back within limits.")),
    "id_required": (N_("Identity document"), N_("Somebody shows who they are.")),
    "signature": (N_("Signature"), N_("The customer signs the shop’s copy.")),
    "claim_days": (
        N_("Days for a claim"),
        N_("Until when a claim for a defect is settled."),
    ),
    "missing_code": (N_("Product code gone"), N_("What happens where the code was cut off.")),
    "missing_parts": (N_("Parts missing"), N_("What happens where parts are missing.")),
    "question": (N_("Question"), N_("The cashier asks something, and the answer decides.")),
    "exchange_limit": (N_("Limit of exchanges"), N_("How often and how long a piece is exchanged.")),
    "even_exchange": (N_("Even exchange"), N_("Whether an even exchange keeps day and price.")),
    "approval": (N_("Manager’s yes"), N_("When a manager has to agree.")),
    "count_limit": (N_("Limit of returns"), N_("How much one customer returns in a while.")),
    "goodwill": (N_("Money without goods"), N_("How much goodwill or a price adjustment may come to.")),
    "promotion": (N_("Promotions"), N_("What becomes of a promotion when part of it comes back.")),
    "restocking_fee": (N_("Restocking fee"), N_("What is kept back of the price.")),
    "tax_refund": (N_("Tax"), N_("When the tax does not come back.")),
    "day_band": (N_("Less with time"), N_("After so many days only part of what was paid.")),
    "missing_part": (N_("Price of a part"), N_("What is kept for each missing part.")),
    "rebate": (N_("Rebate"), N_("A rebate that was paid out is kept back.")),
    "rewards": (N_("Rewards"), N_("Whether rewards that were used are kept back.")),
    "no_receipt_value": (N_("Worth without a receipt"), N_("What such goods are worth, and how it is paid.")),
    "refund_order": (N_("Order of the money"), N_("Which way of paying gets its money back first.")),
    "refund_tender": (N_("Way of the money"), N_("How what was paid one way goes out.")),
    "refund_choice": (N_("Choice of the customer"), N_("Which other ways the customer may have.")),
    "check_hold": (N_("Hold of a check"), N_("How long a check may bounce, and what holds until then.")),
    "bad_check": (N_("Bad check"), N_("Whether whoever owes for a check gets money.")),
    "cash_limit": (N_("Limit of cash"), N_("The most cash at once, and what goes out instead.")),
    "drawer_short": (N_("Drawer too empty"), N_("What goes out where the drawer lacks the cash.")),
    "card_unavailable": (N_("Card gone"), N_("How money goes out that a card takes no more.")),
    "store_credit": (N_("Store credit"), N_("How long store credit of returns lasts.")),
}
_LABELS: dict[str, str] = {
    "id": N_("Rule"), "override": N_("Who may decide otherwise"),
    "days": N_("Days"), "from": N_("Counted from"), "boundary": N_("The last day"),
    "business_days": N_("A last day without business moves on"), "cap": N_("Nothing makes it longer"),
    "answer": N_("Otherwise"), "look_back": N_("Lowest price of days"), "return_by": N_("May come back until"),
    "later_of": N_("The usual last day where that is later"), "day": N_("Day"), "instead": N_("In its place"),
    "same_or_more": N_("What goes out costs at least as much"), "accept": N_("Enough is"),
    "noted": N_("Somebody looks first"), "amount": N_("Amount"), "times": N_("Times"), "pieces": N_("Pieces"),
    "per": N_("Told again by"), "above": N_("Above"), "ask": N_("Question"), "wanted": N_("Fine are"),
    "keeps": N_("Keeps day and price"), "any_price": N_("At another price too"),
    "same_cashier": N_("Whoever sold it takes it back"), "own": N_("The operator’s own purchase"),
    "minutes": N_("Sold within minutes"), "facts": N_("Answers, as asked: yes"),
    "without_receipt": N_("Only without a receipt"), "note": N_("Only noted, stops nothing"),
    "most": N_("At most"), "percent": N_("Per cent"), "method": N_("What becomes of it"),
    "promotions": N_("Promotions"), "by_line": N_("For the line, not each piece"), "tax": N_("Tax on the fee"),
    "unless": N_("No fee for states"), "unless_regions": N_("No fee in regions"), "after": N_("After days"),
    "parts": N_("Parts"), "fact": N_("Unless this answer is yes"), "claw_back": N_("Kept back in proportion"),
    "price": N_("Worth"), "pays": N_("Paid out as"), "cash_below": N_("Cash below"), "order": N_("Order"),
    "classes": N_("In this order"), "of": N_("Of what was paid by"), "to": N_("Goes out as"),
    "limit": N_("Limit"), "meanwhile": N_("Until then as"), "refuse": N_("No money until it is paid"),
    "months": N_("Months"),
    "item": N_("Items"), "category": N_("Departments"), "family": N_("Families"), "flag": N_("Flags"),
    "condition": N_("States"), "reason": N_("Reasons"), "proof": N_("Shown by"), "tier": N_("Tiers"),
    "group": N_("Groups"), "tender": N_("Paid by"), "region": N_("Regions"), "channel": N_("Sold"),
    "not_category": N_("Not departments"), "not_flag": N_("Not flags"), "not_condition": N_("Not states"),
    "not_proof": N_("Not shown by"), "not_region": N_("Not regions"), "sold_from": N_("Sold from"),
    "sold_until": N_("Sold until"), "price_from": N_("Price from"), "price_below": N_("Price below"),
    "name": N_("Name"), "posted_since": N_("Posted in the shop since"),
    "better_of_both": N_("An older sale gets the better of both"),
}  # fmt: skip
# Where a kind says something else by the same word.
_LABELS_OF: dict[tuple[str, str], str] = {
    ("no_receipt", "id"): N_("With an identity document"),
    ("tax_refund", "days"): N_("Tax stays after days"),
    ("tax_refund", "without_receipt"): N_("Tax comes back without a receipt"),
    ("final_sale", "answer"): N_("What happens"),
    ("non_returnable", "answer"): N_("What happens"),
    ("no_return", "answer"): N_("What happens"),
    ("other_seller", "answer"): N_("What happens"),
    ("missing_code", "answer"): N_("What happens"),
    ("missing_parts", "answer"): N_("What happens"),
    ("refund_tender", "limit"): N_("Up to"),
    ("refund_tender", "above"): N_("Above it as"),
    ("refund_choice", "to"): N_("May choose"),
    ("cash_limit", "instead"): N_("More goes out as"),
    ("card_unavailable", "to"): N_("Goes out as, best first"),
    ("card_unavailable", "ask"): N_("A manager agrees"),
    ("card_unavailable", "after"): N_("Also after days"),
    ("goodwill", "answer"): N_("Beyond it"),
    ("after", "answer"): N_("What happens"),
    ("after", "days"): N_("Until day"),
    ("limit", "answer"): N_("Beyond it"),
    ("limit", "days"): N_("Within days"),
    ("no_receipt_value", "days"): N_("Of the last days"),
}
_CHOICES: dict[str, str] = {
    "from.sale": N_("the sale"), "from.delivery": N_("the delivery"), "from.first_sale": N_("the first purchase"),
    "boundary.inclusive": N_("is still in time"), "boundary.exclusive": N_("is too late"),
    "per.id": N_("identity document"), "per.customer": N_("customer account"), "per.card": N_("payment card"),
    "per.purchase": N_("purchase"),
    "method.pro_rata": N_("each keeps its share"), "method.recalculate": N_("what stays is priced anew"),
    "method.whole_set": N_("the whole set or nothing"),
    "tax.full_tax_refund": N_("all tax comes back"), "tax.tax_on_refunded_part": N_("only on the rest"),
    "tax.fee_taxed": N_("the fee is taxed"),
    "price.lowest": N_("the lowest price"), "price.current": N_("today’s price"),
    "order.mirror": N_("cards first, cash last"), "order.ratio": N_("each its share"),
    "order.first_paid": N_("paid first, back first"), "order.last_paid": N_("paid last, back first"),
    "order.lowest_first": N_("the smallest first"), "order.classes": N_("in an order of our own"),
    "meanwhile.wait": N_("it waits"),
}  # fmt: skip
_LANGUAGES = {"en": "English", "cs": "Čeština", "sv": "Svenska"}
_SAID = {"cashier": N_("Words for the cashier"), "customer": N_("Words for the customer")}
_STEP = {"after": N_("Afterwards {number}"), "limit": N_("Limit {number}")}


def kind_words(words: Wording, kind: str) -> tuple[str, str]:
    """What a kind of rule is called, and what it does."""
    name, does = KINDS[kind]
    return words.say(name), words.say(does)


def kind_name(words: Wording, rule: Rule) -> str:
    return words.say(KINDS[rule.KEY][0])


def field_words(words: Wording, path: tuple[str, ...]) -> str:
    """What a field of a rule's form is called; empty for a place that is none."""
    if not path or path[-1] in KINDS:
        return words.say(KINDS[path[-1]][0]) if path else ""
    if path[0] == "words":
        said = words.say(_SAID[path[1]])
        return f"{said} · {_LANGUAGES[path[2]]}" if len(path) > 2 else said
    row = path[1:-1] or ("",)
    special = _LABELS_OF.get((path[0], path[-1])) if len(path) == 2 else _LABELS_OF.get((row[0], path[-1]))
    known = special or _LABELS.get(path[-1])
    return path[-1] if known is None else words.say(known)


def row_words(words: Wording, path: tuple[str, ...]) -> str:
    """What a row of fields is called, by its place."""
    return words.say(_STEP[path[-2]], number=int(path[-1]) + 1)


def choice_words(words: Wording, key: str, choice: str) -> str:
    """What a choice of the field of that key is called; a word of the shop's own is as it is."""
    known = _CHOICES.get(f"{key}.{choice}")
    if known is not None:
        return words.say(known)
    if key in {"answer", "instead"} and choice in set(Answer):
        return answer_words(words, Answer(choice))
    if key in {"proof", "not_proof", "accept"}:
        return _state_or_proof(words, choice)
    if key in {"condition", "not_condition", "unless"}:
        return condition_words(words, choice)
    if key == "reason":
        return words.reason(Reason(choice))
    if key == "channel":
        return words.say(CHANNELS.get(choice, choice))
    return tender_words(words, choice) if key in _TENDERS else choice


def _state_or_proof(words: Wording, choice: str) -> str:
    said = proof_words(words, choice)
    return condition_words(words, choice) if said == choice else said


_TENDERS = {"tender", "of", "to", "above", "instead", "pays", "meanwhile", "classes"}
