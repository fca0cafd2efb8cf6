"""Every error a person can meet.

PellucidError
├── InvalidRequest      the question cannot be understood             (what, instead)
├── NotFound            no such conversation, feature, file           (what, instead)
├── Unsupported         understood, and refused                       (what, why, instead)
├── Busy                the model is taken                            (retry_after_s)
├── TooLarge            more than fits                                (needed, limit)
├── UpstreamFailed      a registry, hub or endpoint failed            (what)
├── UnparseableReply    an outside model's reply has no meaning here  (raw)
├── StoreFailed         the disk is full or a file cannot be written  (what)
└── StoreMismatch       a file is damaged, or another than expected   (found, wanted)
    └── ForeignStore    whole, but of another model, SAE or job       (found, wanted)

One table maps each class to an HTTP status (`server/errors.py`), one to an exit code (`cli/errors.py`).
"""


class PellucidError(Exception):
    """An error with a message for people: one line saying what, why and what instead."""

    code = "error"

    def __init__(self, what: str, *, why: str = "", instead: str = "") -> None:
        self.what, self.why, self.instead = what, why, instead
        super().__init__("; ".join(part for part in (what, why, instead) if part))


class InvalidRequest(PellucidError):
    """The question cannot be understood as asked."""

    code = "invalid_request"


class NotFound(PellucidError):
    """The thing named does not exist."""

    code = "not_found"


class Unsupported(PellucidError):
    """Understood, and refused: says what, why, and what to do instead."""

    code = "unsupported"

    def __init__(self, what: str, why: str, instead: str) -> None:
        super().__init__(what, why=why, instead=instead)


class Busy(PellucidError):
    """The one accelerator is taken and the queue is full."""

    code = "busy"

    def __init__(self, what: str, retry_after_s: float) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(what, instead=f"try again in {retry_after_s:.0f} s")


class TooLarge(PellucidError):
    """More than fits: `needed` and `limit` are in the unit that `what` names."""

    code = "too_large"

    def __init__(self, what: str, needed: int, limit: int, instead: str = "") -> None:
        self.needed, self.limit = needed, limit
        super().__init__(what, why=f"{needed:,} needed, {limit:,} is the limit", instead=instead)


class UpstreamFailed(PellucidError):
    """A registry, a hub or an endpoint did not do its part."""

    code = "upstream_failed"


class UnparseableReply(PellucidError):
    """An outside model replied, and the reply has no meaning here; `raw` holds it."""

    code = "unparseable_reply"

    def __init__(self, what: str, raw: str) -> None:
        self.raw = raw
        super().__init__(what)


class StoreFailed(PellucidError):
    """A file or database could not be written, most often because the disk is full."""

    code = "store_failed"


class StoreMismatch(PellucidError):
    """A file is damaged, or is another one than expected."""

    code = "store_mismatch"

    def __init__(self, what: str, *, found: str, wanted: str, instead: str = "") -> None:
        self.found, self.wanted = found, wanted
        super().__init__(what, why=f"found {found}, wanted {wanted}", instead=instead)


class ForeignStore(StoreMismatch):
    """What was named is whole, and belongs to another model, SAE or job."""

    code = "foreign_store"
