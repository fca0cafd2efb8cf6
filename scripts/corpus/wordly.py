"""What generated questions about words, the world and code are filled with."""

import json
from collections.abc import Callable
from datetime import date, timedelta

from scripts.corpus.data import DATA
from scripts.corpus.dice import Dice
from scripts.corpus.numbers import Values, in_words, long, ordinal

_TIMES = {1: "once", 2: "twice", 3: "three times", 4: "four times"}
_CATEGORIES: dict[str, list[str]] = {
    name.replace("_", " "): values for name, values in DATA["categories"].items()
}


def _row(dice: Dice, name: str) -> list[str]:
    return dice.pick(DATA[name]).split("|")


def _article(word: str) -> str:
    return "an" if word[0] in "aeiouAEIOU" else "a"


def _spelled(word: str) -> str:
    return "-".join(word)


def countletter(dice: Dice) -> Values:
    word = dice.pick(DATA["words"])
    repeated = [letter for letter in sorted(set(word)) if word.count(letter) > 1]
    letter = dice.pick(repeated) if repeated and dice.chance(0.75) else dice.pick(word)
    n = word.count(letter)
    return {
        "l": letter,
        "word": word,
        "spelled": _spelled(word),
        "times": _TIMES.get(n, f"{n} times"),
        "times_n": n,
    }


def spell(dice: Dice) -> Values:
    word = dice.pick(DATA["words"])
    return {
        "word": word,
        "n": len(word),
        "spelled": _spelled(word),
        "back": word[::-1],
        "v": sum(letter in "aeiou" for letter in word),
        "first": word[0],
        "last": word[-1],
    }


def nth(dice: Dice) -> Values:
    word = dice.pick(DATA["words"])
    k = dice.number(2, len(word))
    return {
        "word": word,
        "k": k,
        "nth": ordinal(k),
        "l": word[k - 1],
        "spelled": _spelled(word),
    }


def alphabet(dice: Dice) -> Values:
    words = dice.some(DATA["words"], dice.number(3, 6))
    order = sorted(words)
    return {"list": ", ".join(words), "sorted": ", ".join(order), "first": order[0]}


def capitals(dice: Dice) -> Values:
    phrase = dice.pick(DATA["phrases"])
    return {"phrase": phrase, "upper": phrase.upper(), "title": phrase.title()}


def plural(dice: Dice) -> Values:
    one, many = _row(dice, "plurals")
    return {"one": one, "many": many}


def past(dice: Dice) -> Values:
    verb, simple, participle = _row(dice, "verbs")
    return {"verb": verb, "past": simple, "part": participle}


def opposite(dice: Dice) -> Values:
    (a, b), (c, d) = (row.split("|") for row in dice.some(DATA["opposites"], 2))
    return {"a": a, "b": b, "c": c, "d": d}


def phrase(dice: Dice) -> Values:
    english, *others = _row(dice, "translations")
    i = dice.number(0, len(others) - 1)
    return {"en": english, "foreign": others[i], "language": DATA["languages"][i]}


def country(dice: Dice) -> Values:
    keys = ("country", "capital", "continent", "currency", "language")
    return dict(zip(keys, _row(dice, "countries"), strict=True))


def element(dice: Dice) -> Values:
    return dict(zip(("element", "symbol", "number", "kind"), _row(dice, "elements"), strict=True))


def animal(dice: Dice) -> Values:
    keys = ("animal", "animals", "class", "place", "food", "young")
    values: Values = dict(zip(keys, _row(dice, "animals"), strict=True))
    many = str(values["animals"])
    values["a"] = _article(str(values["animal"]))
    values["ac"] = _article(str(values["class"]))
    values["A"] = str(values["a"]).capitalize()
    return values | {"Animals": many.capitalize(), "classes": f"{values['class']}s"}


def person(dice: Dice) -> Values:
    keys = ("person", "born", "died", "nation", "job", "deed")
    values: Values = dict(zip(keys, _row(dice, "people"), strict=True))
    return values | {"a": _article(str(values["nation"]))}


def shell(dice: Dice) -> Values:
    return dict(zip(("command", "does"), _row(dice, "shell"), strict=True))


def odd(dice: Dice) -> Values:
    category, other = dice.some(sorted(_CATEGORIES), 2)
    stranger = dice.pick(_CATEGORIES[other])
    if stranger in _CATEGORIES[category]:
        return odd(dice)
    members = dice.some(_CATEGORIES[category], dice.number(3, 5))
    listed = ", ".join(dice.some([*members, stranger], len(members) + 1))
    return {"list": listed, "odd": stranger, "category": category, "other": other}


def category(dice: Dice) -> Values:
    name = dice.pick(sorted(_CATEGORIES))
    members = sorted(dice.some(_CATEGORIES[name], dice.number(3, 8)), key=str.lower)
    k = in_words(len(members))
    return {
        "category": name,
        "k": k,
        "K": k.capitalize(),
        "numbered": "\n".join(f"{i}. {member}" for i, member in enumerate(members, 1)),
        "bulleted": "\n".join(f"- {member}" for member in members),
        "comma": ", ".join(members),
    }


def logic(dice: Dice) -> Values:
    more, most, least = dice.pick(
        [
            ("taller", "tallest", "shortest"),
            ("older", "oldest", "youngest"),
            ("faster", "fastest", "slowest"),
            ("heavier", "heaviest", "lightest"),
            ("richer", "richest", "poorest"),
            ("stronger", "strongest", "weakest"),
        ]
    )
    a, b, c = dice.some(DATA["names"], 3)
    return {"a": a, "b": b, "c": c, "more": more, "most": most, "least": least}


def jsonify(dice: Dice) -> Values:
    name = f"{dice.pick(DATA['names'])} {dice.pick(DATA['surnames'])}"
    city = dice.pick(DATA["cities"])
    day = date(2015, 1, 1) + timedelta(dice.number(0, 4000))
    dollars = dice.number(5, 9000)
    what = dice.pick(
        ["a used car", "concert tickets", "a painting", "legal advice", "a laptop", "new windows"]
    )
    amount = f"${dollars:,}"
    sentence = dice.pick(
        [
            f"{name} paid {amount} for {what} in {city} on {long(day)}.",
            f"On {long(day)}, {name} bought {what} in {city} for {amount}.",
            f"The invoice from {city}, dated {long(day)}, asks {name} for {amount} for {what}.",
            f"In {city}, {what} cost {name} {amount}; that was on {long(day)}.",
        ]
    )
    record = {"name": name, "city": city, "date": day.isoformat(), "amount": dollars}
    return {
        "sentence": sentence,
        "json": json.dumps(record, indent=dice.pick([None, 2])),
        "name": name,
        "city": city,
        "date": day.isoformat(),
        "amount": amount,
    }


def sentiment(dice: Dice) -> Values:
    words = DATA["reviews"]
    thing = dice.pick(words["things"])
    good, bad = dice.pick(words["good"]), dice.pick(words["bad"])
    label = dice.pick(["positive", "negative", "mixed"])
    if label == "positive":
        second = dice.pick([x for x in words["good"] if x != good])
        review, because = f"The {thing} {good}, and it {second}.", f"the {thing} {good}"
    elif label == "negative":
        second = dice.pick([x for x in words["bad"] if x != bad])
        review, because = f"The {thing} {bad}. It also {second}.", f"the {thing} {bad}"
    else:
        review, because = f"The {thing} {good}, but it {bad}.", f"it {good}, but it {bad}"
    if dice.chance(0.6):
        review += " " + dice.pick(words[label])
    stars = {"positive": 5, "negative": 1, "mixed": 3}[label]
    return {"review": review, "label": label, "because": because, "stars": f"{stars} of 5 stars"}


MAKERS: dict[str, Callable[[Dice], Values]] = {
    f.__name__: f
    for f in (
        countletter, spell, nth, alphabet, capitals, plural, past, opposite, phrase, country, element, animal,
        person, shell, odd, category, logic, jsonify, sentiment,
    )
}  # fmt: skip
"""By the name of their section in wording.toml."""
