"""Feature ids: one injective, URL-safe string per sign of a unit, e.g. `mlp.12.3047.pos`.

The parser is strict: a dropped or padded coordinate would name a different feature without any error.
"""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from pellucid.core.errors import InvalidRequest

Sign = Literal["pos", "neg"]
"""Which side of zero a feature's activation lies on."""

SIGNS: tuple[Sign, ...] = get_args(Sign)
_NUMBER = "(0|[1-9][0-9]{0,8})"
_PATTERN = re.compile(rf"([a-z0-9_-]+)\.{_NUMBER}\.{_NUMBER}\.(pos|neg)")


@dataclass(frozen=True, slots=True, order=True)
class FeatureId:
    """One sign of one unit of one source; `str()` and `parse` are inverse to each other."""

    source: str
    """Where the unit lives: `mlp`, or the name given to an SAE."""
    layer: int
    index: int
    sign: Sign

    def __str__(self) -> str:
        return f"{self.source}.{self.layer}.{self.index}.{self.sign}"

    @classmethod
    def parse(cls, text: str) -> "FeatureId":
        """The feature that `text` names.

        Raises:
            InvalidRequest: `text` is not an id in canonical form.
        """
        match = _PATTERN.fullmatch(text)
        if match is None:
            raise InvalidRequest(
                f"{text!r} is not a feature id",
                instead="write source.layer.index.sign, as in mlp.12.3047.pos",
            )
        source, layer, index, sign = match.groups()
        return cls(source, int(layer), int(index), "pos" if sign == "pos" else "neg")

    @classmethod
    def of(cls, layer: int, index: int, activation: float, source: str = "mlp") -> "FeatureId":
        """The feature of a unit whose activation is `activation`; zero counts as positive."""
        return cls(source, layer, index, "neg" if activation < 0 else "pos")
