"""What generated questions about numbers, dates and units are filled with: every answer is worked out here."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import isqrt, lcm

from scripts.corpus.data import DATA
from scripts.corpus.dice import Dice

Values = dict[str, object]
MONTHS = [date(2001, m, 1).strftime("%B") for m in range(1, 13)]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def long(day: date) -> str:
    """A date in words, as in July 4, 1976."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def any_date(dice: Dice, first: int = 1900, last: int = 2035) -> date:
    """A date from one year to another."""
    return date(first, 1, 1) + timedelta(dice.number(0, (last - first + 1) * 365 - 1))


def ordinal(n: int) -> str:
    """1st, 2nd, 3rd, 4th."""
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def in_words(n: int) -> str:
    """A number below a million in English words."""
    if n < 20:
        return _ONES[n]
    if n < 100:
        return _TENS[n // 10] + (f"-{_ONES[n % 10]}" if n % 10 else "")
    unit, name = (100, "hundred") if n < 1000 else (1000, "thousand")
    rest = f" {in_words(n % unit)}" if n % unit else ""
    return f"{in_words(n // unit)} {name}{rest}"


def roman(n: int) -> str:
    """Roman numerals below 4,000."""
    table = (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
        (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    )  # fmt: skip
    out = ""
    for value, sign in table:
        out += sign * (n // value)
        n %= value
    return out


def short(x: float, digits: int = 2) -> str:
    """A decimal without zeros at its end."""
    return f"{x:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{x:.0f}"


def money(cents: int) -> str:
    """Cents as dollars."""
    return f"{cents // 100:,}.{cents % 100:02d}" if cents % 100 else f"{cents // 100:,}"


def add(dice: Dice) -> Values:
    high = dice.pick([50, 100, 1000, 10_000])
    a, b = dice.number(2, high), dice.number(2, high)
    return {"a": a, "b": b, "c": a + b}


def subtract(dice: Dice) -> Values:
    a = dice.number(10, dice.pick([50, 100, 1000, 10_000]))
    b = dice.number(1, a)
    return {"a": a, "b": b, "c": a - b}


def multiply(dice: Dice) -> Values:
    a, b = dice.number(11, 99), dice.number(2, dice.pick([9, 12, 40]))
    tens, ones = a // 10 * 10, a % 10
    return {"a": a, "b": b, "c": a * b, "tens": tens, "ones": ones, "p": tens * b, "q": ones * b}


def divide(dice: Dice) -> Values:
    b = dice.number(2, 25)
    a = dice.number(b, 900)
    return {"a": a, "b": b, "q": a // b, "r": a % b, "m": a // b * b}


def percent(dice: Dice) -> Values:
    p = dice.number(1, 19) * 5
    a = dice.number(1, 60) * 20
    return {"p": p, "a": a, "c": p * a // 100, "pp": f"{p:02d}"}


def discount(dice: Dice) -> Values:
    a, p = dice.number(3, 60) * 5, dice.pick([5, 10, 15, 20, 25, 30, 40, 50])
    return {
        "thing": dice.pick(DATA["things"]),
        "a": a,
        "p": p,
        "d": money(a * p),
        "c": money(a * (100 - p)),
    }


def share(dice: Dice) -> Values:
    name, other = dice.some(DATA["names"], 2)
    a = dice.number(5, 90)
    b = dice.number(2, a - 2)
    items = dice.pick(DATA["items"])
    return {"name": name, "other": other, "a": a, "b": b, "c": a - b, "items": items}


def packs(dice: Dice) -> Values:
    a, b = dice.number(2, 14), dice.number(3, 24)
    name, items = dice.pick(DATA["names"]), dice.pick(DATA["items"])
    return {"name": name, "items": items, "a": a, "b": b, "c": a * b}


def speed(dice: Dice) -> Values:
    v, h = dice.number(4, 30) * 5, dice.number(2, 9)
    return {"vehicle": dice.pick(DATA["vehicles"]), "v": v, "h": h, "d": v * h}


def square(dice: Dice) -> Values:
    a = dice.number(3, 60)
    return {"a": a, "c": a * a}


def prime(dice: Dice) -> Values:
    a = dice.number(2, 400)
    factor = next((k for k in range(2, isqrt(a) + 1) if a % k == 0), None)
    if factor is None:
        return {"a": a, "verdict": "is a prime number: only 1 and the number itself divide it"}
    return {"a": a, "verdict": f"is not prime, because {factor} × {a // factor} = {a}"}


def solve(dice: Dice) -> Values:
    k, m, x = dice.number(2, 12), dice.number(1, 60), dice.number(1, 15)
    return {"k": k, "m": m, "x": x, "d": k * x, "r": k * x + m}


def sequence(dice: Dice) -> Values:
    start, step = dice.number(1, 30), dice.number(2, 12)
    if dice.chance(0.3):
        factor, start = dice.number(2, 3), dice.number(1, 9)
        values, rule = [start * factor**i for i in range(6)], f"times {factor}"
    elif dice.chance(0.4):
        values, rule = [start + 60 - step * i for i in range(6)], f"minus {step}"
    else:
        values, rule = [start + step * i for i in range(6)], f"plus {step}"
    return {"series": ", ".join(map(str, values[:5])), "next": values[5], "rule": rule}


def average(dice: Dice) -> Values:
    k = dice.number(3, 6)
    values = [dice.number(2, 100) for _ in range(k)]
    return {
        "list": ", ".join(map(str, values)),
        "sum": sum(values),
        "k": k,
        "mean": short(sum(values) / k),
        "high": max(values),
        "low": min(values),
    }


def decimals(dice: Dice) -> Values:
    whole = dice.number(0, 20)
    first = dice.number(1, 9)
    a = f"{whole}.{first}"
    b = f"{whole}.{dice.number(0, 9)}{dice.number(1, 9)}"
    if dice.chance(0.2):
        b = f"{whole + dice.number(0, 1)}.{dice.number(100, 998)}".rstrip("0")
    if dice.chance(0.5):
        a, b = b, a
    if Fraction(a) == Fraction(b):
        return decimals(dice)
    small, big = sorted((a, b), key=Fraction)
    n = max(len(a.split(".")[1]), len(b.split(".")[1]))
    pad = {x: f"{x}{'0' * (n - len(x.split('.')[1]))}" for x in (a, b)}
    return {"a": a, "b": b, "big": big, "small": small, "bigx": pad[big], "smallx": pad[small]}


def versions(dice: Dice) -> Values:
    parts = [dice.number(0, 9), dice.number(0, 9), dice.number(0, 9)]
    other = list(parts)
    place = dice.number(0, 2)
    other[place] = parts[place] + dice.pick([1, 2, 5, 9, 10, 11])
    n = max(place + 1, dice.number(2, 3))
    small, big = (".".join(map(str, p[:n])) for p in (parts, other))
    a, b = (small, big) if dice.chance(0.5) else (big, small)
    return {
        "a": a,
        "b": b,
        "big": big,
        "small": small,
        "pbig": other[place],
        "psmall": parts[place],
        "tool": dice.pick(DATA["tools"]),
    }


def sortnumbers(dice: Dice) -> Values:
    k = dice.number(4, 7)
    scale, digits = dice.pick([(1, 0), (10, 1), (100, 2)])
    low = -50 if dice.chance(0.3) else 0
    numbers = sorted({dice.number(low, 40 * scale) for _ in range(k)})
    words = [short(n / scale, digits) for n in numbers]
    return {
        "list": ", ".join(dice.some(words, len(words))),
        "sorted": ", ".join(words),
        "high": words[-1],
        "low": words[0],
    }


def fractions(dice: Dice) -> Values:
    while True:
        b, d = dice.some(range(2, 13), 2)
        a, c = dice.number(1, b - 1), dice.number(1, d - 1)
        if a * d != c * b:
            break
    m = lcm(b, d)
    x, y = a * m // b, c * m // d
    big, small = (f"{a}/{b}", f"{c}/{d}") if x > y else (f"{c}/{d}", f"{a}/{b}")
    return {"a": a, "b": b, "c": c, "d": d, "m": m, "x": x, "y": y, "big": big, "small": small}


def weekday(dice: Dice) -> Values:
    day = any_date(dice)
    name = DAYS[day.weekday()]
    return {"date": long(day), "iso": day.isoformat(), "weekday": name, "abbr": name[:3]}


def addweekday(dice: Dice) -> Values:
    today, k = dice.number(0, 6), dice.number(2, 120)
    later, before = DAYS[(today + k) % 7], DAYS[(today - k) % 7]
    return {"today": DAYS[today], "k": k, "later": later, "before": before}


def daysbetween(dice: Dice) -> Values:
    first = any_date(dice, 1980, 2030)
    k = dice.number(2, dice.pick([20, 100, 400]))
    last = first + timedelta(k)
    return {"d1": long(first), "d2": long(last), "k": k, "w": k // 7, "r": k % 7}


def leap(dice: Dice) -> Values:
    y = dice.number(1700, 2100) if dice.chance(0.7) else dice.number(17, 21) * 100
    days = (date(y + 1, 1, 1) - date(y, 1, 1)).days
    word = "is a leap year" if days == 366 else "is not a leap year"
    return {"y": y, "leap": word, "feb": days - 337, "days": days}


def month(dice: Dice) -> Values:
    m = dice.number(0, 11)
    lengths = [31, "28 or 29", 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    before, after = MONTHS[m - 1], MONTHS[(m + 1) % 12]
    return {
        "month": MONTHS[m],
        "nth": ordinal(m + 1),
        "days": lengths[m],
        "before": before,
        "after": after,
    }


def formats(dice: Dice) -> Values:
    day = any_date(dice, 1950, 2030)
    us, eu = f"{day.month}/{day.day}/{day.year}", f"{day.day:02d}.{day.month:02d}.{day.year}"
    return {"date": long(day), "iso": day.isoformat(), "us": us, "eu": eu}


def age(dice: Dice) -> Values:
    birth, now = any_date(dice, 1930, 2005), any_date(dice, 2010, 2026)
    years = now.year - birth.year - ((now.month, now.day) < (birth.month, birth.day))
    return {
        "name": dice.pick(DATA["names"]),
        "birth": long(birth),
        "now": long(now),
        "age": years,
        "y1": birth.year,
        "y2": now.year,
    }


def clock(dice: Dice) -> Values:
    start = datetime(2024, 1, 1, dice.number(5, 20), dice.number(0, 11) * 5)  # noqa: DTZ001
    h, m = dice.number(1, 9), dice.number(1, 11) * 5
    end = start + timedelta(hours=h, minutes=m)
    t1, t2 = (f"{(t.hour + 11) % 12 + 1}:{t.minute:02d} {'ap'[t.hour > 11]}m" for t in (start, end))
    event = dice.pick(["rehearsal", "workshop", "board meeting", "swimming", "market", "seminar"])
    return {"t1": t1, "t2": t2, "t24": f"{end:%H:%M}", "h": h, "m": m, "event": event}


def duration(dice: Dice) -> Values:
    big, small, k = dice.pick(
        [
            ("hours", "minutes", 60),
            ("minutes", "seconds", 60),
            ("days", "hours", 24),
            ("weeks", "days", 7),
            ("years", "months", 12),
            ("decades", "years", 10),
            ("hours", "seconds", 3600),
        ]
    )
    n = dice.number(2, 48)
    return {"n": n, "big": big, "small": small, "bigone": big[:-1], "k": k, "c": f"{n * k:,}"}


def units(dice: Dice) -> Values:
    u1, s1, u2, s2, f = dice.pick(
        [
            ("miles", "mi", "kilometres", "km", 1.609),
            ("kilometres", "km", "miles", "mi", 0.6214),
            ("pounds", "lb", "kilograms", "kg", 0.4536),
            ("kilograms", "kg", "pounds", "lb", 2.205),
            ("inches", "in", "centimetres", "cm", 2.54),
            ("centimetres", "cm", "inches", "in", 0.3937),
            ("feet", "ft", "metres", "m", 0.3048),
            ("metres", "m", "feet", "ft", 3.281),
            ("US gallons", "gal", "litres", "L", 3.785),
            ("litres", "L", "US gallons", "gal", 0.2642),
            ("ounces", "oz", "grams", "g", 28.35),
            ("acres", "ac", "hectares", "ha", 0.4047),
        ]
    )
    a = dice.number(2, dice.pick([20, 100, 500]))
    return {"a": a, "u1": u1, "s1": s1, "u2": u2, "s2": s2, "f": f, "c": short(a * f, 1)}


def temperature(dice: Dice) -> Values:
    c = dice.number(-20, 42)
    feel = "freezing" if c <= 0 else "cold" if c < 12 else "mild" if c < 22 else "warm"
    return {"c": c, "f": short(c * 1.8 + 32, 1), "feel": "hot" if c >= 30 else feel}


def metric(dice: Dice) -> Values:
    u1, one, u2, k = dice.pick(
        [
            ("kilometres", "kilometre", "metres", 1000),
            ("metres", "metre", "centimetres", 100),
            ("centimetres", "centimetre", "millimetres", 10),
            ("kilograms", "kilogram", "grams", 1000),
            ("tonnes", "tonne", "kilograms", 1000),
            ("litres", "litre", "millilitres", 1000),
            ("feet", "foot", "inches", 12),
            ("yards", "yard", "feet", 3),
            ("pounds", "pound", "ounces", 16),
            ("gallons", "gallon", "quarts", 4),
        ]
    )
    tenths = dice.number(11, 400)
    return {
        "a": short(tenths / 10, 1),
        "u1": u1,
        "u2": u2,
        "one": one,
        "k": k,
        "c": short(tenths * k / 10, 1),
    }


def roman_number(dice: Dice) -> Values:
    n = dice.number(1, dice.pick([100, 3000]))
    return {"n": n, "roman": roman(n)}


def binary(dice: Dice) -> Values:
    n = dice.number(2, dice.pick([31, 255, 1023]))
    return {"n": n, "b": f"{n:b}", "h": f"{n:X}"}


def words(dice: Dice) -> Values:
    n = dice.number(11, dice.pick([99, 999, 99_999]))
    return {"n": f"{n:,}", "words": in_words(n)}


MAKERS: dict[str, Callable[[Dice], Values]] = {
    f.__name__: f
    for f in (
        add, subtract, multiply, divide, percent, discount, share, packs, speed, square, prime, solve, sequence,
        average, decimals, versions, sortnumbers, fractions, weekday, addweekday, daysbetween, leap, month, formats,
        age, clock, duration, units, temperature, metric, binary, words,
    )
} | {"roman": roman_number}  # fmt: skip
"""By the name of their section in wording.toml."""
