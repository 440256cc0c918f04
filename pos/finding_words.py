"""What verify finds, as a clause after its place; `pos.wording` says it."""

from __future__ import annotations

from pos.domain.finding import Finding
from pos.speech import N_

FINDINGS = {
    Finding.DAMAGE: N_("the database is damaged"),
    Finding.UNGUARDED: N_("facts can be changed, a trigger is missing"),
    Finding.VALUE_UNREADABLE: N_("a stored value cannot be read"),
    Finding.MONEY_LOST: N_("tenders, change and rounding are not what the lines come to"),
    Finding.POSTINGS_UNBALANCED: N_("the postings do not balance"),
    Finding.POSTINGS_CHANGED: N_("the postings are not those of what happened"),
    Finding.CHANGE_UNCOVERED: N_("change was given that no cash covers"),
    Finding.LINE_TAX: N_("net and tax are not what was charged"),
    Finding.LINE_DISCOUNT: N_("the discounts named are not what was taken off"),
    Finding.TAX_RECOMPUTED: N_("the tax recomputed from the stored lines is another"),
    Finding.TAX_DOCUMENT: N_("a tax document is not the one the journal says"),
    Finding.NUMBER_GAP: N_("receipt numbers have a gap"),
    Finding.WRONG_DAY: N_("the sale stands in another business day or workstation than its till"),
    Finding.CASH_MOVEMENT: N_("the cash that moved is not what the sale took"),
    Finding.SALE_ENTRY: N_("the sale has not exactly one journal entry"),
    Finding.TILL_ENTRY: N_("the opening of the till has not exactly one journal entry"),
    Finding.PAPER: N_("the sale has not exactly one original receipt"),
    Finding.GIFT_RECEIPT: N_("the gift receipt is not the one the journal names"),
    Finding.PIN_HASH: N_("the PIN is not kept as an argon2id hash"),
    Finding.JOURNAL_GAP: N_("the journal has a gap"),
    Finding.ENTRY_CHANGED: N_("the entry is not what was written"),
    Finding.ANCHOR: N_("the books do not hold the entry that was noted outside them"),
    Finding.RULES_CHANGED: N_("the rules are not those the journal names"),
    Finding.LOGO_CHANGED: N_("the logo is missing or not the one the rules name; papers leave it out"),
    Finding.ROLES_CHANGED: N_("the roles are not those the journal names"),
    Finding.STAFF_CHANGED: N_("the person or the role is not the one the journal names"),
    Finding.STOCK_SALE: N_("the goods that moved are not those of the sale"),
    Finding.STOCK_ENTRY: N_("the goods that moved are not those the journal names"),
    Finding.STOCK_SUM: N_("the stock is not the sum of its movements"),
    Finding.POINTS_ENTRY: N_("the points that moved are not those the journal names"),
    Finding.POINTS_SUM: N_("the points of the customer are not the sum of their movements"),
    Finding.PRICE_ENTRY: N_("the prices are not those the journal names"),
    Finding.PRICE_HELD: N_("the price of the item is not the one that was set"),
    Finding.FILE_OPEN_TO_OTHERS: N_("others on this machine may read or change the file"),
    Finding.APPROVAL_ENTRY: N_("the approval is not the one the journal names"),
    Finding.APPROVAL_RULE: N_("the approval was given by who asked for it, or used without one or too late"),
    Finding.SUGGESTION: N_("what became of the suggestion is not what the journal says"),
    Finding.PROMOTION_ENTRY: N_("the promotion is not the one the journal names"),
    Finding.COUPON_ENTRY: N_("the coupons a sale used are not those the journal names"),
    Finding.SEARCH: N_("the search does not know what the item list holds; “kassa reindex” makes it anew"),
}
