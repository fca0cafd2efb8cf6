"""What is asked about a token: why this one, or why this one rather than that one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from jaxtyping import Float
from torch import Tensor

from pellucid.core.errors import InvalidRequest, NotFound
from pellucid.core.records import Target, TargetToken
from pellucid.subject.prompt import Prompt
from pellucid.subject.subject import Subject


@dataclass(frozen=True)
class Question:
    """Which token is explained, after which prompt. `pick_target` makes one."""

    prompt: Prompt
    """Everything before the target."""
    ids: tuple[int, ...] = ()
    """The target; several tokens are explained together; empty: the subject's own choice."""
    contrast_id: int | None = None
    """Explain log p(target) - log p(contrast) instead of log p(target)."""

    @property
    def read_ids(self) -> tuple[int, ...]:
        """What the subject reads: the prompt, and all of the target but its last token."""
        return self.prompt.ids + self.ids[:-1]

    @property
    def read_at(self) -> range:
        """Positions whose logits predict the target."""
        first = len(self.prompt) - 1
        return range(first, first + max(len(self.ids), 1))

    @property
    def span(self) -> tuple[int, int]:
        """Positions of the sites that count: all of the prompt, but a system turn the template added by itself.

        Empty where the target stands in that turn, or just behind it.
        """
        return self.prompt.given_from, len(self.prompt)

    def resolved(self, subject: Subject, logprobs: Float[Tensor, "read d_vocab"]) -> "Question":
        """With the subject's own choice filled in, where none was named.

        Raises:
            InvalidRequest: The choice is the contrast.
        """
        if self.ids:
            return self
        choice = int(logprobs[0].argmax())
        _refuse_same(subject, choice, self.contrast_id)
        return replace(self, ids=(choice,))

    def score(self, logprobs: Float[Tensor, "*batch read d_vocab"]) -> Float[Tensor, "*batch"]:
        """What is explained, in nats."""
        rows = torch.arange(len(self.ids), device=logprobs.device)
        ids = torch.tensor(self.ids, device=logprobs.device)
        score = logprobs[..., rows, ids].sum(-1)
        return score if self.contrast_id is None else score - logprobs[..., 0, self.contrast_id]

    def targets(
        self, subject: Subject, logprobs: Float[Tensor, "read d_vocab"]
    ) -> tuple[Target, Target | None]:
        """Target and contrast, with their log-probabilities."""
        pos, piece = len(self.prompt), subject.codec.piece
        each = [float(logprobs[i, id_]) for i, id_ in enumerate(self.ids)]
        texts = subject.codec.texts(self.ids, after=self.prompt)
        several = tuple(
            TargetToken(id=id_, text=text, logprob=lp)
            for id_, text, lp in zip(self.ids, texts, each, strict=True)
        )
        text = piece(self.ids[0]) if len(self.ids) == 1 else "".join(texts)
        target = Target(
            pos=pos,
            id=self.ids[0],
            text=text,
            logprob=sum(each),
            tokens=several if len(self.ids) > 1 else (),
        )
        if self.contrast_id is None:
            return target, None
        other = self.contrast_id
        return target, Target(
            pos=pos, id=other, text=piece(other), logprob=float(logprobs[0, other])
        )


def pick_target(
    subject: Subject,
    prompt: Prompt,
    *,
    text: str | None = None,
    at: int | None = None,
    contrast: str | None = None,
    all_tokens: bool = False,
    token_id: int | None = None,
    contrast_id: int | None = None,
) -> Question:
    """The question about the token after the prompt, or at position `at` of it.

    Args:
        subject: Whose tokenizer reads `text` and `contrast`.
        prompt: The conversation.
        text: Target, taken literally, leading space and all: its first token, or all with `all_tokens`.
        at: Explain this position, from what stands before it; without `text`, the token that stands there.
        contrast: Another text; its first token is what the target is compared with.
        all_tokens: The target is the whole of `text`.
        token_id: Target as an id, instead of `text`.
        contrast_id: Contrast as an id, instead of `contrast`.

    Raises:
        InvalidRequest: Target and contrast are the same token, an empty text, or combinations without meaning.
        NotFound: A position or id that does not exist.
        TooLarge: Prompt and target together are too long.
    """
    if at is not None and not 1 <= at <= len(prompt):
        raise NotFound(
            f"position {at} cannot be explained",
            why="position 0 has nothing before it"
            if at == 0
            else f"positions go from 1 to {len(prompt)}",
        )
    before = prompt if at is None else prompt.cut(at)
    if text is not None:
        ids = _literal(subject, text, "target")
        ids = ids if all_tokens else ids[:1]
    elif all_tokens:
        raise InvalidRequest(
            "all tokens of the target are asked for, and no target", instead="give --target TEXT"
        )
    elif token_id is not None:
        ids = [subject.codec.check(token_id)]
    else:
        ids = [prompt.ids[at]] if at is not None and at < len(prompt) else []
    if contrast is not None:
        contrast_id = _literal(subject, contrast, "contrast")[0]
    elif contrast_id is not None:
        contrast_id = subject.codec.check(contrast_id)
    if contrast_id is not None and len(ids) > 1:
        raise InvalidRequest(
            "a contrast goes with one target token", instead="leave out --target-all or --contrast"
        )
    if len(ids) == 1:
        _refuse_same(subject, ids[0], contrast_id)
    question = Question(before, tuple(ids), contrast_id)
    subject.check_length(len(question.read_ids))
    return question


def _literal(subject: Subject, text: str, what: str) -> Sequence[int]:
    ids = subject.codec.literal(text)
    if not ids:
        raise InvalidRequest(f"the {what} is empty", instead=f"give a text for the {what}")
    return ids


def _refuse_same(subject: Subject, target_id: int, contrast_id: int | None) -> None:
    if target_id == contrast_id:
        raise InvalidRequest(
            f"target and contrast are the same token, {subject.codec.piece(target_id)!r}",
            instead="name two texts that begin with different tokens",
        )
