"""The model under study: loaded, tokenised for, read, steered and made to write."""

from pellucid.subject.capture import capture
from pellucid.subject.generation import Generation, generate
from pellucid.subject.progress import Progress
from pellucid.subject.prompt import Prompt, prompt_of
from pellucid.subject.reading import read
from pellucid.subject.steering import Steering
from pellucid.subject.subject import Subject
from pellucid.subject.units import Neurons, Units

__all__ = [
    "Generation",
    "Neurons",
    "Progress",
    "Prompt",
    "Steering",
    "Subject",
    "Units",
    "capture",
    "generate",
    "prompt_of",
    "read",
]
