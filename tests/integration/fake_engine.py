"""An engine without weights: a scripted reply, numbers made up, and a count of what is held open.

It has the engine's own signatures, so `test_loop.py` can run the same server on the real one.
"""

import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from pellucid.core.errors import InvalidRequest, NotFound
from pellucid.core.ids import FeatureId
from pellucid.core.interventions import Intervention
from pellucid.core.records import (
    Active,
    Damage,
    Effect,
    Joint,
    Moved,
    RandomDamage,
    RandomSets,
    Repetition,
    Shift,
    SiteMap,
    Target,
    Token,
    Touched,
    Verification,
)
from pellucid.journal import Finish
from pellucid.workspace import Engine
from tests.integration.fake_subject import (
    D_MLP,
    N_LAYERS,
    FakeProgress,
    FakePrompt,
    FakeSteering,
    FakeSubject,
    make_token,
)


@dataclass
class FakeModel:
    """What the fake engine is told to do, and what it sees."""

    words: tuple[str, ...] = ("one", "two", "three")
    delay_s: float = 0.0
    load_s: float = 0.0
    load_error: Exception | None = None
    fails_at: int | None = None
    """The reply's token at which generation breaks."""
    error: Exception = field(default_factory=lambda: RuntimeError("boom: secret words"))
    subject: FakeSubject = field(default_factory=FakeSubject)
    gate: threading.Semaphore | None = None
    """Where set, every token waits for it to be released once."""
    held: int = 0
    """Generations and measurements that are open now: hooks, on a real model."""
    passes: int = 0
    """Before an attribution or a verification answers; each takes one token's time."""
    passed: int = 0
    written: int = 0
    seen: list[tuple[str, Any]] = field(default_factory=list)
    """Every call with what it was called with."""
    threads: set[str] = field(default_factory=set)

    def engine(self) -> Engine:
        """The engine's functions."""
        return Engine(
            load=self.load,
            prompt_of=lambda tokens, given_from, reply_from: FakePrompt(
                tuple(tokens), given_from, reply_from
            ),
            passage=self.passage,
            compile=self.compile,
            generate=lambda _, prompt, **rest: FakeGeneration(self, prompt, **rest),
            pick_target=self.pick_target,
            attribute=self.attribute,
            measure=self.measure,
            activate=self.activate,
            joint=self.joint,
            verify=self.verify,
            damage=self.damage,
            shift=self.shift,
            trace=self.trace,
            trace_all=self.trace_all,
        )

    def load(
        self, model: str, *, settings: Any, progress: Callable[[FakeProgress], None]
    ) -> FakeSubject:
        progress(FakeProgress("weights", 1, 2, "files", model))
        time.sleep(self.load_s)
        if self.load_error is not None:
            raise self.load_error
        return replace(self.subject)

    def passage(self, subject: Any, text: str) -> FakePrompt:
        if not text.strip():
            raise InvalidRequest("there is nothing to read: the text is empty")
        words = ("<end>", *(f"{word} " for word in text.split()))
        return FakePrompt(
            tuple(make_token(i, word, "text", i == 0) for i, word in enumerate(words))
        )

    def trace(self, subject: Any, ids: Sequence[int], feature: FeatureId) -> list[float]:
        """Position times 0.5: 0, 0.5, 1 and so on."""
        self.seen.append(("trace", (tuple(ids), feature)))
        self.wait()
        if feature.layer >= N_LAYERS or feature.index >= D_MLP:
            raise NotFound(f"{feature} does not exist")
        return [pos * 0.5 for pos in range(len(ids))]

    def trace_all(
        self, subject: Any, prompt: FakePrompt, features: Sequence[FeatureId], *, steering: Any
    ) -> Any:
        """As `trace`, the other sign for odd indices."""
        self.seen.append(("trace_all", (prompt, tuple(features), steering)))
        rows = [self.trace(subject, prompt.ids, feature) for feature in features]
        signs = [-1.0 if feature.index % 2 else 1.0 for feature in features]
        return np.array(rows) * np.array(signs)[:, None]

    def compile(
        self, subject: Any, interventions: Sequence[Intervention], prompt: Any, *, quantiles: Any
    ) -> FakeSteering | None:
        self.seen.append(("compile", quantiles))
        for one in interventions:
            for feature in one.feature_ids():
                if feature.layer >= N_LAYERS or feature.index >= D_MLP:
                    raise NotFound(f"{feature} does not exist")
        return FakeSteering(tuple(interventions)) if interventions else None

    def damage(
        self, subject: Any, interventions: Sequence[Intervention], **rest: Any
    ) -> Generator[None, None, Damage]:
        self.seen.append(("damage", (tuple(interventions), rest)))
        yield from self.steps()
        return Damage(
            kl=0.25,
            kl_random=RandomDamage(mean=0.1, low=0.0, high=0.2, n=rest["n"]),
            repetition=Repetition(before=0.1, after=0.2, random=0.1),
            n_prompts=16,
            n_positions=400,
            verdict="mild",
        )

    def shift(
        self, subject: Any, before: FakePrompt, after: FakePrompt, **rest: Any
    ) -> Generator[None, None, Shift]:
        self.seen.append(("shift", (before, after, rest)))
        yield from self.steps()
        return Shift(kl=0.5, tokens=(Moved(id=7, text="other", before=0.1, after=0.4),))

    def wait(self) -> None:
        """One token's time."""
        self.threads.add(threading.current_thread().name)
        if self.gate is not None:
            self.gate.acquire()
        time.sleep(self.delay_s)

    def steps(self) -> Generator[None, None, None]:
        """Passes that can be left between any two."""
        self.held += 1
        try:
            for _ in range(self.passes):
                self.wait()
                self.passed += 1
                yield
        finally:
            self.held -= 1

    def pick_target(
        self, subject: Any, prompt: FakePrompt, *, at: int, contrast_id: int | None
    ) -> Target:
        self.seen.append(("pick_target", (at, contrast_id, prompt)))
        if not 1 <= at < len(prompt):
            raise NotFound(f"position {at} cannot be explained")
        token = prompt.tokens[at]
        return Target(pos=at, id=token.id, text=token.text, logprob=-0.5)

    def attribute(
        self, subject: Any, question: Target, *, method: Any, top: int, steering: Any, mapped: bool
    ) -> Generator[None, None, Any]:
        self.seen.append(("attribute", (method, top, steering)))
        yield from self.steps()
        whole = SiteMap(
            method=method,
            n_measured=2,
            layers=(0, 1),
            start=1,
            step=0.001,
            positive=((0, 999), (3, 0)),
            negative=((0, -20), (0, 0)),
            by_layer=((0.999, -0.02), (0.003, 0.0)),
            by_position=((0.003, 0.0), (0.999, -0.02)),
        )
        effects = tuple(_effect(i) for i in range(min(top, 8)))
        return FakeAttribution(question, None, method, effects, whole if mapped else None)

    def joint(
        self, subject: Any, question: Target, sites: Sequence[tuple[str, int]], *, steering: Any
    ) -> Joint:
        self.seen.append(("joint", (tuple(sites), steering)))
        self.wait()
        n = len(set(sites))
        return Joint(target=question, contrast=None, before=-0.5, after=-2.0, effect=1.5, n_sites=n)

    def measure(
        self, subject: Any, baseline: str, sites: Sequence[Effect]
    ) -> Generator[tuple[Effect, float], None, None]:
        assert baseline == "the run explained"
        self.held += 1
        try:
            for site in sites:
                self.wait()
                yield site, site.attribution * 2
        finally:
            self.held -= 1

    def activate(
        self,
        subject: Any,
        prompt: Any,
        *,
        top: int,
        quantiles: Any,
        span: tuple[int, int] | None = None,
        steering: Any = None,
    ) -> Any:
        span = span or (1, len(prompt))
        self.seen.append(("activate", (span, top, steering)))
        self.seen.append(("activate quantiles", quantiles))
        if not 0 <= span[0] < span[1] <= len(prompt):
            raise InvalidRequest(f"positions {span[0]}:{span[1]} are not in the conversation")
        found = Active(
            id="mlp.0.3.pos",
            layer=0,
            index=3,
            sign="pos",
            pos=span[0],
            activation=2.0,
            normalised=3.0,
        )
        return FakeActivations("root mean square here", (found,))

    def verify(
        self, subject: Any, question: Target, features: Sequence[str], **rest: Any
    ) -> Generator[None, None, Verification]:
        self.seen.append(("verify", (tuple(features), rest)))
        yield from self.steps()
        for text in features:
            if not text.startswith("mlp."):
                raise InvalidRequest(f"{text} is of another source")
        return Verification(
            target=question,
            contrast=None,
            before=-0.5,
            after=-1.5,
            effect=1.0,
            kl=0.2,
            random=RandomSets(n=rest["n"], match=rest["match"], mean=0.0, low=-0.1, high=0.1),
            touched=Touched(neurons=len(features), share=0.01),
            verdict="promotes",
        )


@dataclass(frozen=True)
class FakeAttribution:
    target: Target
    contrast: Target | None
    method: str
    effects: tuple[Effect, ...]
    map: SiteMap | None
    baseline: str = "the run explained"


@dataclass(frozen=True)
class FakeActivations:
    scale: str
    effects: tuple[Active, ...]


class FakeGeneration:
    """A scripted reply; steering makes it shout."""

    def __init__(
        self,
        model: FakeModel,
        prompt: FakePrompt,
        *,
        max_new_tokens: int,
        temperature: float,
        seed: int,
        steering: FakeSteering | None,
    ) -> None:
        model.seen.append(("generate", (prompt, max_new_tokens, temperature, seed, steering)))
        self.finish: Finish | None = None
        self.prompt_tokens = list(prompt.tokens)
        self._model, self._steering = model, steering
        self._words = model.words[:max_new_tokens]
        model.held += 1
        self._tokens = self._write()
        self._open = True

    def __iter__(self) -> Iterator[Token]:
        return self._tokens

    def close(self) -> None:
        if self._open:
            self._open = False
            self._model.held -= 1
        self._tokens.close()

    def _write(self) -> Generator[Token]:
        for number, word in enumerate(self._words):
            self._model.wait()
            if number == self._model.fails_at:
                raise self._model.error
            text = f"{word.upper() if self._steering is not None else word} "
            self._model.written += 1
            yield make_token(len(self.prompt_tokens) + number, text, "assistant", False)
        self.finish = "length" if len(self._words) < len(self._model.words) else "end"


def _effect(i: int) -> Effect:
    return Effect(
        id=f"mlp.1.{i}.pos",
        layer=1,
        index=i,
        sign="pos",
        pos=1,
        activation=1.0 + i,
        attribution=1.0 / (i + 1),
        measured=i < 2,
        estimate=0.5 / (i + 1),
    )
