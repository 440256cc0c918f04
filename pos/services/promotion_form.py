"""A promotion as the texts of a form: what stands in each field, and the promotion they say.

The texts are put into the words of the file format and read by its reader, so a form and a file know the same rules.
The number of a field stands for the line of the file: where the reader finds a fault, the form has its field.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping

from pos.domain.promotion import Promotion
from pos.services.promotion_file import SELECTION_WORDS, read_promotion_rows
from pos.services.promotion_text import promotion_fields
from pos.speech import LANGUAGES
from pos.strict_yaml import Fields, FileFault, Node, Rows, Text

REWARDS = ("percent", "amount", "price")
KINDS = ("each", "buy_get", "nth", "mix", "bundle", "tiers")
_FREE = ("buy_get", "nth")
_LISTS = ("hours", "tier", "customer_group")
_SELECTIONS = (*SELECTION_WORDS, *(f"not_{key}" for key in SELECTION_WORDS))
_FIXED = (
    *("id", "name", *(f"{key}_{language}" for key in ("names", "say") for language in LANGUAGES)),
    *("kind", "reward", "value", "buy", "get", "of", "of_items", "n", "pieces", "by", "every"),
    *(*_SELECTIONS, "from", "until", "weekdays", *_LISTS, "codes", "gs1", "uses"),
    *("limit", "group", "combinable", "priority", "active"),
)
_DAY = re.compile(r"([0-9]{1,2})\.\s*([0-9]{1,2})\.\s*([0-9]{4})(.*)")

Texts = dict[str, str]


class FormFault(Exception):
    """What stands in `field` cannot be; `fault` says why."""

    def __init__(self, field: str, fault: FileFault) -> None:
        super().__init__(str(fault))
        self.field = field
        self.fault = fault


def read_promotion_form(texts: Mapping[str, str], currency: str) -> Promotion:
    """The promotion that these texts say. Raises FormFault with the field of the first fault."""
    form = _Form(texts)
    try:
        return read_promotion_rows([form.promotion()], currency)[0]
    except FileFault as fault:
        raise FormFault(form.field_of(fault.line), fault) from fault


def promotion_form(promotion: Promotion, currency: str) -> Texts:
    """What stands in the fields for this promotion: read back, it is the same one."""
    written = promotion_fields(promotion, currency)
    texts = {"id": str(written["id"]), "name": str(written["name"]), "uses": "1"}
    for key in ("names", "say"):
        texts |= {f"{key}_{language}": text for language, text in _map(written.get(key)).items()}
    texts |= _kind_texts(written) | _selection_texts(written.get("items"))
    for key in ("from", "until", "limit", "group", "combinable", "priority", "active"):
        texts |= {key: str(written[key]).replace("T", " ")} if key in written else {}
    for key in ("weekdays", *_LISTS):
        texts |= {key: _listed(written[key])} if key in written else {}
    if coupon := _map(written.get("coupon")):
        texts |= {key: _listed(coupon[key]) for key in ("codes", "gs1") if key in coupon}
        texts["uses"] = "" if coupon["uses"] == "unlimited" else str(coupon["uses"])
    return texts


def proposed_id(name: str, taken: Collection[str]) -> str:
    """A promotion's own name made of what it is called; none that is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    begun = "-".join(re.findall(r"[A-Z0-9]+", plain))[:30].strip("-") or "PROMOTION"
    number = 1
    while (proposed := begun if number == 1 else f"{begun}-{number}") in taken:
        number += 1
    return proposed


def selection_text(selection: object) -> str:
    """Items on one line: “MUG, CUP; category: home; not item: KETTLE”."""
    texts = _selection_texts(selection)
    parts = ["all"] if _map(selection).get("all") else []
    said = {key: f"{key.replace('_', ' ')}: {text}" for key, text in texts.items()} | {"item": texts.get("item", "")}
    parts += [said[key] for key in _SELECTIONS if said.get(key)]
    return "; ".join(parts)


def _kind_texts(written: Mapping[str, object]) -> Texts:
    kind = next((key for key in KINDS if key in written), "each")
    if kind == "each":
        return {"kind": kind, **_reward_texts(written)}
    body = _map(written[kind])
    texts = {"kind": kind, **_reward_texts(body)}
    for key in ("buy", "get", "n", "pieces", "every", "by"):
        texts |= {key: str(body[key])} if key in body else {}
    if "of" in body:
        other = not isinstance(body["of"], str)
        texts |= {"of": "other", "of_items": selection_text(body["of"])} if other else {"of": str(body["of"])}
    for number, part in enumerate(_rows(body.get("parts")), 1):
        items = {key: value for key, value in part.items() if key != "pieces"}
        texts |= {f"part{number}_pieces": str(part["pieces"]), f"part{number}_items": selection_text(items)}
    for number, step in enumerate(_rows(body.get("steps")), 1):
        texts[f"step{number}_from"] = str(step["from"])
        texts |= {f"step{number}_{key}": text for key, text in _reward_texts(step).items()}
    return texts


def _reward_texts(body: Mapping[str, object]) -> Texts:
    return next(({"reward": key, "value": str(body[key])} for key in REWARDS if key in body), {})


def _selection_texts(selection: object) -> Texts:
    body = _map(selection)
    texts = {key: _listed(body[key]) for key in SELECTION_WORDS if key in body}
    without = _map(body.get("not"))
    return texts | {f"not_{key}": _listed(without[key]) for key in SELECTION_WORDS if key in without}


def _map(value: object) -> dict[str, str]:
    return value if isinstance(value, dict) else {}


def _rows(value: object) -> list[dict[str, str]]:
    return value if isinstance(value, list) else []


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


class _Form:
    """The texts on their way into the words of the file."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = {key: " ".join(text.split()) for key, text in texts.items()}
        numbered = [key for key in texts if re.match(r"(part|step)[0-9]", key)]
        self._names = [*_FIXED, *sorted(numbered)]
        self._parts = max((int(key[4:].split("_")[0]) for key in numbered), default=0)

    def field_of(self, line: int | None) -> str:
        return self._names[line - 1] if line and line <= len(self._names) else "name"

    def promotion(self) -> Fields:
        kind = self._get("kind") or "each"
        body = self._fields("value" if kind == "each" else "kind")
        for key in ("id", "name", "limit", "group", "priority"):
            self._put(body, key, key)
        for key in ("combinable", "active"):
            self._put(body, key, key)
        for key in ("names", "say"):
            said = self._fields(f"{key}_en")
            for language in LANGUAGES:
                self._put(said, language, f"{key}_{language}")
            self._add(body, key, said)
        if kind == "each":
            self._reward(body, "reward", "value", free=False)
        else:
            self._set(body, kind, self._kind(kind), "kind")
        if kind != "bundle":
            self._add(body, "items", self._items())
        self._conditions(body)
        return body

    def _kind(self, kind: str) -> Fields:
        body = self._fields("value")
        if kind in ("buy_get", "nth", "mix"):
            for key in {"buy_get": ("buy", "get"), "nth": ("n",), "mix": ("pieces",)}[kind]:
                self._put(body, key, key)
                body.lines[key] = self._line(key)
        if kind in _FREE:
            other = self._get("of") == "other"
            self._set(body, "of", self._one_line("of_items") if other else self._text("of"), "of")
        if kind == "tiers":
            self._put(body, "by", "by")
            self._set(body, "steps", self._steps(), "step1_from")
            self._put(body, "every", "every")
        if kind == "bundle":
            self._set(body, "parts", self._bundle_parts(), "part1_items")
        if kind != "tiers":
            self._reward(body, "reward", "value", free=kind in _FREE)
        return body

    def _bundle_parts(self) -> Rows:
        rows = Rows(self._line("part1_items"))
        for number in range(1, self._parts + 1):
            pieces, items = f"part{number}_pieces", f"part{number}_items"
            if self._get(items):
                part = self._one_line(items)
                self._put(part, "pieces", pieces)
                rows.rows.append(part)
        return rows

    def _steps(self) -> Rows:
        rows = Rows(self._line("step1_from"))
        for number in range(1, self._parts + 1):
            name = f"step{number}_from"
            if self._get(name) or self._get(f"step{number}_value"):
                step = self._fields(name)
                self._set(step, "from", self._number(name), name)
                self._reward(step, f"step{number}_reward", f"step{number}_value", free=False)
                rows.rows.append(step)
        return rows

    def _items(self) -> Fields:
        body = self._fields("item")
        without = self._fields("not_item")
        for key in SELECTION_WORDS:
            self._add(body, key, self._list(key))
            self._add(without, key, self._list(f"not_{key}"))
        self._add(body, "not", without)
        return body

    def _one_line(self, name: str) -> Fields:
        """Items written on one line, as `selection_text` writes them."""
        body, without = self._fields(name), self._fields(name)
        for part in filter(None, (each.strip() for each in self._get(name).split(";"))):
            key, colon, words = part.partition(":")
            key = key.strip().lower() if colon else "item"
            if not colon and part.lower() == "all":
                self._set(body, "all", Text("true", self._line(name), plain=False), name)
                continue
            into = without if key.startswith("not ") else body
            rows = Rows(self._line(name), self._split(words if colon else part, name))
            self._set(into, key.removeprefix("not ").strip(), rows, name)
        self._add(body, "not", without)
        return body

    def _conditions(self, body: Fields) -> None:
        for key in ("from", "until"):
            if self._get(key):
                self._set(body, key, Text(written_moment(self._get(key)), self._line(key), plain=False), key)
        for key in ("weekdays", *_LISTS):
            self._add(body, key, self._list(key))
        coupon = self._fields("codes")
        for key in ("codes", "gs1"):
            self._add(coupon, key, self._list(key))
        if coupon.values:
            self._set(coupon, "uses", Text(self._get("uses") or "unlimited", self._line("uses"), plain=False), "uses")
            self._set(body, "coupon", coupon, "codes")

    def _reward(self, body: Fields, reward: str, value: str, *, free: bool) -> None:
        if self._get(value) or not free:
            self._set(body, self._get(reward) or "percent", self._number(value), value)

    def _get(self, name: str) -> str:
        return self._texts.get(name, "")

    def _line(self, name: str) -> int:
        return self._names.index(name) + 1 if name in self._names else 0

    def _fields(self, name: str) -> Fields:
        return Fields(self._line(name))

    def _text(self, name: str) -> Text:
        return Text(self._get(name), self._line(name), plain=not self._get(name))

    def _number(self, name: str) -> Text:
        """A figure with its decimal sign as files have it, without a sign of per cent."""
        text = self._get(name).replace(",", ".").replace(" ", "").replace("\u00a0", "").rstrip("%")
        return Text(text, self._line(name), plain=False)

    def _list(self, name: str) -> Rows:
        return Rows(self._line(name), self._split(self._get(name), name))

    def _split(self, text: str, name: str) -> list[Node]:
        words = filter(None, (word.strip() for word in text.split(",")))
        return [Text(word, self._line(name), plain=False) for word in words]

    def _set(self, into: Fields, key: str, node: Node, name: str) -> None:
        into.values[key] = node
        into.lines[key] = self._line(name)

    def _add(self, into: Fields, key: str, node: Fields | Rows) -> None:
        """Only where something stands in it."""
        if node.values if isinstance(node, Fields) else node.rows:
            into.values[key] = node
        into.lines[key] = node.line

    def _put(self, into: Fields, key: str, name: str) -> None:
        if self._get(name):
            into.values[key] = self._text(name)
        into.lines[key] = self._line(name)


def written_moment(text: str) -> str:
    """A day, with a time where one is said, as files have it, of one as people write it: 24. 12. 2026 16:00."""
    if found := _DAY.fullmatch(text):
        text = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}{found[4]}"
    day, _, time = text.partition(" ")
    return f"{day}T{time.strip().zfill(5)}" if time.strip() else day
