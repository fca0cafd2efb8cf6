"""The generated part of the corpus: questions and answers as chats and as plain text, and longer texts.

All of it is our own, made by rule with a fixed seed; every answer is worked out, not looked up. No two documents are
the same or near-duplicates.
"""

from collections.abc import Iterator
from typing import Any

from pellucid.exemplars.duplicates import groups_of
from scripts.corpus import coding, numbers, wordly, writing
from scripts.corpus.data import DATA, WORDING
from scripts.corpus.dice import Dice

SEED = "pellucid corpus 1"
MAKERS = numbers.MAKERS | wordly.MAKERS | coding.MAKERS
Record = dict[str, Any]


def generated() -> list[Record]:
    """All generated documents, without near-duplicates."""
    records = [*_questions(), *_texts()]
    groups = groups_of([_content(record) for record in records])
    return [record for i, record in enumerate(records) if groups[i] == i]


def _content(record: Record) -> str:
    if "text" in record:
        return record["text"]
    return "\n".join(message["content"] for message in record["messages"])


def _questions() -> Iterator[Record]:
    """Chats of one to three turns and, of kinds that can be said without a question, plain texts of several lines."""
    kinds = sorted(WORDING)
    for kind in kinds:
        entry = WORDING[kind]
        dice = Dice(f"{SEED}: {kind}")
        for i in range(entry["n"]):
            if "text" in entry and i % 4 == 3:
                yield {"text": _lines(dice, kind), "category": entry["source"]}
                continue
            turns = [_turn(dice, kind)]
            while dice.chance(0.35) and len(turns) < 3:
                turns.append(_turn(dice, kind if dice.chance(0.6) else dice.pick(kinds)))
            yield _chat(turns, entry["source"])


def _turn(dice: Dice, kind: str) -> tuple[str, str]:
    values = MAKERS[kind](dice)
    ask, reply = (dice.pick(WORDING[kind][key]).format(**values) for key in ("ask", "reply"))
    return _capital(ask), _capital(reply)


def _lines(dice: Dice, kind: str) -> str:
    """Several statements of one kind in one wording, as in notes, or in changing ones."""
    wordings = WORDING[kind]["text"]
    same = dice.pick(wordings) if dice.chance(0.5) else None
    n = dice.number(2, 3) if WORDING[kind]["source"] == "code" else dice.number(3, 8)
    lines = [(same or dice.pick(wordings)).format(**MAKERS[kind](dice)) for _ in range(n)]
    return ("\n\n" if any("\n" in line for line in lines) else "\n").join(dict.fromkeys(lines))


def _texts() -> Iterator[Record]:
    for kind in sorted(writing.GRAMMARS):
        dice = Dice(f"{SEED}: {kind}")
        for _ in range(writing.GRAMMARS[kind]["n"]):
            ask, text = writing.write(dice, kind)
            if ask is not None and dice.chance(0.5):
                yield _chat([(ask, text)], kind)
            else:
                yield {"text": text, "category": kind}


def _chat(turns: list[tuple[str, str]], category: str) -> Record:
    messages = [
        {"role": role, "content": text}
        for turn in turns
        for role, text in zip(("user", "assistant"), turn, strict=True)
    ]
    return {"messages": messages, "category": category}


def _capital(text: str) -> str:
    """With a capital letter at the beginning, unless it begins with a quotation, code or a number."""
    first = text.split(" ", 1)[0]
    known = first.rstrip(",.:") in DATA["words"]
    return text if known else text[:1].upper() + text[1:]
