"""A chat of an exact length, for measurements in which only the length matters."""

from pellucid.core.records import Conversation, Message
from pellucid.subject import Prompt, Subject

_TEXT = (
    "The harbour opens towards the north, and in winter the wind brings snow from 3 or 4 directions at once. "
    "People here count their days by the ferry: Monday, Wednesday and Friday, at 9.40 and at 16.15. "
)


def prompt_of_length(subject: Subject, n_pos: int) -> Prompt:
    """A user turn, trimmed in its middle so that the whole has `n_pos` tokens."""
    text = "Summarise this. " + _TEXT * (n_pos // 30 + 1)
    prompt = subject.read_prompt(Conversation(messages=(Message(role="user", content=text),)))
    tail = 6
    ids = prompt.ids[: n_pos - tail] + prompt.ids[-tail:]
    roles = prompt.roles[: n_pos - tail] + prompt.roles[-tail:]
    markers = prompt.markers[: n_pos - tail] + prompt.markers[-tail:]
    return Prompt(ids, tuple(subject.codec.texts(ids)), roles, markers, prompt.given_from, n_pos)
