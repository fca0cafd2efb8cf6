"""The latents of a sparse autoencoder on the residual stream, read and written where the subject runs.

Reading: the stream after a layer is encoded, in float32. Writing: the stream gets (new - old) x the latent's decoder
direction, and nothing else, so what the SAE does not reconstruct stays as it was, and a run in which no latent changes
is the run without the SAE, bit for bit. The stream is not encoded again after a write: a latent's activation is what it
was set to, also where the encoder would now say something else.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn

from pellucid.core.errors import ForeignStore, InvalidRequest
from pellucid.core.ids import FeatureId, Sign
from pellucid.features.port import See
from pellucid.features.sae_files import Checkpoint, read_checkpoints
from pellucid.subject import Subject
from pellucid.subject.architectures import submodule
from pellucid.subject.files import sha256_of
from pellucid.subject.hooks import Edit, Reader, outputs_read, outputs_replaced


class Sae:
    """Every latent of an SAE, or of one on each of several layers. `Sae.load` makes one."""

    def __init__(self, name: str, subject: Subject, checkpoints: Sequence[Checkpoint]) -> None:
        """Weights go to the device of their layer.

        Raises:
            InvalidRequest: The name is none, or taken.
            ForeignStore: The SAE was made for a model of another shape.
        """
        _check_name(name)
        for checkpoint in checkpoints:
            _check_fit(checkpoint, subject)
        self.name = name
        self._subject = subject
        self._checkpoints = tuple(checkpoints)
        layer_norms = hasattr(submodule(subject.model, subject.family.final_norm), "bias")
        self._parts = tuple(
            _Part.of(checkpoint, subject.layers[checkpoint.layer], layer_norms)
            for checkpoint in checkpoints
        )
        self._write_norms = tuple(part.W_dec.norm(dim=-1) for part in self._parts)

    @classmethod
    def load(cls, path: Path | str, name: str, subject: Subject) -> "Sae":
        """The SAE in a directory that SAELens wrote, or in its subdirectories, one for each layer.

        Args:
            path: Holds `cfg.json` and `sae_weights.safetensors`, or directories that do.
            name: The first part of its features' ids.
            subject: The model it was trained on.

        Raises:
            InvalidRequest: The name is none, or taken.
            NotFound: There is no checkpoint.
            Unsupported: It is of a kind that is not computed here.
            StoreMismatch: It is damaged, or was made for a model of another shape.
        """
        _check_name(name)
        return cls(name, subject, read_checkpoints(Path(path).expanduser()))

    # What there is

    @property
    def kind(self) -> str:
        """The architecture: `standard`, `topk` or `jumprelu`."""
        return self._checkpoints[0].architecture

    @property
    def layers(self) -> Sequence[int]:
        """The layers whose output it reads, ascending."""
        return tuple(checkpoint.layer for checkpoint in self._checkpoints)

    @property
    def n_units(self) -> int:
        """Latents a layer, `d_sae`."""
        return int(self._checkpoints[0].b_enc.shape[0])

    @property
    def signs(self) -> tuple[Sign, ...]:
        """`pos` alone: latents are never negative."""
        return ("pos",)

    @property
    def model_name(self) -> str | None:
        """What it was trained on, as the checkpoint says."""
        return self._checkpoints[0].model_name

    @property
    def hash(self) -> str | None:
        """sha256 over the hashes of its files, the same wherever they lie."""
        return self._hash

    @cached_property
    def _hash(self) -> str:
        files = [file for checkpoint in self._checkpoints for file in checkpoint.files]
        return hashlib.sha256("".join(map(sha256_of, files)).encode()).hexdigest()

    # What it computes

    @torch.no_grad()
    def encode(
        self, place: int, resid: Float[Tensor, "*batch d_model"]
    ) -> Float[Tensor, "*batch d_sae"]:
        """Activations of one layer's latents, float32, without a graph."""
        return self._parts[place].encode(resid.detach().float())

    def decode(
        self, place: int, act: Float[Tensor, "*batch d_sae"]
    ) -> Float[Tensor, "*batch d_model"]:
        """The residual stream that activations stand for, float32; what is missing is the error."""
        part = self._parts[place]
        return act @ part.W_dec + part.b_dec

    @property
    def write_norms(self) -> Sequence[Float[Tensor, " unit"]]:
        """Lengths of the rows of the decoder."""
        return self._write_norms

    def zero(self, place: int) -> Float[Tensor, ""]:
        """float32, on the layer's device."""
        return self._parts[place].W_dec.new_zeros(())

    def directions(self, place: int) -> Float[Tensor, "unit d_model"]:
        """Rows of the decoder."""
        return self._parts[place].W_dec

    # Where the subject runs

    @contextmanager
    def reading(self, see: See) -> Iterator[None]:
        """See `FeatureSource.reading`; there is no gate."""

        def look(place: int, resid: Tensor) -> None:
            see(place, self.encode(place, resid), None)

        with outputs_read([self._subject.layers[layer] for layer in self.layers], look):
            yield

    @contextmanager
    def editing(self, edits: Sequence[Edit]) -> Iterator[None]:
        """See `Units.editing`; edits are shown the activations as float32."""
        todo = _by_place(self.layers, edits)
        modules = {place: self._subject.layers[self.layers[place]] for place in todo}
        with outputs_replaced(modules, self._editor(todo)):
            yield

    def _editor(self, todo: Mapping[int, Sequence[Edit]]) -> Callable[[int, Tensor], Tensor]:
        def replace(place: int, resid: Tensor) -> Tensor:
            part = self._parts[place]
            # In the graph, where there is one: what is upstream acts through latents that are held, too.
            old = part.encode(resid.float())
            act = old.clone()  # edits may write in place
            for edit in todo[place]:
                act = edit(self.layers[place], act)
            if all(isinstance(edit, Reader) for edit in todo[place]):
                return resid
            return (resid.float() + (act - old) @ part.W_dec).to(resid.dtype)

        return replace


class _Part(NamedTuple):
    """The SAE of one layer, on that layer's device."""

    W_enc: Float[Tensor, "d_model d_sae"]
    b_enc: Float[Tensor, " d_sae"]
    W_dec: Float[Tensor, "d_sae d_model"]
    b_dec: Float[Tensor, " d_model"]
    b_in: Float[Tensor, " d_model"]
    threshold: Float[Tensor, " d_sae"] | None
    k: int | None
    centred: bool

    @classmethod
    def of(cls, checkpoint: Checkpoint, layer: nn.Module, layer_norms: bool) -> "_Part":
        device = next(layer.parameters()).device
        c, threshold = checkpoint, checkpoint.threshold
        return cls(
            W_enc=c.W_enc.to(device),
            b_enc=c.b_enc.to(device),
            W_dec=c.W_dec.to(device),
            b_dec=c.b_dec.to(device),
            b_in=c.b_in.to(device),
            threshold=None if threshold is None else threshold.to(device),
            k=c.k,
            centred=c.centred and layer_norms,
        )

    def encode(self, resid: Float[Tensor, "*batch d_model"]) -> Float[Tensor, "*batch d_sae"]:
        if self.centred:
            resid = resid - resid.mean(-1, keepdim=True)
        act = ((resid - self.b_in) @ self.W_enc + self.b_enc).relu()
        if self.threshold is not None:
            return act * (act > self.threshold)
        if self.k is not None:
            top = act.topk(self.k, dim=-1, sorted=False)
            return torch.zeros_like(act).scatter(-1, top.indices, top.values)
        return act


def _by_place(layers: Sequence[int], edits: Sequence[Edit]) -> dict[int, list[Edit]]:
    found: dict[int, list[Edit]] = {}
    for edit in edits:
        for layer in edit.layers:
            found.setdefault(layers.index(layer), []).append(edit)
    return found


def _check_name(name: str) -> None:
    if name == "mlp":
        raise InvalidRequest(
            "an SAE cannot be called mlp",
            why="that is the source of the subject's own neurons",
            instead="give it another name",
        )
    try:
        FeatureId.parse(f"{name}.0.0.pos")
    except InvalidRequest as error:
        raise InvalidRequest(
            f"{name!r} cannot name a source of features",
            instead="use small letters, digits, - and _",
        ) from error


def _check_fit(checkpoint: Checkpoint, subject: Subject) -> None:
    made_for = f" ({checkpoint.model_name})" if checkpoint.model_name else ""
    what = f"the SAE in {checkpoint.path} was made for another model{made_for}"
    width = checkpoint.W_enc.shape[0]
    if width != subject.d_model:
        raise ForeignStore(
            what,
            found=f"a residual stream {width:,} wide",
            wanted=f"{subject.d_model:,}, as in {subject.name}",
        )
    if checkpoint.layer >= subject.n_layers:
        raise ForeignStore(
            what,
            found=f"layer {checkpoint.layer}",
            wanted=f"one of the {subject.n_layers} of {subject.name}",
        )
