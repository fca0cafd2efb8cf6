"""The model under study: loaded, tokenised for, read, steered and made to write."""

from pellucid.subject.capture import capture
from pellucid.subject.generation import Generation, generate
from pellucid.subject.progress import Progress
from pellucid.subject.prompt import Prompt, prompt_of
from pellucid.subject.reading import read
from pellucid.subject.steering import Steering
from pellucid.subject.subject import Subject

__all__ = [
    "Generation",
    "Progress",
    "Prompt",
    "Steering",
    "Subject",
    "capture",
    "generate",
    "prompt_of",
    "read",
]
