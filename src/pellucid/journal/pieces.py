"""The tokens of a run, kept in pieces, so that committing more costs the same at any length."""

import zlib
from collections.abc import Sequence

from pydantic import TypeAdapter
from sqlalchemy import Connection, insert, select

from pellucid.core.records import Token
from pellucid.journal.tables import pieces

_TOKENS = TypeAdapter(tuple[Token, ...])


def add_tokens(connection: Connection, run_id: str, tokens: Sequence[Token]) -> None:
    """Keep some more of a run's tokens, at least one, inside a transaction."""
    data = zlib.compress(_TOKENS.dump_json(tuple(tokens)), level=1)
    connection.execute(insert(pieces).values(run_id=run_id, first=tokens[0].pos, data=data))


def tokens_of(connection: Connection, run_id: str) -> tuple[Token, ...]:
    """All tokens of a run, read inside a transaction."""
    mine = select(pieces.c.data).where(pieces.c.run_id == run_id).order_by(pieces.c.first)
    data = connection.execute(mine).scalars()
    return tuple(token for piece in data for token in _unpack(piece))


def text_of(tokens: Sequence[Token]) -> str:
    """What tokens of a reply say: markers say nothing."""
    return "".join(token.text for token in tokens if not token.marker)


def _unpack(data: bytes) -> tuple[Token, ...]:
    return _TOKENS.validate_json(zlib.decompress(data))
