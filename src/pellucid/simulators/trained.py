"""The simulator that was trained: one pass over a sentence and a text, eleven bins at every token, the one expected."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from jaxtyping import Float, Float32, Int32
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from pellucid.core.errors import InvalidRequest, NotFound, StoreMismatch
from pellucid.core.settings import Settings
from pellucid.descriptions.llm.excerpts import pieces
from pellucid.descriptions.llm.simulate import CONTEXT
from pellucid.descriptions.material import Texts
from pellucid.descriptions.tokens import Reader
from pellucid.simulators.reading import read
from pellucid.subject.files import storing
from pellucid.subject.load import load_parts

N_BINS = 11
WEIGHTS, ABOUT = "simulator.safetensors", "simulator.json"
_BATCH = 16


class TrainedSimulator:
    """Predicts from any sentence; see `train`."""

    def __init__(
        self, base: str, base_hash: str, model: Any, tokenizer: Any, reader: Reader, n_layers: int
    ) -> None:
        """`n_layers` of the trunk, the last ones, are trained with the head; the rest stays as it is."""
        self.base, self.base_hash, self.n_layers = base, base_hash, n_layers
        self._reader, self._tokenizer = reader, tokenizer
        self._trunk = model.base_model
        width = int(model.get_input_embeddings().weight.shape[1])
        self._head = nn.Linear(width, N_BINS, device=model.device)
        nn.init.zeros_(self._head.weight)
        nn.init.zeros_(self._head.bias)

    @classmethod
    def fresh(
        cls, base: str, settings: Settings, reader: Reader, n_layers: int
    ) -> "TrainedSimulator":
        """Not trained yet, on a model by the names that a subject has."""
        parts = load_parts(base, settings, lambda _: None)
        return cls(base, parts.hash, parts.model, parts.codec.tokenizer, reader, n_layers)

    @classmethod
    def load(cls, directory: Path, settings: Settings, reader: Reader) -> "TrainedSimulator":
        """From where `save` put it.

        Raises:
            NotFound: There is none.
            StoreMismatch: It is damaged, or its model is another one than it was trained on.
        """
        try:
            about = json.loads((directory / ABOUT).read_text(encoding="utf-8"))
            found = cls.fresh(about["base"], settings, reader, int(about["n_layers"]))
            if found.base_hash != about["base_hash"]:
                raise StoreMismatch(
                    f"the model of the simulator in {directory} has changed",
                    found=found.base_hash[:12],
                    wanted=str(about["base_hash"])[:12],
                    instead="train the simulator again",
                )
            found.module.load_state_dict(load_file(directory / WEIGHTS))
        except FileNotFoundError as error:
            raise NotFound(
                f"there is no simulator in {directory}",
                instead="train one with `pellucid atlas train-simulator`",
            ) from error
        except (ValueError, LookupError, TypeError, RuntimeError, SafetensorError) as error:
            raise StoreMismatch(
                f"the simulator in {directory} cannot be read",
                found=(str(error).splitlines() or [type(error).__name__])[0],
                wanted=f"{ABOUT} and {WEIGHTS}",
                instead="train the simulator again",
            ) from error
        return found

    def save(self, directory: Path, report: dict[str, Any]) -> None:
        """What was trained, and a report of how well it does.

        Raises:
            StoreFailed: The directory cannot be written.
        """
        about = {
            "base": self.base,
            "base_hash": self.base_hash,
            "n_layers": self.n_layers,
            "bins": N_BINS,
            "report": report,
        }
        with storing(directory):
            directory.mkdir(parents=True, exist_ok=True)
            state = {name: t.contiguous() for name, t in self.module.state_dict().items()}
            save_file(state, directory / f"part.{WEIGHTS}")
            (directory / f"part.{WEIGHTS}").replace(directory / WEIGHTS)
            (directory / ABOUT).write_text(json.dumps(about, indent=2), encoding="utf-8")

    @property
    def name(self) -> str:
        """The model, and that it was trained."""
        return f"trained:{self.base}"

    @property
    def module(self) -> nn.Module:
        """What is trained: the head, and the last layers."""
        trained = nn.ModuleDict({"head": self._head})
        trained["layers"] = nn.ModuleList(
            _blocks(self._trunk)[-self.n_layers :] if self.n_layers else []
        )
        return trained

    def predict(
        self, sentence: str, texts: Texts, rows: Int32[np.ndarray, " row"]
    ) -> Float32[np.ndarray, "row pos"]:
        """See `Simulator.predict`; 0 to 1."""
        if not sentence.strip():
            raise InvalidRequest("there is no sentence", instead="describe the feature first")
        out = np.zeros((len(rows), texts.reading.shape[1]), np.float32)
        values = torch.linspace(0, 1, N_BINS, device=self._head.weight.device)
        for at in range(0, len(rows), _BATCH):
            some = rows[at : at + _BATCH]
            first = np.maximum(texts.start[some] - CONTEXT, 0).tolist()
            shown = [self.pieces(texts, int(r))[f:] for r, f in zip(some, first, strict=True)]
            with torch.inference_mode():
                found = self.logits([sentence] * len(some), shown)
            for i, (row, logits) in enumerate(zip(some.tolist(), found, strict=True)):
                start, stop = int(texts.start[row]), int(texts.stop[row])
                expected = (logits.softmax(-1) @ values).cpu().numpy()
                out[at + i, start:stop] = expected[start - first[i] :]
        return out

    def pieces(self, texts: Texts, row: int) -> list[str]:
        """The texts of a sequence's tokens."""
        return pieces(self._reader, texts, row)

    def logits(
        self, sentences: Sequence[str], shown: Sequence[Sequence[str]]
    ) -> list[Float[Tensor, "piece bin"]]:
        """Of the bins, at every token of each text, read behind its sentence."""
        read_rows = [
            read(self._tokenizer, " ".join(sentence.split()), some)
            for sentence, some in zip(sentences, shown, strict=True)
        ]
        device = self._head.weight.device
        longest = max(len(row.ids) for row in read_rows)
        ids = torch.zeros(len(read_rows), longest, dtype=torch.long, device=device)
        mask = torch.zeros_like(ids)
        for i, row in enumerate(read_rows):
            ids[i, : len(row.ids)] = torch.tensor(row.ids, device=device)
            mask[i, : len(row.ids)] = 1
        hidden = self._trunk(ids, attention_mask=mask, use_cache=False).last_hidden_state
        return [
            self._head(hidden[i, torch.from_numpy(row.at).to(device)].float())
            for i, row in enumerate(read_rows)
        ]


def _blocks(trunk: nn.Module) -> list[nn.Module]:
    """The layers of a trunk: its longest list of modules."""
    lists = [module for module in trunk.modules() if isinstance(module, nn.ModuleList)]
    return list(max(lists, key=len))
