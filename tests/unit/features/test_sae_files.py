"""SAELens checkpoints: every format read to the same numbers, every other thing named and refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from pellucid.core.errors import InvalidRequest, NotFound, StoreMismatch, Unsupported
from pellucid.features import Sae
from pellucid.features.sae_files import read_checkpoints
from pellucid.subject import Subject
from tests.builders import make_subject
from tests.builders_sae import D_MODEL, D_SAE, expected_latents, make_weights, write_sae

ARCHITECTURES = ["standard", "topk", "jumprelu"]


@pytest.fixture(scope="module")
def subject() -> Subject:
    return make_subject()


@pytest.fixture
def resid() -> torch.Tensor:
    return torch.randn(3, 5, D_MODEL, generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize("old", [False, True])
@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_latents_are_those_the_format_documents(
    subject: Subject, tmp_path: Path, resid: torch.Tensor, architecture: str, old: bool
):
    weights = make_weights(architecture)
    sae = Sae.load(write_sae(tmp_path, architecture, old=old, weights=weights), "s", subject)
    assert (sae.name, sae.kind, tuple(sae.layers), sae.n_units, sae.signs) == (
        "s", architecture, (1,), D_SAE, ("pos",),
    )  # fmt: skip
    found = sae.encode(0, resid)
    torch.testing.assert_close(
        found, expected_latents(architecture, weights, resid).float(), atol=1e-5, rtol=1e-5
    )
    assert 0.05 < (found > 0).float().mean() < 0.7
    torch.testing.assert_close(sae.decode(0, found), found @ weights["W_dec"] + weights["b_dec"])
    torch.testing.assert_close(sae.directions(0), weights["W_dec"])


def test_the_decoder_bias_is_taken_off_the_input_only_where_the_config_says_so(
    subject: Subject, tmp_path: Path, resid: torch.Tensor
):
    weights = make_weights("standard")
    plain = write_sae(tmp_path, "standard", weights=weights, apply_b_dec_to_input=False)
    found = Sae.load(plain, "s", subject).encode(0, resid)
    wanted = expected_latents("standard", weights, resid, apply_b_dec=False)
    torch.testing.assert_close(found, wanted.float(), atol=1e-5, rtol=1e-5)


def test_a_decoder_norm_that_rescales_is_worked_into_the_weights(
    subject: Subject, tmp_path: Path, resid: torch.Tensor
):
    weights = make_weights("topk")
    path = write_sae(tmp_path, "topk", weights=weights, rescale_acts_by_decoder_norm=True)
    sae = Sae.load(path, "s", subject)
    norms = weights["W_dec"].norm(dim=-1)
    scaled = weights | {"W_enc": weights["W_enc"] * norms, "b_enc": weights["b_enc"] * norms}
    found = sae.encode(0, resid)
    torch.testing.assert_close(
        found, expected_latents("topk", scaled, resid).float(), atol=1e-5, rtol=1e-5
    )
    torch.testing.assert_close(sae.directions(0).norm(dim=-1), torch.ones(D_SAE))
    torch.testing.assert_close(
        sae.decode(0, found), (found / norms) @ weights["W_dec"] + weights["b_dec"]
    )


def test_a_log_threshold_and_a_scaling_factor_of_older_checkpoints_count(
    subject: Subject, tmp_path: Path, resid: torch.Tensor
):
    weights = make_weights("jumprelu")
    logs = {k: v for k, v in weights.items() if k != "threshold"}
    logs["log_threshold"] = weights["threshold"].log()
    found = Sae.load(write_sae(tmp_path / "a", weights=logs, old=True), "s", subject)
    torch.testing.assert_close(
        found.encode(0, resid), expected_latents("jumprelu", weights, resid).float(), atol=1e-5, rtol=1e-5
    )  # fmt: skip
    factor = torch.linspace(0.5, 2, D_SAE)
    path = write_sae(
        tmp_path / "b",
        weights=weights | {"scaling_factor": factor},
        old=True,
        finetuning_scaling_factor=True,
    )
    tuned = Sae.load(path, "s", subject)
    torch.testing.assert_close(tuned.directions(0), weights["W_dec"] * factor[:, None])
    ones = weights | {"scaling_factor": torch.ones(D_SAE)}
    assert Sae.load(write_sae(tmp_path / "c", weights=ones, old=True), "s", subject).n_units


def test_half_precision_is_read_as_it_is(subject: Subject, tmp_path: Path):
    weights = {k: v.bfloat16() for k, v in make_weights().items()}
    sae = Sae.load(write_sae(tmp_path, weights=weights), "s", subject)
    assert torch.equal(sae.directions(0), weights["W_dec"].float())


@pytest.mark.parametrize(
    ("hook", "layer"),
    [
        ("blocks.2.hook_resid_post", 2),
        ("blocks.2.hook_resid_pre", 1),
        ("blocks.1.hook_out", 1),
        ("blocks.1.hook_in", 0),
    ],
)
def test_hook_points_of_the_residual_stream_name_a_layers_output(
    tmp_path: Path, hook: str, layer: int
):
    assert [c.layer for c in read_checkpoints(write_sae(tmp_path, hook_name=hook))] == [layer]


def test_one_directory_of_several_layers_is_one_source(
    subject: Subject, tmp_path: Path, resid: torch.Tensor
):
    for layer in (2, 0):
        write_sae(tmp_path / f"blocks.{layer}.hook_resid_post", layer=layer, seed=layer)
    sae = Sae.load(tmp_path, "s", subject)
    assert tuple(sae.layers) == (0, 2)
    for place, layer in enumerate(sae.layers):
        wanted = expected_latents("jumprelu", make_weights(seed=layer), resid).float()
        torch.testing.assert_close(sae.encode(place, resid), wanted, atol=1e-5, rtol=1e-5)


def test_the_hash_is_of_the_files_wherever_they_lie(subject: Subject, tmp_path: Path):
    saes = [
        Sae.load(write_sae(tmp_path / name, seed=seed), "s", subject)
        for name, seed in (("a", 0), ("b", 0), ("c", 1))
    ]
    assert saes[0].hash == saes[1].hash != saes[2].hash


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"hook_name": "blocks.1.hook_mlp_out"}, "reads blocks.1.hook_mlp_out; .*hook_resid_post"),
        ({"hook_name": "blocks.1.attn.hook_z"}, "bring an SAE of the residual stream"),
        ({"hook_name": "blocks.0.hook_resid_pre"}, "the embedding, before any layer"),
        ({"hook_head_index": 3}, "bring an SAE of the residual stream"),
        ({"architecture": "gated"}, "the architecture gated; standard, topk and jumprelu"),
        ({"activation_fn": "tanh-relu"}, "the activation function tanh-relu"),
        ({"normalize_activations": "layer_norm"}, "normalises its input: layer_norm"),
        ({"normalize_activations": "expected_average_only_in"}, "factor is not in the checkpoint"),
    ],
)
def test_what_is_not_computed_here_is_refused(tmp_path: Path, changes: dict[str, Any], says: str):
    with pytest.raises(Unsupported, match=says):
        read_checkpoints(write_sae(tmp_path, **changes))


def drop(name: str) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        (path / name).unlink()

    return damage


def cut(path: Path) -> None:
    file = path / "sae_weights.safetensors"
    file.write_bytes(file.read_bytes()[:-100])


def garble(name: str) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        (path / name).write_bytes(b"\x80\x02}q\x00.")

    return damage


def reconfigure(**changes: object) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        file = path / "cfg.json"
        data = json.loads(file.read_text()) | changes
        file.write_text(json.dumps({k: v for k, v in data.items() if v is not None}))

    return damage


def reweigh(**changes: torch.Tensor | None) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        tensors = {**make_weights(), **changes}
        write_sae(path, weights={k: v for k, v in tensors.items() if v is not None})

    return damage


@pytest.mark.parametrize(
    ("damage", "error", "says"),
    [
        (drop("sae_weights.safetensors"), NotFound, "there is no .*sae_weights"),
        (cut, StoreMismatch, "sae_weights.safetensors cannot be read"),
        (garble("sae_weights.safetensors"), StoreMismatch, "cannot be read"),
        (garble("cfg.json"), StoreMismatch, "cfg.json cannot be read"),
        (drop("cfg.json"), StoreMismatch, "cfg.json cannot be read"),
        (reconfigure(d_sae=None), StoreMismatch, "d_sae: field required"),
        (reconfigure(d_sae=41), StoreMismatch, r"W_enc .*found \(32, 40\), wanted \(32, 41\)"),
        (reconfigure(d_in="wide"), StoreMismatch, "d_in: input should be a valid integer"),
        (reconfigure(architecture="topk"), StoreMismatch, "found no k"),
        (reconfigure(architecture="topk", k=3), StoreMismatch, "with threshold"),
        (reconfigure(architecture="standard"), StoreMismatch, "with threshold"),
        (reweigh(threshold=None), StoreMismatch, "without threshold"),
        (reweigh(W_dec=torch.full((D_SAE, D_MODEL), torch.nan)), StoreMismatch, "NaN or infinity"),
        (reweigh(b_enc=torch.zeros(D_SAE, dtype=torch.int32)), StoreMismatch, "found torch.int32"),
        (reweigh(scaling_factor=torch.full((D_SAE,), 2.0)), StoreMismatch, "contradicts itself"),
    ],
)
def test_a_damaged_or_foreign_checkpoint_is_named(
    tmp_path: Path, damage: Callable[[Path], None], error: type[Exception], says: str
):
    path = write_sae(tmp_path / "sae")
    damage(path)
    with pytest.raises(error, match=says):
        read_checkpoints(path)


def test_places_without_a_checkpoint_are_named(tmp_path: Path):
    with pytest.raises(NotFound, match="there is no directory"):
        read_checkpoints(tmp_path / "none")
    with pytest.raises(NotFound, match="holds no SAE"):
        read_checkpoints(tmp_path)
    (tmp_path / "sae.pt").write_bytes(b"\x80\x02}q\x00.")
    with pytest.raises(Unsupported, match="nothing else is opened; save it with SAELens"):
        read_checkpoints(tmp_path)
    with pytest.raises(InvalidRequest, match="is a file; name the directory"):
        read_checkpoints(tmp_path / "sae.pt")


def test_two_checkpoints_that_do_not_go_together_are_refused(tmp_path: Path):
    write_sae(tmp_path / "a")
    write_sae(tmp_path / "b")
    with pytest.raises(InvalidRequest, match="both read layer 1"):
        read_checkpoints(tmp_path)
    write_sae(tmp_path / "b", layer=2, weights=make_weights(d_sae=41))
    with pytest.raises(Unsupported, match="differ in size"):
        read_checkpoints(tmp_path)


def test_an_sae_of_another_model_is_refused(subject: Subject, tmp_path: Path):
    write_sae(tmp_path / "wide", weights=make_weights(d_in=64))
    with pytest.raises(
        StoreMismatch, match=r"another model \(tiny\); found a residual stream 64 wide"
    ):
        Sae.load(tmp_path / "wide", "s", subject)
    with pytest.raises(StoreMismatch, match="found layer 3, wanted one of the 3"):
        Sae.load(write_sae(tmp_path / "deep", layer=3), "s", subject)


@pytest.mark.parametrize("name", ["mlp", "", "Sae", "a.b", "a b"])
def test_names_that_could_not_stand_in_an_id_are_refused(
    subject: Subject, tmp_path: Path, name: str
):
    with pytest.raises(InvalidRequest):
        Sae.load(write_sae(tmp_path), name, subject)


def test_the_mean_is_taken_out_where_the_sae_was_trained_so_and_the_model_has_layer_norms(
    tmp_path: Path, subject: Subject, resid: torch.Tensor
):
    path = write_sae(tmp_path, model_from_pretrained_kwargs={"center_writing_weights": True})
    weights = make_weights()
    centred = expected_latents("jumprelu", weights, resid - resid.mean(-1, keepdim=True)).float()
    found = Sae.load(path, "s", make_subject("gpt2")).encode(0, resid)
    torch.testing.assert_close(found, centred, atol=1e-5, rtol=1e-5)
    plain = Sae.load(path, "s", subject).encode(0, resid)
    wanted = expected_latents("jumprelu", weights, resid).float()
    torch.testing.assert_close(plain, wanted, atol=1e-5, rtol=1e-5)
