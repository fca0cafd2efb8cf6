"""Reading what people name on the command line: text that is text, JSON that is JSON, or one clear error."""

import json
import sys
from pathlib import Path
from typing import Any

from pellucid.core.errors import InvalidRequest, NotFound


def read_text(path: Path) -> str:
    """The text of a UTF-8 file; `-` is standard input.

    Raises:
        NotFound: There is no such file.
        InvalidRequest: It cannot be read as text.
    """
    try:
        data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound(f"there is no file {path}", instead="check the path") from error
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise InvalidRequest(
            f"{path} cannot be read", why=why, instead="name a text file"
        ) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidRequest(
            f"{path} is no text", why=f"byte {error.start} is not UTF-8", instead="save it as UTF-8"
        ) from error


def parse_json(text: str, where: str, instead: str) -> Any:
    """The value that `text` holds; `where` names the file, and the line where there are several.

    Raises:
        InvalidRequest: It is no JSON, or too deep.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        why = f"{error.msg.lower()} at line {error.lineno}, column {error.colno}"
        raise InvalidRequest(f"{where} is no JSON", why=why, instead=instead) from error
    except (RecursionError, ValueError) as error:
        why = "it is nested too deeply, or holds a number too long"
        raise InvalidRequest(f"{where} is no JSON", why=why, instead=instead) from error


def whole_text(text: str, where: str) -> str:
    """`text`, if it is Unicode that can be written down.

    Raises:
        InvalidRequest: It holds half a character, as from a shell with another encoding.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InvalidRequest(
            f"{where} is no text",
            why=f"character {error.start} is half of one",
            instead="give it in UTF-8",
        ) from error
    return text
