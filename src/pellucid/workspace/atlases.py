"""Which atlas goes with the subject, opened when it is first asked for. Loads no torch."""

from functools import lru_cache
from pathlib import Path

from pellucid.atlas import Atlas
from pellucid.atlas.ready import bundled_atlas, ready_made
from pellucid.core.errors import Busy, NotFound

AUTO, NONE = "auto", "none"
_LOADS_S = 5.0


class Atlases:
    """The atlas that the settings ask for. Safe to use from several threads."""

    def __init__(self, wanted: str, model: str = "bundled") -> None:
        """`wanted` is a directory, `none` or `auto`; opens nothing yet."""
        self._wanted = wanted
        self._model = model
        self._open = lru_cache(maxsize=2)(Atlas.open)

    @property
    def is_named(self) -> bool:
        """Whether a directory is asked for, so that its absence is an error."""
        return self._wanted not in (AUTO, NONE)

    def of(self, subject: str | None) -> Atlas | None:
        """The atlas of the subject with this hash; with None, of the one that will be loaded.

        Raises:
            Busy: Which one it is depends on the subject, and that is not loaded yet.
            StoreMismatch: The directory named is another subject's atlas, or damaged.
            NotFound: There is no such directory.
            InvalidRequest: It is no atlas.
            Unsupported: A newer version wrote it.
        """
        path = self._path(subject)
        if path is None:
            return None
        atlas = self._open(path)
        if subject is not None:
            atlas.require_subject(subject)
        return atlas

    def needed(self, subject: str | None) -> Atlas:
        """The same where there must be one.

        Raises:
            NotFound: There is none.
            PellucidError: As from `of`.
        """
        atlas = self.of(subject)
        if atlas is None:
            off = self._wanted == NONE
            raise NotFound(
                "no atlas is open for this model, so nothing is known about its features",
                why="this was started with --atlas none" if off else "none comes ready-made for it",
                instead="make one with pellucid atlas build, and start again with --atlas DIR",
            )
        return atlas

    def _path(self, subject: str | None) -> Path | None:
        if self.is_named:
            return Path(self._wanted).expanduser()
        if self._wanted == NONE:
            return None
        if subject is not None:
            return ready_made(subject)
        if self._model == "bundled":
            return bundled_atlas()
        raise Busy("which atlas is this model's is known once it is loaded", retry_after_s=_LOADS_S)
