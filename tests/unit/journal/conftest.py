"""A journal in a temporary directory, and records to put in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pellucid.core.records import Alternative, Token
from pellucid.core.settings import Settings
from pellucid.journal import Begun, Journal, NewRun, Sampling


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def journal(settings: Settings) -> Iterator[Journal]:
    opened = Journal.open(settings)
    yield opened
    opened.close()


def answered(journal: Journal, conversation_id: str, question: str, *replies: str) -> Begun:
    """A question with its finished answers; the last run."""
    begun = [
        journal.runs.begin(make_run(conversation_id, content=question if i == 0 else None))
        for i in range(len(replies))
    ]
    for one, reply in zip(begun, replies, strict=True):
        journal.runs.finish(one.run_id, [make_token(3, reply)], "done", "end")
    return begun[-1]


def make_token(pos: int, text: str = "word ", marker: bool = False) -> Token:
    top = (Alternative(id=1, text="a", logprob=-0.1), Alternative(id=2, text="b", logprob=-3.5))
    logprob = None if pos == 0 else -1.25
    return Token(
        pos=pos, id=pos + 100, text=text, role="user", marker=marker, logprob=logprob, top=top
    )


def make_run(conversation_id: str, content: str | None = "question", n_prompt: int = 3) -> NewRun:
    return NewRun(
        conversation_id=conversation_id,
        content=content,
        settings=Sampling(seed=2**53 - 1),
        interventions=(),
        subject="s" * 64,
        prompt=[make_token(pos) for pos in range(n_prompt)],
        given_from=1,
    )
