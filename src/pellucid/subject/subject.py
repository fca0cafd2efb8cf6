"""The subject: a causal language model with its weights frozen, its tokenizer, and the places Pellucid reads."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from transformers import DynamicCache

from pellucid.core.errors import InvalidRequest, NotFound, TooLarge
from pellucid.core.ids import FeatureId
from pellucid.core.records import Conversation
from pellucid.core.settings import Settings
from pellucid.subject.architectures import Family, down_weight, submodule
from pellucid.subject.codec import Codec
from pellucid.subject.load import load_parts
from pellucid.subject.progress import Progress
from pellucid.subject.prompt import Prompt


@dataclass(frozen=True)
class Subject:
    """A loaded model. `Subject.load` makes one; everything else is derived from the model itself."""

    name: str
    hash: str
    """sha256 of the weights, the same wherever they were loaded from."""
    model: Any
    """A causal language model of `transformers`, weights frozen."""
    codec: Codec
    family: Family
    stop_ids: frozenset[int]
    """Ids that end a reply."""

    @staticmethod
    def load(
        model: str = "bundled",
        *,
        settings: Settings | None = None,
        progress: Callable[[Progress], None] | None = None,
    ) -> "Subject":
        """The subject that `model` names: `bundled`, a directory, or a hub id; safetensors only, no remote code.

        Raises:
            Unsupported: The family or the file format cannot be read here.
            NotFound: There is no such directory or hub id.
            StoreMismatch: The checkpoint is damaged or incomplete.
            UpstreamFailed: The registry or hub did not answer.
        """
        return Subject(*load_parts(model, settings or Settings(), progress or (lambda _: None)))

    # Shape

    @cached_property
    def layers(self) -> list[nn.Module]:
        """The decoder layers."""
        return list(submodule(self.model, self.family.layers).children())

    @cached_property
    def downs(self) -> list[nn.Module]:
        """The down projection of every layer."""
        return [submodule(layer, self.family.down) for layer in self.layers]

    @property
    def n_layers(self) -> int:
        """Number of decoder layers."""
        return len(self.layers)

    @cached_property
    def d_model(self) -> int:
        """Width of the residual stream."""
        return int(down_weight(self.family, self.downs[0]).shape[0])

    @cached_property
    def d_mlp(self) -> int:
        """Neurons a layer."""
        return int(down_weight(self.family, self.downs[0]).shape[1])

    @property
    def d_vocab(self) -> int:
        """Token ids the subject knows."""
        return self.codec.n_vocab

    @property
    def n_neurons(self) -> int:
        """All neurons; each is two features."""
        return self.n_layers * self.d_mlp

    @property
    def n_features(self) -> int:
        """Both signs of every neuron."""
        return 2 * self.n_neurons

    @cached_property
    def n_context(self) -> int:
        """Most positions the subject was made for."""
        return int(self.model.config.max_position_embeddings)

    @property
    def window(self) -> int | None:
        """How many positions back the layers with a sliding window see, their own included; None: all see all."""
        return self.model.config.sliding_window if self.family.sliding_window else None

    @cached_property
    def rope_switch(self) -> int | None:
        """Most positions that a `longrope` model reads with its short factors; with more, all keys are others."""
        rope = getattr(self.model.config, "rope_parameters", None) or {}
        if rope.get("rope_type") != "longrope":
            return None
        return int(rope["original_max_position_embeddings"])

    @property
    def kind(self) -> str:
        """The family by its `transformers` name, as in `llama`."""
        return str(self.model.config.model_type)

    @property
    def dtype(self) -> str:
        """Data type of the weights, as in `float32`."""
        return str(self.model.dtype).removeprefix("torch.")

    @property
    def device(self) -> str:
        """Where ids go in: `cpu`, or `cuda:0`."""
        return str(self.model.device)

    @property
    def has_chat_template(self) -> bool:
        """Whether it can read messages."""
        return self.codec.has_chat_template

    # Reading

    def read_prompt(self, conversation: Conversation) -> Prompt:
        """The prompt a conversation becomes.

        Raises:
            InvalidRequest: Nothing to read.
            NotFound: An id outside the vocabulary.
            TooLarge: More positions than the subject was made for.
        """
        prompt = self.codec.read(conversation)
        self.check_length(len(prompt))
        return prompt

    def continue_reply(self, prompt: Prompt, token_id: int | None = None) -> Prompt:
        """A prompt that ends in its open reply, ready to go on from there, or from one more token.

        Raises:
            NotFound: An id outside the vocabulary.
            InvalidRequest: The token ends a reply.
            TooLarge: More positions than the subject was made for.
        """
        more = () if token_id is None else (token_id,)
        self.check_ids((*prompt.ids, *more))
        if token_id in self.stop_ids:
            raise InvalidRequest(
                f"the reply cannot go on from token id {token_id}",
                why="the token ends a reply",
                instead="choose another token, or take the reply as it is up to there",
            )
        return self.codec.with_ids(prompt, more)

    def check_ids(self, ids: Sequence[int]) -> None:
        """Refuse ids that the subject cannot read, and more of them than it was made for.

        Raises:
            NotFound: One is outside the vocabulary.
            TooLarge: They are too many.
        """
        for id_ in ids:
            self.codec.check(id_)
        self.check_length(len(ids))

    def check_length(self, n_pos: int) -> None:
        """Refuse more positions than the subject was made for."""
        if n_pos > self.n_context:
            raise TooLarge(
                "the prompt is too long, in tokens",
                n_pos,
                self.n_context,
                "shorten the conversation",
            )

    def check_feature(self, feature: FeatureId) -> FeatureId:
        """`feature`, if the subject has it.

        Raises:
            InvalidRequest: The source is not `mlp`.
            NotFound: Layer or index out of range.
        """
        if feature.source != "mlp":
            raise InvalidRequest(
                f"{feature} is of the source {feature.source!r}", instead="only mlp is open here"
            )
        if feature.layer >= self.n_layers:
            raise NotFound(
                f"{feature} does not exist",
                why=f"layers of {self.name} go from 0 to {self.n_layers - 1}",
            )
        if feature.index >= self.d_mlp:
            raise NotFound(
                f"{feature} does not exist", why=f"neurons of a layer go from 0 to {self.d_mlp - 1}"
            )
        return feature

    def ids_tensor(self, ids: Sequence[int]) -> Int[Tensor, "1 pos"]:
        """Ids where the model wants them."""
        return torch.tensor([list(ids)], device=self.model.device)

    def new_cache(self) -> DynamicCache:
        """An empty cache for a reply; it forgets what is past a window only where the family heeds one."""
        heeded = self.model.config if self.family.sliding_window else None
        return DynamicCache(config=heeded)

    def trunk(
        self,
        ids: Int[Tensor, "batch pos"],
        *,
        cache: DynamicCache | None = None,
        positions: Int[Tensor, "batch pos"] | None = None,
        mask: Any = None,
    ) -> Float[Tensor, "batch pos d_model"]:
        """The residual stream after the last norm: the model as it is, without its output embedding."""
        extra: dict[str, Any] = {}
        if positions is not None:
            extra["position_ids"] = positions
        if mask is not None:
            extra["attention_mask"] = mask
        out = self.model.base_model(
            input_ids=ids, past_key_values=cache, use_cache=cache is not None, **extra
        )
        return out.last_hidden_state

    def unembed(self, hidden: Float[Tensor, "... d_model"]) -> Float[Tensor, "... d_vocab"]:
        """Logits, with the soft cap that some families put on them."""
        logits = self.model.get_output_embeddings()(hidden)
        cap = getattr(self.model.config, "final_logit_softcapping", None)
        return logits if cap is None else torch.tanh(logits / cap) * cap

    def logprobs(self, hidden: Float[Tensor, "... d_model"]) -> Float[Tensor, "... d_vocab"]:
        """Log-probabilities of the next token in nats, float32.

        Raises:
            InvalidRequest: They are no numbers.
        """
        return finite(self.unembed(hidden).float().log_softmax(-1))

    @cached_property
    def write_norms(self) -> list[Float[Tensor, " d_mlp"]]:
        """Length of what a unit activation of each neuron adds to the residual stream, by layer.

        Where a norm stands behind the MLP, before division by that norm's root mean square.
        """
        norms: list[Float[Tensor, " d_mlp"]] = []
        for layer, down in zip(self.layers, self.downs, strict=True):
            weight = down_weight(self.family, down).float()
            if self.family.mlp_out_norm is not None:
                weight = weight * norm_gain(submodule(layer, self.family.mlp_out_norm))[:, None]
            norms.append(weight.norm(dim=0))
        return norms


def finite(values: Float[Tensor, "..."]) -> Float[Tensor, "..."]:
    """The same values, if all are finite; every analysis and reply passes through here.

    Raises:
        InvalidRequest: The subject overflowed, as it does far outside the activations that it was trained with.
    """
    if not all(math.isfinite(float(end)) for end in values.detach().aminmax()):
        raise InvalidRequest(
            "the model's answer is no number",
            why=f"its activations grew past what {str(values.dtype).removeprefix('torch.')} holds",
            instead="clamp to smaller values; without interventions, the checkpoint itself is damaged",
        )
    return values


def norm_gain(norm: nn.Module) -> Float[Tensor, " d_model"]:
    """What an RMS norm multiplies each direction with; Gemma keeps it as the distance from 1."""
    gain = norm.get_parameter("weight").float()
    return 1 + gain if type(norm).__name__.startswith("Gemma") else gain
