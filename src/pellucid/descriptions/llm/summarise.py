"""Descriptions in under 15 words, by a language model."""

from collections.abc import Sequence

from pellucid.core.errors import UnparseableReply, UpstreamFailed
from pellucid.descriptions.llm.answers import taken
from pellucid.descriptions.llm.prompts import prompt
from pellucid.llm import Answer, Ask, BudgetSpent, ChatModel

MOST_WORDS = 14
_MAX_TOKENS = 60


def summarise_with_llm(model: ChatModel, sentences: Sequence[str]) -> list[str]:
    """One summary a sentence; a sentence that is short enough is its own, and none is "".

    Where the model gives no short one or does not answer, and where no money is left, the first words stand for it.
    """
    return [_summary(model, sentence) for sentence in sentences]


def _summary(model: ChatModel, sentence: str) -> str:
    if len(sentence.split()) <= MOST_WORDS:
        return sentence.removesuffix(".")
    ask = Ask(prompt("summarise", description=sentence), max_tokens=_MAX_TOKENS)
    try:
        (summary,) = taken(model, [ask], _taken)
    except (UnparseableReply, UpstreamFailed, BudgetSpent):
        return " ".join(sentence.split()[: MOST_WORDS - 1]) + " …"
    return summary


def _taken(answer: Answer, _: int) -> str:
    lines = answer.text.strip().splitlines()
    text = " ".join(lines[0].split()).strip('*_` "“”').removesuffix(".") if lines else ""
    if not text or len(text.split()) > MOST_WORDS:
        raise UnparseableReply(f"no summary of at most {MOST_WORDS} words", answer.text[:500])
    return text
