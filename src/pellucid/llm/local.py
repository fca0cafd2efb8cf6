"""A Hugging Face chat model in process: the bundled one, a directory, or one from the hub. Imports torch."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor

from pellucid.core.errors import InvalidRequest, PellucidError, Unsupported
from pellucid.core.settings import Settings
from pellucid.llm.ledger import Ledger
from pellucid.llm.port import Answer, Ask, Capabilities, Forced, Message, Place
from pellucid.subject.load import load_parts
from pellucid.subject.progress import Progress

_BATCH = 16
"""Replies that are read at once."""


class LocalChat:
    """A model that is called here, one question after the other."""

    def __init__(
        self,
        name: str,
        model: Any,
        tokenizer: Any,
        stop_ids: frozenset[int],
        ledger: Ledger | None = None,
    ) -> None:
        """Raises Unsupported where the tokenizer knows no chat."""
        if not getattr(tokenizer, "chat_template", None):
            raise Unsupported(
                f"{name} is no chat model",
                "its tokenizer has no chat template",
                "name an instruct model",
            )
        self.name = f"local:{name}"
        self.ledger = ledger or Ledger()
        self._model, self._tokenizer, self._stop_ids = model, tokenizer, stop_ids

    @classmethod
    def load(
        cls,
        name: str,
        settings: Settings,
        ledger: Ledger | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> "LocalChat":
        """By the names that a subject has: `bundled`, a directory, a hub id.

        Raises:
            PellucidError: As when a subject is loaded.
        """
        parts = load_parts(name, settings, progress or (lambda _: None))
        return cls(name, parts.model, parts.codec.tokenizer, parts.stop_ids, ledger)

    @property
    def capabilities(self) -> Capabilities:
        """See `ChatModel.capabilities`."""
        return self._capabilities

    @cached_property
    def _capabilities(self) -> Capabilities:
        return Capabilities("in process", False, False, self._label("10") is not None, begins=True)

    def reply(self, asks: Sequence[Ask]) -> list[Answer | PellucidError]:
        """See `ChatModel.reply`."""
        return [self._reply(ask) for ask in asks]

    def read(self, forced: Sequence[Forced]) -> list[tuple[Place, ...] | PellucidError]:
        """See `ChatModel.read`; log-probabilities are of the labels alone."""
        out: list[tuple[Place, ...] | PellucidError] = [()] * len(forced)
        groups: dict[tuple[tuple[Message, ...], tuple[str, ...]], list[int]] = defaultdict(list)
        for i, one in enumerate(forced):
            groups[one.messages, one.labels].append(i)
        for (messages, labels), members in groups.items():
            for at in range(0, len(members), _BATCH):
                some = members[at : at + _BATCH]
                read = self._read(messages, labels, [forced[i].reply for i in some])
                for i, places in zip(some, read, strict=True):
                    out[i] = places
        return out

    @torch.inference_mode()
    def _reply(self, ask: Ask) -> Answer | PellucidError:
        prompt = self._ids(self._rendered(ask.messages) + ask.begin)
        if prompt.shape[1] + ask.max_tokens > self._n_context:
            return InvalidRequest(f"{prompt.shape[1]:,} tokens do not fit into {self.name}")
        how: dict[str, Any] = {"do_sample": False}
        if ask.temperature > 0:
            how = {"do_sample": True, "temperature": ask.temperature, "top_k": 0, "top_p": 1.0}
        with self.ledger.call(0, 0), torch.random.fork_rng():
            torch.manual_seed(ask.seed)
            ids = self._model.generate(
                prompt,
                attention_mask=torch.ones_like(prompt),
                max_new_tokens=ask.max_tokens,
                eos_token_id=sorted(self._stop_ids),
                pad_token_id=min(self._stop_ids, default=0),
                stopping_criteria=[self._ends(prompt.shape[1], ask.stop)] if ask.stop else None,
                **how,
            )[0, prompt.shape[1] :].tolist()
        self.ledger.add(prompt.shape[1], len(ids))
        text = ask.begin + self._tokenizer.decode(
            [i for i in ids if i not in self._stop_ids], skip_special_tokens=False
        )
        if ask.stop and ask.stop in text[len(ask.begin) :]:
            text = text[: text.index(ask.stop, len(ask.begin))]
        return Answer(text, cut=len(ids) == ask.max_tokens and ids[-1] not in self._stop_ids)

    def _ends(self, n_prompt: int, stop: str) -> Callable[..., Tensor]:
        def ended(ids: Tensor, _scores: Any, **_: Any) -> Tensor:
            text = self._tokenizer.decode(ids[0, n_prompt:].tolist())
            return torch.tensor([stop in text], device=ids.device)

        return ended

    @torch.inference_mode()
    def _read(
        self, messages: tuple[Message, ...], labels: tuple[str, ...], replies: list[str]
    ) -> list[tuple[Place, ...]]:
        prompt = self._ids(self._rendered(messages))
        split = [
            self._tokenizer(reply, add_special_tokens=False, return_offsets_mapping=True)
            for reply in replies
        ]
        longest = max(len(one["input_ids"]) for one in split)
        ids = torch.zeros(len(split), longest, dtype=torch.long, device=prompt.device)
        mask = torch.zeros_like(ids)
        for i, one in enumerate(split):
            n = len(one["input_ids"])
            ids[i, :n] = torch.tensor(one["input_ids"], device=ids.device)
            mask[i, :n] = 1
        known = {label: id_ for label in labels if (id_ := self._label(label)) is not None}
        with self.ledger.call(0, 0):
            logits = self._logits(prompt, ids, mask, list(known.values())).tolist()
        self.ledger.add(prompt.shape[1] + int(mask.sum()), 0)
        return [
            tuple(
                Place(start, reply[start:end], dict(zip(known, logits[i][j], strict=True)))
                for j, (start, end) in enumerate(one["offset_mapping"])
            )
            for i, (reply, one) in enumerate(zip(replies, split, strict=True))
        ]

    def _logits(
        self,
        prompt: Int[Tensor, "1 prompt"],
        ids: Int[Tensor, "reply pos"],
        mask: Int[Tensor, "reply pos"],
        labels: list[int],
    ) -> Float[Tensor, "reply pos label"]:
        """Before every token of every reply. The prompt is read once."""
        trunk, weights = self._model.base_model, self._model.get_output_embeddings().weight[labels]
        first = trunk(prompt, use_cache=True)
        cache = first.past_key_values
        cache.batch_repeat_interleave(len(ids))
        before = torch.ones(len(ids), prompt.shape[1], dtype=mask.dtype, device=mask.device)
        rest = trunk(ids, attention_mask=torch.cat([before, mask], 1), past_key_values=cache)
        hidden = torch.cat(
            [
                first.last_hidden_state[:, -1:].expand(len(ids), -1, -1),
                rest.last_hidden_state[:, :-1],
            ],
            dim=1,
        )
        return (hidden @ weights.T).float()

    def _label(self, label: str) -> int | None:
        """The token that stands for a label after a tab; None where it takes several."""
        tab = self._tokenizer("a\t", add_special_tokens=False)["input_ids"]
        whole = self._tokenizer(f"a\t{label}", add_special_tokens=False)["input_ids"]
        return whole[-1] if len(whole) == len(tab) + 1 else None

    def _rendered(self, messages: Sequence[Message]) -> str:
        turns = [{"role": m.role, "content": m.text} for m in messages]
        return str(
            self._tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
        )

    def _ids(self, text: str) -> Int[Tensor, "1 pos"]:
        found = self._tokenizer(text, add_special_tokens=False)["input_ids"]
        return torch.tensor([found], device=self._model.device)

    @property
    def _n_context(self) -> int:
        return int(getattr(self._model.config, "max_position_embeddings", 0) or 1 << 30)
