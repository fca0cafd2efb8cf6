"""The subject and the conversation that most truths are tested on; modules that need others have their own."""

import pytest

from pellucid.subject import Prompt, Subject
from tests.builders import chat, make_subject


@pytest.fixture(scope="module")
def subject() -> Subject:
    return make_subject()


@pytest.fixture(scope="module")
def prompt(subject: Subject) -> Prompt:
    return subject.read_prompt(chat("the quick brown fox jumps", "over the"))
