"""Web pages where an answer of an API was expected: told by their beginning, named by their title."""

import re

_LONGEST = 300


def page_title(text: str) -> str | None:
    """The title of a web page; None where the text is none."""
    if re.match(r"\s*<(!doctype|html|head|body)", text, re.IGNORECASE) is None:
        return None
    title = re.search(r"<title[^>]*>([^<]*)", text, re.IGNORECASE)
    lines = title[1].strip().splitlines() if title else []
    return lines[0][:_LONGEST] if lines else "a page without a title"
