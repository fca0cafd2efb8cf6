"""Simulators that are trained from scored descriptions: a model's trunk, and a head of eleven bins."""

from pellucid.simulators.train import Example, Settings, examples_of, train
from pellucid.simulators.trained import TrainedSimulator

__all__ = ["Example", "Settings", "TrainedSimulator", "examples_of", "train"]
