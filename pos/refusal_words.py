"""The sentences of what the desk and the till refuse; `pos.wording` says them with everything else."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.refusal import Code
from pos.speech import Speech

_Facts = dict[str, object]

REFUSALS: dict[Code, Callable[[Speech, _Facts], str]] = {
    Code.ITEM_UNKNOWN: lambda w, f: w.say(
        "Code {code} is not in the item list. Nothing was added. Scan again or type another code.", code=f["code"]
    ),
    Code.CODE_UNREADABLE: lambda w, f: w.say(
        "“{code}” cannot be read as an item code. Nothing was added. Scan again or type the code.", code=f["code"]
    ),
    Code.QUANTITY_INVALID: lambda w, f: w.say(
        "A quantity of {quantity} cannot be sold. Nothing was changed. Type a number from 1 to 1,000,000.",
        quantity=f["quantity"],
    ),
    Code.AMOUNT_INVALID: lambda w, f: w.say(
        "“{amount}” is not an amount this till can take. Nothing was changed. Type the amount again.",
        amount=f["amount"],
    ),
    Code.LINE_UNKNOWN: lambda w, f: w.say(
        "The sale has no line {line}. Nothing was changed. Choose a line of the sale.", line=f["line"]
    ),
    Code.LINE_LIMIT: lambda w, f: w.say(
        "The sale has {limit} lines, no more fit. Nothing was added. Take payment and start another sale.",
        limit=f["limit"],
    ),
    Code.NOTHING_TO_PAY: lambda w, f: w.say("There is nothing to pay yet. Scan an item first."),
    Code.MONEY_MISSING: lambda w, f: w.say(
        "{due} is still missing. The sale stays open. Take the rest to complete it.", due=f["due"]
    ),
    Code.TENDERS_TAKEN: lambda w, f: w.say(
        "Money was already taken for this sale. Nothing was changed. Undo the tender first."
    ),
    Code.NOT_SIGNED_ON: lambda w, f: w.say("Nobody is signed in at this till. Sign in first."),
    Code.PIN_WRONG: lambda w, f: (
        w.say("That is not the PIN of gift card {card}. Nothing was taken. Type it again.", card=f["card"])
        if "left" not in f
        else w.count(
            "That PIN is not right. {n} try left, then this person is locked for 30 minutes.",
            "That PIN is not right. {n} tries left, then this person is locked for 30 minutes.",
            int(str(f["left"])),
        )
    ),
    Code.PIN_TOO_SHORT: lambda w, f: w.say("A PIN has 6 to 12 digits. Nothing was changed. Choose another."),
    Code.LOCKED_OUT: lambda w, f: w.say(
        "Too many wrong PINs. This person is locked until {until}. Somebody else can sign in meanwhile.",
        until=f["until"],
    ),
    Code.NOT_PERMITTED: lambda w, f: (
        w.say(
            "{name} may not approve this. Nothing was changed. Ask somebody whose role reaches as far.",
            name=f["approver"],
        )
        if "approver" in f
        else w.say("Your role may not do this. Nothing was changed. Ask a manager.")
    ),
    Code.TILL_CLOSED: lambda w, f: w.say("The till is closed. Open it with its float first."),
    Code.TILL_OPEN: lambda w, f: (
        w.say("The till is still open. Nothing was printed. Close it first: the close makes the Z report.")
        if "closing" in f
        else w.say("The till is open already. Nothing was changed.")
    ),
    Code.DRAWER_OPEN: lambda w, f: w.say("The drawer is open. Nothing was added. Shut it and scan again."),
    Code.BASKET_OPEN: lambda w, f: w.say("A sale is open. Complete it or void it first."),
    Code.BASKET_EMPTY: lambda w, f: w.say("No sale is open. Scan an item to begin."),
    Code.RECEIPT_UNKNOWN: lambda w, f: w.say(
        "Receipt {receipt} is not known in this shop. Check the number.", receipt=f["receipt"]
    ),
    Code.RECEIPT_WAITS: lambda w, f: w.say(
        "Receipt {receipt} still waits to be printed. No copy was made. It prints when the printer is ready.",
        receipt=f["receipt"],
    ),
    Code.COPY_LIMIT: lambda w, f: w.count(
        "Receipt {receipt} was copied already, and the law here allows {n} copy. Nothing was printed. "
        "A gift receipt may be printed.",
        "Receipt {receipt} was copied already, and the law here allows {n} copies. Nothing was printed. "
        "A gift receipt may be printed.",
        int(str(f["limit"])),
        receipt=f["receipt"],
    ),
    Code.PAPER_UNKNOWN: lambda w, f: w.say(
        "This paper does not wait any more. Nothing was changed. Look at the list again."
    ),
    Code.PAPER_ONCE: lambda w, f: w.say(
        "This slip is worth its money and exists once. No copy was made. Look up the card in Sell to see what is on it."
    ),
    Code.SIGNATURE_EMPTY: lambda w, f: w.say(
        "Nothing was signed yet. Nothing was kept. Sign in the field, or on the paper with Alt P."
    ),
    Code.SIGNATURE_TOO_LARGE: lambda w, f: w.say(
        "This is too much to be a signature. Nothing was kept. Clear the field and sign once, or sign on the paper."
    ),
    Code.SIGNATURE_UNREADABLE: lambda w, f: w.say(
        "This signature cannot be read. Nothing was kept. Clear the field and sign again, or sign on the paper."
    ),
    Code.SIGNATURE_LATE: lambda w, f: w.say(
        "The paper to be signed is out already. Nothing was changed. Sign on the paper."
    ),
    Code.NO_PRINTER: lambda w, f: w.say(
        "This till has no printer. Nothing was printed. Save an e-receipt, or name a printer in the settings."
    ),
    Code.IDENTITY_REUSED: lambda w, f: w.say(
        "Another sale with this identity is already in the books. Nothing was written. Start the sale again."
    ),
    Code.SETTING_TEXT: lambda w, f: (
        w.say("“{value}” cannot stand here. Nothing was changed. Write {least} to {most} characters on one line.", **f)
        if f["value"]
        else w.say("This cannot be empty. Nothing was changed. Write {least} to {most} characters on one line.", **f)
    ),
    Code.SETTING_RANGE: lambda w, f: w.say(
        "{value} cannot be set here. Nothing was changed. Choose a whole number from {least} to {most}.", **f
    ),
    Code.SETTING_CHOICE: lambda w, f: w.say(
        "“{value}” cannot be chosen here. Nothing was changed. Choose one of: {choices}.", **f
    ),
    Code.SETTING_LINES: lambda w, f: w.say(
        "That is too long for a receipt. Nothing was changed. Write at most {lines} lines of {most} characters.", **f
    ),
    Code.LOGO_NO_PICTURE: lambda w, f: w.say(
        "“{file}” is no picture that can be printed. Nothing was changed. Choose a PNG or JPEG file.", **f
    ),
    Code.LOGO_ANIMATED: lambda w, f: w.say(
        "“{file}” moves, and paper does not. Nothing was changed. Choose a picture that stands still.", **f
    ),
    Code.LOGO_TOO_LARGE: lambda w, f: w.say(
        "“{file}” is too large for a receipt. Nothing was changed. "
        "Choose a picture of at most {megabytes} MB and {megapixels} million pixels.",
        **f,
    ),
    Code.LOGO_BLANK: lambda w, f: w.say(
        "Nothing of “{file}” would be seen on white paper. Nothing was changed. Choose a darker picture.", **f
    ),
    Code.PRINTER_UNKNOWN: lambda w, f: w.say(
        "The printer cannot be used as set: {detail}. Nothing was changed. Give its address or its folder.", **f
    ),
    Code.PRINTER_UNREACHABLE: lambda w, f: w.say(
        "No printer answers at {host}, port {port}. Nothing was changed. "
        "Check that it is on, its cable and its address.",
        **f,
    ),
    Code.TERMINAL_SETTING: lambda w, f: w.say(
        "This card terminal needs “{setting}”. Nothing was changed. Fill it in, or choose another terminal.",
        setting=w.say(str(f["setting"])),
    ),
    Code.FOLDER_UNUSABLE: lambda w, f: w.say(
        "“{folder}” is no folder that can be written. Nothing was changed. Make it first, or choose another.", **f
    ),
    Code.OWNER_ONLY: lambda w, f: w.say("Only an owner may do this to an owner. Nothing was changed. Ask an owner."),
    Code.LAST_OWNER: lambda w, f: w.say(
        "This is the shop's last owner. Nothing was changed. Make somebody else an owner first."
    ),
    Code.PERSON_SELF: lambda w, f: w.say(
        "Nobody changes their own role or ends their own work. Nothing was changed. Ask another manager or owner."
    ),
    Code.PERSON_NUMBER: lambda w, f: w.say(
        "“{number}” cannot be a staff number. Nothing was changed. Choose 1 to {most} digits.", **f
    ),
    Code.PERSON_NAME: lambda w, f: w.say(
        "A name has 1 to {most} characters. Nothing was changed. Write the name as receipts should show it.", **f
    ),
    Code.PERSON_KNOWN: lambda w, f: w.say(
        "Number {number} belongs to somebody already. Nothing was changed. Choose another number.", **f
    ),
    Code.PERSON_UNKNOWN: lambda w, f: w.say("Nobody has number {number}. Nothing was changed. Check the number.", **f),
    Code.RECEIPT_OTHER_DAY: lambda w, f: w.say(
        "Receipt {receipt} is of another day. Cashiers open today's receipts. Ask a manager.", **f
    ),
}
