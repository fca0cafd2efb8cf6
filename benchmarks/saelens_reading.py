"""SAELens and Pellucid on the same checkpoints: the largest difference of latents and reconstructions.

SAELens' dependencies do not fit Pellucid's environment, so this runs in one of its own:

    python3 -m venv build/saelens && build/saelens/bin/pip install sae-lens
    build/saelens/bin/pip install gguf jaxtyping platformdirs pydantic-settings
    build/saelens/bin/pip install --no-deps .
    build/saelens/bin/python benchmarks/saelens_reading.py
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import sae_lens  # pyright: ignore[reportMissingImports]
import torch
from sae_lens.saes.sae import SAEMetadata  # pyright: ignore[reportMissingImports]

from pellucid.features.sae import _Part
from pellucid.features.sae_files import read_checkpoints

SHIPPED = Path(__file__).parents[1] / "saes" / "smollm2-135m-15"


def made():
    """SAEs of SAELens' own with random weights: name and SAE."""
    about = SAEMetadata(hook_name="blocks.3.hook_resid_post", model_name="none")
    for name, more in (
        ("Standard", {}),
        ("Standard", {"apply_b_dec_to_input": False}),
        ("TopK", {"k": 7}),
        ("TopK", {"k": 7, "rescale_acts_by_decoder_norm": True}),
        ("JumpReLU", {}),
    ):
        config = getattr(sae_lens, f"{name}SAEConfig")(d_in=64, d_sae=128, metadata=about, **more)
        sae = getattr(sae_lens, f"{name}SAE")(config)
        with torch.no_grad():
            for key, weight in sae.named_parameters():
                weight.copy_(torch.randn_like(weight) * (0.3 if "W" in key else 0.1))
        yield f"{name} {more}", sae


@torch.no_grad()
def compare(name, theirs, directory, stream):
    """Print how far apart the two are on a stream."""
    (checkpoint,) = read_checkpoints(directory)
    ours = _Part.of(checkpoint, torch.nn.Linear(1, 1), layer_norms=False)
    latents, mine = theirs.encode(stream), ours.encode(stream)
    left = (latents - mine).abs().max().item()
    rebuilt = (theirs.decode(latents) - mine @ ours.W_dec - ours.b_dec).abs().max().item()
    print(f"{name:55} latents {left:.1e}  stream {rebuilt:.1e}")


def main():
    """Compare checkpoints that SAELens wrote, and the one that Pellucid wrote."""
    torch.manual_seed(0)
    for name, sae in made():
        with TemporaryDirectory() as folder:
            sae.save_model(folder)
            compare(name, sae, Path(folder), torch.randn(500, 64))
    shipped = sae_lens.SAE.load_from_disk(SHIPPED)
    compare(str(SHIPPED.name), shipped, SHIPPED, 10 * torch.randn(500, 576) + shipped.b_dec)


if __name__ == "__main__":
    main()
