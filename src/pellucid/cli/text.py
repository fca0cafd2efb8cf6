"""Texts and numbers as people read them on a terminal."""

import math
import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def harmless(text: str) -> str:
    """`text` without characters that move a terminal's cursor or change its state, line breaks apart."""
    return _CONTROL.sub(lambda match: repr(match[0])[1:-1], text)


def quoted(text: str) -> str:
    """A token's text in quotes, white space and the unprintable visible; a part of a character as such."""
    return repr(text) if text else "(part)"


def signed(value: float) -> str:
    """A number with its sign; three decimals, or two digits where those would show nothing."""
    if value == 0 or abs(value) >= 0.0095:
        return f"{value:+.3f}"
    return f"{value:+.0e}" if abs(value) < 1e-9 else f"{value:+.1e}"


def percent(logprob: float) -> str:
    """The probability that a log-probability in nats stands for."""
    share = 100 * math.exp(logprob)
    return f"{share:.3g} %" if share >= 0.001 else f"{share:.0e} %"


def share(part: float) -> str:
    """A share of 0 to 1 in percent, two significant digits; nearly all is not all."""
    percents = 100 * part
    if 99 < percents < 100:
        return "over 99 %"
    return f"{percents:.0f} %" if percents >= 10 else f"{percents:.2g} %"


def count(n: int, noun: str) -> str:
    """A number with its noun, as in `1 neuron`, `2,000 neurons`."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
