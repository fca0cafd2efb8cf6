"""The subject, as the page shows it while it loads and afterwards."""

from typing import Literal

from pydantic import BaseModel

from pellucid.server.schemas.problems import Problem
from pellucid.workspace import LoadProgress


class SubjectState(BaseModel):
    """The subject; everything after `problem` is null until it is ready."""

    state: Literal["loading", "ready", "failed"]
    progress: LoadProgress | None = None
    problem: Problem | None = None
    name: str | None = None
    hash: str | None = None
    family: str | None = None
    n_layers: int | None = None
    d_model: int | None = None
    d_mlp: int | None = None
    n_features: int | None = None
    n_context: int | None = None
    dtype: str | None = None
    device: str | None = None
    has_chat_template: bool | None = None
