"""Descriptions by language models: explainer, simulators, scorers, and the run that goes through many features."""

from pellucid.descriptions.llm.classify import Detection, Fuzzing
from pellucid.descriptions.llm.explain import LlmExplainer
from pellucid.descriptions.llm.run import Protocol, describe_with_llm, narrowed
from pellucid.descriptions.llm.simulate import LlmSimulator
from pellucid.descriptions.llm.summarise import summarise_with_llm

__all__ = [
    "Detection",
    "Fuzzing",
    "LlmExplainer",
    "LlmSimulator",
    "Protocol",
    "describe_with_llm",
    "narrowed",
    "summarise_with_llm",
]
