"""One frozen `Settings`, read from the environment in `cli` and passed down from there."""

import re
from pathlib import Path
from typing import Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What may differ between machines. Every field can be set as `PELLUCID_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="PELLUCID_", frozen=True, extra="ignore")

    cache_dir: Path = Field(default_factory=lambda: user_cache_path("pellucid"))
    """Converted and downloaded models; may be deleted at any time."""
    data_dir: Path = Field(default_factory=lambda: user_data_path("pellucid"))
    """The journal: conversations, runs, and named sets of features."""
    device: str = "auto"
    """`cpu`, `cuda`, `cuda:1`, or `auto`: the first GPU where there is one."""
    device_map: str | None = None
    """Spread a model over several devices, as in Transformers (`auto`, `balanced`)."""
    dtype: Literal["auto", "float32", "bfloat16"] = "auto"
    """`auto` is float32 on the CPU and bfloat16 on a GPU."""
    atlas: str = "auto"
    """An atlas's directory, `none`, or `auto`: the ready-made one where it is of the model's own weights."""
    source: str = "mlp"
    """What features are of: `mlp`, the subject's neurons, or `NAME=PATH`, the latents of an SAE."""
    embedder: str = "minilm"
    """What descriptions and queries are compared by: `minilm`, in process, or `endpoint:MODEL`."""
    embedder_url: str | None = None
    """Base URL of an OpenAI-compatible endpoint; default: OpenAI's own."""
    embedder_key: str | None = Field(default=None, repr=False)
    """Its key."""
    llm_base_url: str | None = None
    """Base URL of an OpenAI-compatible endpoint that describes features; default: OpenAI's own."""
    llm_model: str | None = None
    """Its model."""
    llm_api_key: SecretStr | None = None
    """Its key."""
    llm_price_in: float | None = Field(default=None, ge=0)
    """USD per million tokens of a prompt; where not given, money is not counted."""
    llm_price_out: float | None = Field(default=None, ge=0)
    """USD per million tokens of a reply."""
    llm_concurrency: int = Field(default=4, ge=1, le=256)
    """Calls at the same time."""
    llm_timeout_s: float = Field(default=60.0, gt=0)
    """Longest wait for one answer."""
    llm_retries: int = Field(default=4, ge=0, le=20)
    """Further attempts where a call fails for a reason that may pass."""
    threads: int | None = Field(default=None, ge=1)
    """CPU threads of the subject; default: PyTorch's own choice."""
    host: str = "127.0.0.1"
    port: int = Field(default=0, ge=0, le=65535)
    """0 picks a free one."""
    token: str | None = None
    """Bearer token; needed when `host` is not loopback, generated when unset."""
    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    """From which level up the server logs, to standard error; `info` has a line for every request."""
    max_queue: int = Field(default=64, ge=1)
    """Questions that may wait for the model at once."""
    max_new_tokens: int = Field(default=2048, ge=1)
    """Most tokens one reply over HTTP may have."""
    max_body_bytes: int = Field(default=4_000_000, ge=1)
    """Largest request body, but of an import."""
    max_import_bytes: int = Field(default=64_000_000, ge=1)
    """Largest conversation that can be imported, as JSON."""
    journal_url: str | None = None
    """SQLAlchemy URL of the journal; default: a SQLite file in `data_dir`."""

    @field_validator("source")
    @classmethod
    def _source(cls, source: str) -> str:
        if source != "mlp" and re.fullmatch(r"(?!mlp=)[a-z0-9_-]+=.+", source) is None:
            raise ValueError("write mlp, or NAME=PATH with a name of a-z, 0-9, - and _")
        return source

    @field_validator("embedder")
    @classmethod
    def _embedder(cls, embedder: str) -> str:
        if embedder != "minilm" and re.fullmatch(r"endpoint:\S+", embedder) is None:
            raise ValueError("write minilm, or endpoint:MODEL")
        return embedder

    @property
    def sae(self) -> tuple[str, Path] | None:
        """Name and directory of the SAE that `source` names; None where it is `mlp`."""
        name, equals, path = self.source.partition("=")
        return (name, Path(path).expanduser()) if equals else None
