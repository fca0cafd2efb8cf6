"""The SAE that comes with Pellucid, on the bundled model: it is what its config says, and ablation agrees."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.agreement import agreement
from pellucid import generate, read
from pellucid.core.interventions import Intervention
from pellucid.core.records import Conversation
from pellucid.features import Sae
from pellucid.features.score import score_sae
from pellucid.features.stream import Rows
from pellucid.subject import Steering, Subject
from tests.builders import chat

pytestmark = pytest.mark.bundled

CHATS = [
    [
        {"role": "user", "content": "How many legs does a spider have?"},
        {"role": "assistant", "content": "A spider has"},
    ],
    [{"role": "user", "content": "Is 12 June before 3 July?"}],
]


@pytest.fixture(scope="module")
def directory(root: Path) -> Path:
    return root / "saes" / "smollm2-135m-15"


@pytest.fixture(scope="module")
def sae(bundled: Subject, directory: Path) -> Sae:
    return Sae.load(directory, "sae", bundled)


def told(directory: Path) -> dict[str, Any]:
    return json.loads((directory / "cfg.json").read_text())["metadata"]["pellucid"]


def test_it_is_of_the_bundled_model(bundled: Subject, sae: Sae, directory: Path):
    assert told(directory)["subject"] == bundled.hash
    assert (sae.kind, tuple(sae.layers), sae.n_units) == ("topk", (15,), 2048)


def test_it_explains_text_about_as_well_as_its_config_says(
    bundled: Subject, sae: Sae, directory: Path
):
    texts = [
        "The library opens at nine in the morning and closes at six. On Sundays it stays closed.",
        "To make bread, mix flour, water, salt and yeast, and let the dough rise for an hour.",
        "def mean(values):\n    return sum(values) / len(values)\n",
    ]
    ids = [[0, *bundled.codec.literal(text)] for text in texts]
    table = np.zeros((3, max(map(len, ids))), np.uint32)
    for row, some in zip(table, ids, strict=True):
        row[: len(some)] = some
    length = np.array([len(some) for some in ids], np.int32)
    found = score_sae(bundled, sae, Rows(table, length, np.ones(3, np.int32)))
    measured = told(directory)["measured"]
    assert found.l0 == pytest.approx(32, abs=0.5)
    assert found.variance_explained_ordinary > measured["variance_explained_ordinary"] - 0.15
    assert found.ce_recovered > 0.93


@pytest.mark.slow
def test_attributions_to_latents_agree_with_ablation(bundled: Subject, sae: Sae):
    rows = np.array(
        [
            agreement(bundled, {"messages": messages}, ["corrected"], sae)[1]["corrected"]
            for messages in CHATS
        ]
    )
    spearman, pearson, largest, measured = rows.T
    assert spearman.min() >= 0.95 and pearson.min() >= 0.95
    assert largest.min() >= 18 and measured.max() <= 32


def test_a_held_latent_changes_the_reply_as_reading_it_again_says(bundled: Subject, sae: Sae):
    prompt = bundled.read_prompt(chat("Name a fruit."))
    hold = Intervention(features=("sae.15.1384.pos",), value=120, positions="all")
    steering = Steering.compile(bundled, [hold], prompt, sources=[sae])
    held = list(generate(bundled, prompt, max_new_tokens=12, temperature=0, steering=steering))
    plain = list(generate(bundled, prompt, max_new_tokens=12, temperature=0))
    assert [t.id for t in held] != [t.id for t in plain]
    whole = prompt.extended([t.id for t in held], [t.text for t in held])
    again = read(bundled, whole, steering=steering)
    assert [t.logprob for t in held] == pytest.approx(
        [again[t.pos].logprob for t in held], abs=2e-3
    )


def test_a_text_is_the_same_with_the_sae_open_and_nothing_held(bundled: Subject, sae: Sae):
    prompt = bundled.read_prompt(Conversation(text="On Sunday I would like a big glass of milk"))
    never = Intervention(features=("sae.15.7.pos",), strength=0, positions="900:901")
    steering = Steering.compile(bundled, [never], prompt, sources=[sae])
    assert read(bundled, prompt, steering=steering) == read(bundled, prompt)
