"""A tokenised conversation: ids, and for every position whose it is and whether the template put it there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pellucid.core.records import Alternative, Role, Token


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the subject reads. All tuples have one entry a position."""

    ids: tuple[int, ...]
    texts: tuple[str, ...]
    """Joined, the text that the ids stand for; empty inside a character that a later token completes, or may yet."""
    roles: tuple[Role, ...]
    markers: tuple[bool, ...]
    given_from: int = 0
    """Positions before this are a system turn that the template added by itself."""
    reply_from: int | None = None
    """Where the open reply begins: after the header that asks for it. None: after the last token."""

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def text(self) -> str:
        """The whole text, markers included."""
        return "".join(self.texts)

    @property
    def reply_start(self) -> int:
        """The first position of the open reply; `len(self)` where nothing of it is given."""
        return len(self.ids) if self.reply_from is None else self.reply_from

    def cut(self, end: int) -> "Prompt":
        """Only the positions before `end`."""
        return replace(
            self,
            ids=self.ids[:end],
            texts=self.texts[:end],
            roles=self.roles[:end],
            markers=self.markers[:end],
            given_from=min(self.given_from, end),
            reply_from=self.reply_start,
        )

    def extended(
        self, ids: Sequence[int], texts: Sequence[str], role: Role | None = None
    ) -> "Prompt":
        """With more tokens at the end, by default in the role of the last one."""
        n = len(ids)
        whose: Role = role if role is not None else (self.roles[-1] if self.roles else "text")
        return replace(
            self,
            ids=self.ids + tuple(ids),
            texts=self.texts + tuple(texts),
            roles=self.roles + (whose,) * n,
            markers=self.markers + (False,) * n,
            reply_from=self.reply_start,
        )

    def token(
        self, pos: int, logprob: float | None = None, top: tuple[Alternative, ...] = ()
    ) -> Token:
        """The record of one position."""
        return Token(
            pos=pos,
            id=self.ids[pos],
            text=self.texts[pos],
            role=self.roles[pos],
            marker=self.markers[pos],
            logprob=logprob,
            top=top,
        )


def prompt_of(
    tokens: Sequence[Token], given_from: int = 0, reply_from: int | None = None
) -> Prompt:
    """The prompt that a list of token records stands for, exact ids included."""
    return Prompt(
        ids=tuple(token.id for token in tokens),
        texts=tuple(token.text for token in tokens),
        roles=tuple(token.role for token in tokens),
        markers=tuple(token.marker for token in tokens),
        given_from=given_from,
        reply_from=reply_from,
    )
