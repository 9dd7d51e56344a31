"""How many, as people type it: "85.000", "85 000", "1,2 Mio.", "٨٥ ألف"."""

import re
import unicodedata

_MOST = 10**10
_AMOUNT = re.compile(r"\d[\d\s.,'’٬٫]*")
_GROUPED = re.compile(r"\d{1,3}(?:[\s.,'’٬]\d{3})+")
_DECIMAL = re.compile(r"(\d{1,4})[.,٫](\d{1,2})")
_TIMES = (
    (
        1_000_000,
        re.compile(r"(?:mio|milli|millo|milló|milh|м(?:лн|ільй)|مليون|ملايين|m\b)", re.IGNORECASE),
    ),
    (1_000, re.compile(r"(?:tsd|taus|thous|mil\b|mille?\b|тис|ألف|آلاف|الف|k\b)", re.IGNORECASE)),
)


def amount_in(text: str) -> int | None:
    """The only number of a text, 1 or more; None where there is none, or more than one."""
    said = "".join(str(unicodedata.decimal(one, one)) for one in text[:200])
    found = list(_AMOUNT.finditer(said))
    if len(found) != 1:
        return None
    value = _value(found[0].group().strip(" .,'’٬٫\u00a0\u202f"))
    after = said[found[0].end() :].strip()
    times = next((times for times, words in _TIMES if words.match(after)), 1)
    amount = None if value is None else round(value * times)
    return amount if amount is not None and 0 < amount < _MOST else None


def _value(number: str) -> float | None:
    if number.isdigit():
        return int(number[:12])
    if _GROUPED.fullmatch(number):
        return int(re.sub(r"\D", "", number)[:12])
    decimal = _DECIMAL.fullmatch(number)
    return float(f"{decimal[1]}.{decimal[2]}") if decimal else None
