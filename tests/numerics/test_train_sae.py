"""Training an SAE: planted directions are found, the checkpoint is what was trained, scores are what they say."""

from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from pellucid.core.errors import InvalidRequest
from pellucid.features import Sae
from pellucid.features.sae_writer import write_sae
from pellucid.features.score import score_sae
from pellucid.features.stream import Rows, harvest, residual_after
from pellucid.features.train import Recipe, Step, Trained, train
from pellucid.subject import Subject, capture
from tests.builders import make_subject

N_TRUE, K_TRUE = 48, 3


@pytest.fixture(scope="module")
def corpus() -> Rows:
    random = np.random.default_rng(0)
    ids = random.integers(3, 384, (40, 24)).astype(np.uint32)
    length = random.integers(1, 25, 40).astype(np.int32)
    ids[np.arange(24) >= length[:, None]] = 0
    return Rows(ids, length, np.where(np.arange(40) % 5 == 0, 3, 1).astype(np.int32))


@pytest.fixture(scope="module")
def planted() -> tuple[torch.Tensor, torch.Tensor]:
    """A stream made of few of some directions at a time, off the origin, in units of its own; and the directions."""
    random = torch.Generator().manual_seed(0)
    directions = functional.normalize(torch.randn(N_TRUE, 32, generator=random), dim=-1)
    rank = torch.rand(6000, N_TRUE, generator=random).argsort(-1)
    sizes = (50 + 50 * torch.rand(6000, N_TRUE, generator=random)) * (rank < K_TRUE)
    return sizes @ directions + 200 * torch.randn(32, generator=random), directions


def test_planted_directions_are_found(planted: tuple[torch.Tensor, torch.Tensor]):
    stream, directions = planted
    told: list[Step] = []
    recipe = Recipe(d_sae=64, k=K_TRUE, epochs=40, batch=200, rate=5e-3, dead_after=2000)
    found = train(stream, recipe, tell=told.append)
    assert (told[-1].step, told[-1].n_steps) == (1200, 1200)
    assert told[-1].unexplained < 0.1 < told[0].unexplained
    best = (directions @ found.W_dec.T).amax(-1)
    assert (best > 0.95).float().mean() > 0.8
    torch.testing.assert_close(found.W_dec.norm(dim=-1), torch.ones(64))


def test_the_same_recipe_gives_the_same_sae_and_another_seed_another(
    planted: tuple[torch.Tensor, torch.Tensor],
):
    stream, _ = planted
    first, again, other = (
        train(stream[:1000], Recipe(d_sae=64, k=3, epochs=1, batch=100, seed=seed))
        for seed in (0, 0, 1)
    )
    assert torch.equal(first.W_dec, again.W_dec) and torch.equal(first.W_enc, again.W_enc)
    assert not torch.equal(first.W_dec, other.W_dec)


def test_latents_that_fell_silent_are_taken_up_again():
    """Two thirds of the latents begin where the stream never is later."""
    random = torch.Generator().manual_seed(0)
    directions = functional.normalize(torch.randn(30, 32, generator=random), dim=-1)
    chosen = torch.randint(30, (8000,), generator=random)
    stream = directions[chosen] * 10 + 0.01 * torch.randn(8000, 32, generator=random)
    told: list[Step] = []
    recipe = Recipe(d_sae=96, k=1, epochs=10, batch=200, rate=5e-3, dead_after=1000)
    train(stream, recipe, tell=told.append)
    assert max(step.dead for step in told) > told[-1].dead


def test_a_recipe_without_meaning_is_refused():
    stream = torch.randn(100, 8)
    with pytest.raises(InvalidRequest, match="k 9 of 8 latents"):
        train(stream, Recipe(d_sae=8, k=9, batch=10))
    with pytest.raises(InvalidRequest, match="100 positions, and a step takes 1024"):
        train(stream, Recipe(d_sae=8, k=2))


@pytest.fixture(scope="module")
def trained(subject: Subject, corpus: Rows) -> Trained:
    stream = harvest(subject, 1, corpus)
    return train(stream, Recipe(d_sae=80, k=6, epochs=60, batch=100, rate=5e-3, dead_after=2000))


def test_the_stream_is_what_the_layer_leaves_at_the_positions_that_count(
    subject: Subject, corpus: Rows
):
    told: list[int] = []
    stream = harvest(subject, 1, corpus, tell=told.append)
    assert len(stream) == told[-1] == corpus.n_tokens
    ids, length, start = corpus.ids, corpus.length, corpus.start
    rows: list[torch.Tensor] = []
    other = make_subject()  # asking for hidden states leaves hooks of transformers' own behind
    for i in [i for i in np.argsort(-length, kind="stable") if length[i] > start[i]]:
        out = other.model(
            torch.tensor([ids[i, : length[i]].tolist()]), output_hidden_states=True
        ).hidden_states[2]
        rows.append(out[0, start[i] :])
    torch.testing.assert_close(stream, torch.cat(rows), atol=1e-5, rtol=1e-5)
    assert not any(m._forward_hooks for m in subject.model.modules())


def test_stopping_at_a_layer_leaves_the_subject_as_it_was(subject: Subject):
    prompt = subject.codec.literal("the quick brown fox")
    residual_after(subject, 0, torch.tensor([list(prompt)]))
    assert not any(m._forward_hooks for m in subject.model.modules())
    from pellucid.core.records import Conversation

    assert len(capture(subject, subject.read_prompt(Conversation(text="the quick")))) == 3


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16])
def test_the_checkpoint_is_what_was_trained(
    subject: Subject, trained: Trained, tmp_path: Path, dtype: torch.dtype
):
    write_sae(tmp_path, trained, layer=1, model_name="tiny", dtype=dtype, about={"n_tokens": 7})
    sae = Sae.load(tmp_path, "s", subject)
    assert (sae.kind, tuple(sae.layers), sae.n_units) == ("topk", (1,), 80)
    x = torch.randn(50, 32, generator=torch.Generator().manual_seed(3))
    pre = (x - trained.b_dec) @ trained.W_enc + trained.b_enc
    top = pre.topk(6)
    acts = torch.zeros_like(pre).scatter(-1, top.indices, top.values.relu())
    found = sae.encode(0, x)
    near = 1e-5 if dtype == torch.float32 else 0.02
    torch.testing.assert_close(
        sae.decode(0, found), acts @ trained.W_dec + trained.b_dec, atol=near, rtol=near
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["cfg.json", "sae_weights.safetensors"]


def test_scores_are_what_they_say(subject: Subject, trained: Trained, corpus: Rows, tmp_path: Path):
    write_sae(tmp_path, trained, layer=1, model_name="tiny", dtype=torch.float32)
    sae = Sae.load(tmp_path, "s", subject)
    found = score_sae(subject, sae, corpus)
    stream = harvest(subject, 1, corpus)
    act = sae.encode(0, stream)
    left = (stream - sae.decode(0, act)).square().sum() / (stream - stream.mean(0)).square().sum()
    assert found.n_tokens == len(stream)
    assert found.variance_explained == pytest.approx(1 - float(left), abs=1e-5)
    assert found.variance_explained > 0.5
    ordinary = stream.norm(dim=-1) <= 4 * stream.norm(dim=-1).median()
    some, rebuilt = stream[ordinary], sae.decode(0, act)[ordinary]
    left = (some - rebuilt).square().sum() / (some - some.mean(0)).square().sum()
    assert found.variance_explained_ordinary == pytest.approx(1 - float(left), abs=1e-5)
    assert found.l0 == pytest.approx(float((act > 0).sum(-1).float().mean()))
    assert found.dead == pytest.approx(float((act == 0).all(0).float().mean()))
    losses: list[torch.Tensor] = []
    for row, n, at in zip(corpus.ids, corpus.length, corpus.start, strict=True):
        logits = subject.model(torch.tensor([row[:n].tolist()])).logits[0, at:-1]
        wanted = torch.tensor(row[at + 1 : n].astype(np.int64))
        if len(wanted):
            losses.append(functional.cross_entropy(logits, wanted, reduction="none"))
    assert found.ce_clean == pytest.approx(float(torch.cat(losses).mean()), abs=1e-4)
    assert min(found.ce_sae, found.ce_zero) > 0


def test_an_sae_that_keeps_everything_recovers_everything(
    subject: Subject, corpus: Rows, tmp_path: Path
):
    """Both signs of every direction: the identity."""
    both = torch.cat([torch.eye(32), -torch.eye(32)])
    whole = Trained(Recipe(d_sae=64, k=64), both.T, torch.zeros(64), both, torch.zeros(32))
    write_sae(tmp_path, whole, layer=1, model_name="tiny", dtype=torch.float32)
    found = score_sae(subject, Sae.load(tmp_path, "s", subject), corpus)
    assert found.variance_explained == pytest.approx(1, abs=1e-6)
    assert found.ce_sae == pytest.approx(found.ce_clean, abs=1e-5)
    assert found.ce_recovered == pytest.approx(1, abs=1e-3)
    assert found.l0 == pytest.approx(32)
