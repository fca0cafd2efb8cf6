"""Ratios from one run: the two things compared take turns, so that a noisy machine is noisy for both."""

import time
from collections.abc import Callable

import numpy as np


def seconds(function: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    began = time.perf_counter()
    function()
    return time.perf_counter() - began


def turns(functions: dict[str, Callable[[], object]], rounds: int) -> dict[str, np.ndarray]:
    """Seconds of every function in every round; the first round warms up and is not counted."""
    found: dict[str, list[float]] = {name: [] for name in functions}
    for turn in range(rounds + 1):
        for name, function in functions.items():
            took = seconds(function)
            if turn:
                found[name].append(took)
    return {name: np.array(values) for name, values in found.items()}


def compare(
    title: str, functions: dict[str, Callable[[], object]], rounds: int, *, bound: str = ""
) -> None:
    """Print each function's median time, and its ratio to the first: median and range over the rounds."""
    times = turns(functions, rounds)
    base, *others = times
    print(f"\n{title}\n  {base:<34} {np.median(times[base]) * 1000:9.1f} ms", flush=True)
    for name in others:
        ratio = times[name] / times[base]
        middle, low, high = np.median(ratio), ratio.min(), ratio.max()
        print(
            f"  {name:<34} {np.median(times[name]) * 1000:9.1f} ms   x {middle:.2f} ({low:.2f} to {high:.2f}) {bound}",
            flush=True,
        )
