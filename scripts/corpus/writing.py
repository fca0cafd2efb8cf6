"""Longer generated texts: e-mails, recipes, news, weather, logs, invoices, tables, beginnings of stories.

Each is a small grammar in writing.toml. Numbers that belong together, such as the lines of an invoice and its total,
are worked out here. News are about invented places and companies.
"""

import re
import tomllib
from datetime import date, datetime, timedelta
from typing import Any

from scripts.corpus.data import DATA, HERE
from scripts.corpus.dice import Dice
from scripts.corpus.numbers import DAYS, MONTHS, Values, any_date, long, money, ordinal, short

GRAMMARS: dict[str, Any] = tomllib.loads((HERE / "writing.toml").read_text())
_SLOT = re.compile(r"\{(\w+)\}")
_JOBS = [
    "a nurse",
    "a gardener",
    "an accountant",
    "a cook",
    "a translator",
    "a teacher",
    "an engineer",
]
_LEVELS = ["INFO", "INFO", "INFO", "DEBUG", "WARNING", "ERROR"]
_EVENTS = [
    "user {user} logged in from 192.0.2.{byte}",
    "GET /products/{order} 200 {ms} ms",
    "GET /{word} 404 {ms} ms",
    "POST /orders 201 {ms} ms",
    "cache miss for key {word}:{order}",
    "backup finished, {ms} files",
    "disk usage at {byte} of 256 GB",
    "connection to 198.51.100.{byte} refused, retrying in {small} s",
    "job {order} started",
    "job {order} done in {ms} ms",
    "invalid password for {user}",
    "certificate expires in {small} days",
]


def topics_of(kind: str) -> list[dict[str, Any]]:
    """The topics of a kind of text; one empty topic where it has none."""
    return GRAMMARS[kind].get("topics", [{}])


def write(dice: Dice, kind: str) -> tuple[str | None, str]:
    """A question, if the kind has any, and the text that answers it."""
    grammar = GRAMMARS[kind] | dice.pick(topics_of(kind))
    values = _values(dice)
    if kind == "recipe":
        values |= _recipe(dice, grammar["dishes"])
    maker = {"log": _log, "invoice": _invoice, "csv": _csv}.get(kind)
    if maker:
        values |= maker(dice)
    used: dict[str, list[str]] = {}
    text = _expand(dice, dice.pick(grammar["start"]), grammar, values, used)
    ask = None
    if "ask" in grammar:
        ask = _expand(dice, dice.pick(grammar["ask"]), grammar, values, used)
    return ask, text.strip()


def _expand(
    dice: Dice, text: str, grammar: dict[str, Any], values: Values, used: dict[str, list[str]]
) -> str:
    """`text` with every name in braces replaced; a value stays the same, a list gives another entry each time."""

    def one(found: re.Match[str]) -> str:
        name = found.group(1)
        if name in values:
            return str(values[name])
        options = grammar[name]
        if isinstance(options, str):
            return _expand(dice, options, grammar, values, used)
        left = [x for x in options if x not in used.get(name, [])] or options
        if name in ("hero", "about", "topic"):
            left = used.get(name) or left
        picked = dice.pick(left)
        used.setdefault(name, []).append(picked)
        return _expand(dice, picked, grammar, values, used)

    return _SLOT.sub(one, text)


def _values(dice: Dice) -> Values:
    names = dice.some(DATA["names"], 3)
    towns = dice.some(DATA["towns"], 2)
    first = dice.number(0, 6)
    day = any_date(dice, 2005, 2026)
    votes = dice.number(8, 24)
    goals = dice.number(1, 4)
    low = dice.number(-8, 18)
    surnames = dice.some(DATA["surnames"], 2)
    clock = f"{dice.number(1, 11)}:{dice.pick(['00', '15', '30', '45'])} {dice.pick(['am', 'pm'])}"
    return {
        "name": names[0],
        "sender": names[1],
        "other": names[2],
        "surname": surnames[0],
        "surname2": surnames[1],
        "town": towns[0],
        "TOWN": towns[0].upper(),
        "town2": towns[1],
        "city": dice.pick(DATA["cities"]),
        "company": dice.pick(DATA["companies"]),
        "thing": dice.pick(DATA["things"]),
        "items": dice.pick(DATA["items"]),
        "job": dice.pick(_JOBS),
        "weekday": DAYS[first],
        "weekday2": DAYS[(first + dice.number(1, 5)) % 7],
        "monthname": dice.pick(MONTHS),
        "day": day.day,
        "date": long(day),
        "year": day.year - dice.number(1, 9),
        "clock": clock,
        "quarter": dice.pick(["first", "second", "third", "fourth"]),
        "century": dice.pick(["16th", "17th", "18th", "19th", "20th"]),
        "ordinal": ordinal(dice.number(2, 29)),
        "small": dice.number(2, 9),
        "room": dice.number(20, 420),
        "room2": dice.number(10, 40),
        "age": dice.number(21, 74),
        "price": dice.number(12, 980),
        "big": f"{dice.number(12, 990) * 100:,}",
        "order": dice.number(10_000, 99_999),
        "ext": dice.number(100, 199),
        "hex": f"{dice.number(4096, 65_535):04X}",
        "version": f"{dice.number(1, 9)}.{dice.number(0, 12)}.{dice.number(0, 9)}",
        "wind": dice.number(80, 150),
        "minute": dice.number(70, 89),
        "goals_a": goals,
        "goals_b": dice.number(0, goals - 1),
        "votes_a": votes,
        "votes_b": dice.number(2, votes - 1),
        "high": low + dice.number(3, 12),
        "low": low,
        "rain": dice.number(0, 18) * 5,
        "rows": dice.number(3, 6),
    }


def _recipe(dice: Dice, dishes: list[str]) -> Values:
    """A dish with its amounts multiplied by the number of servings."""
    dish, amounts, *steps = dice.pick(dishes).split("|")
    n = dice.pick([2, 3, 4, 4, 6, 8])
    lines: list[str] = []
    for amount in amounts.split(","):
        what, size, unit = amount.split(":")
        lines.append(f"{short(float(size) * n)} {unit + ' ' if unit else ''}{what}")
    mark = dice.pick(["- ", "* ", ""])
    return {
        "dish": dish,
        "Dish": dish.capitalize(),
        "servings": n,
        "ingredients": "\n".join(mark + line for line in lines),
        "steps": "\n".join(f"{i}. {step}" for i, step in enumerate(steps, 1)),
    }


def _log(dice: Dice) -> Values:
    now = datetime(2019, 1, 1) + timedelta(seconds=dice.number(0, 200_000_000))  # noqa: DTZ001
    lines: list[str] = []
    for _ in range(dice.number(3, 6)):
        now += timedelta(milliseconds=dice.number(3, 90_000))
        event = dice.pick(_EVENTS).format(
            user=dice.pick(DATA["names"]).lower(),
            byte=dice.number(1, 254),
            order=dice.number(100, 99_999),
            ms=dice.number(2, 900),
            word=dice.pick(DATA["words"]),
            small=dice.number(2, 30),
        )
        lines.append(f"{now:%Y-%m-%d %H:%M:%S} {dice.pick(_LEVELS)} {event}")
    return {"lines": "\n".join(lines)}


def _invoice(dice: Dice) -> Values:
    day = any_date(dice, 2010, 2026)
    lines: list[str] = []
    total = 0
    for thing in dice.some(DATA["things"], dice.number(1, 3)):
        n, cents = dice.number(1, 9), dice.number(199, 24_999)
        total += n * cents
        lines.append(f"{n} x {thing}, ${money(cents)} each: ${money(n * cents)}")
    tax = total * 8 // 100
    ends = [
        f"Subtotal: ${money(total)}",
        f"Tax (8%): ${money(tax)}",
        f"Total: ${money(total + tax)}",
    ]
    due = day + timedelta(dice.pick([14, 30]))
    company = dice.pick(DATA["companies"])
    head = [f"{company} - Invoice no. {dice.number(1000, 99_999)}", f"Date: {day.isoformat()}"]
    to = f"To: {dice.pick(DATA['names'])} {dice.pick(DATA['surnames'])}, {dice.pick(DATA['towns'])}"
    return {"table": "\n".join([*head, to, "", *lines, *ends, f"Due: {due.isoformat()}"])}


def _csv(dice: Dice) -> Values:
    n = dice.number(3, 6)
    sign = dice.pick([",", ";", " | "])
    rows = [sign.join(["name", "city", "date", "amount"])]
    for name in dice.some(DATA["names"], n):
        day = date(2015, 1, 1) + timedelta(dice.number(0, 4000))
        who = f"{name} {dice.pick(DATA['surnames'])}"
        amount = f"{dice.number(100, 99_999) / 100:.2f}"
        rows.append(sign.join([who, dice.pick(DATA["cities"]), day.isoformat(), amount]))
    return {"csv": "\n".join(rows), "rows": n}
