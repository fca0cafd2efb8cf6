"""What generated questions about code are filled with; what a snippet prints is found by running it."""

import io
import tomllib
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any

from scripts.corpus.data import DATA, HERE
from scripts.corpus.dice import Dice
from scripts.corpus.numbers import Values

_CODE: dict[str, Any] = tomllib.loads((HERE / "code.toml").read_text())


def _filled(dice: Dice, entry: dict[str, str]) -> dict[str, str]:
    word = dice.pick(DATA["words"])
    name, other = dice.some(DATA["names"], 2)
    minor = dice.number(2, 9)
    values: dict[str, object] = {
        "a": dice.number(10, 99),
        "b": dice.number(10, 99),
        "c": dice.number(2, 9),
        "d": dice.number(4, 12),
        "word": word,
        "letter": dice.pick(word),
        "name": name,
        "other": other,
        "surname": dice.pick(DATA["surnames"]),
        "items": dice.pick(DATA["items"]),
        "phrase": dice.pick(DATA["phrases"]),
        "greeting": dice.pick(["Hello", "Good morning", "Welcome", "Hi", "Dear guest"]),
        "city": dice.pick(DATA["cities"]),
        "initial": name[0],
        "year": dice.number(1990, 2025),
        "month": dice.number(1, 12),
        "version": f"{dice.number(1, 4)}.{minor}",
        "version2": f"{dice.number(1, 4)}.{dice.number(10, 14)}",
    }
    out = dict(entry)
    for key, value in values.items():
        out = {field: text.replace(f"<<{key}>>", str(value)) for field, text in out.items()}
    return out


def python(dice: Dice) -> Values:
    filled = _filled(dice, dice.pick(_CODE["python"]))
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(filled["code"], {})
    return {**filled, "out": printed.getvalue().rstrip("\n")}


def function(dice: Dice) -> Values:
    filled = _filled(dice, dice.pick(_CODE["function"]))
    names: dict[str, Any] = {}
    exec(filled["code"], names)
    return {**filled, "out": repr(eval(filled["call"], names))}


def sql(dice: Dice) -> Values:
    return {**_filled(dice, dice.pick(_CODE["sql"]))}


MAKERS: dict[str, Callable[[Dice], Values]] = {"python": python, "function": function, "sql": sql}
"""By the name of their section in wording.toml."""
