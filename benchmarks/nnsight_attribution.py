"""The same gradient attribution with nnsight, beside a bare forward and backward pass. In an environment of its own:

    python3 -m venv build/nnsight && build/nnsight/bin/pip install torch==2.13.0 accelerate nnsight
    build/nnsight/bin/python benchmarks/nnsight_attribution.py DIRECTORY

DIRECTORY is a Llama-family model; `pellucid doctor` says where the bundled one is. Imports nothing of Pellucid.
"""

import sys
import time

import numpy as np
import torch
from nnsight import LanguageModel  # pyright: ignore[reportMissingImports]
from transformers import AutoModelForCausalLM

N_POS, ROUNDS, TOP = 64, 7, 50


def main() -> None:
    """Print the ratio."""
    model = LanguageModel(sys.argv[1], device_map="cpu", dtype=torch.float32, dispatch=True)
    model.requires_grad_(False)
    ids = torch.randint(100, 4000, (1, N_POS), generator=torch.Generator().manual_seed(0))
    plain = AutoModelForCausalLM.from_pretrained(sys.argv[1]).eval().requires_grad_(False)

    def bare() -> None:
        embeds = plain.get_input_embeddings()(ids).requires_grad_()
        logits = plain(inputs_embeds=embeds, use_cache=False, logits_to_keep=1).logits
        logits[0, -1].log_softmax(-1).max().backward()

    def traced() -> torch.Tensor:
        acts = []
        with model.trace(ids):
            for place, layer in enumerate(model.model.layers):
                act = layer.mlp.down_proj.input
                if place == 0:
                    act.requires_grad_(True)
                acts.append(act.save())
            score = model.lm_head.output[0, -1].log_softmax(-1).max().save()
        grads = torch.autograd.grad(score, acts)
        effects = torch.stack([(a * g)[0].detach() for a, g in zip(acts, grads, strict=True)])
        return effects.flatten().abs().topk(TOP).indices

    times: dict[str, list[float]] = {"bare": [], "nnsight": []}
    for turn in range(ROUNDS + 1):
        for name, function in (("bare", bare), ("nnsight", traced)):
            began = time.perf_counter()
            function()
            if turn:
                times[name].append(time.perf_counter() - began)
    ratio = np.array(times["nnsight"]) / np.array(times["bare"])
    print(f"bare forward and backward, {N_POS} tokens  {np.median(times['bare']) * 1000:8.1f} ms")
    print(
        f"attribution with nnsight              {np.median(times['nnsight']) * 1000:8.1f} ms   "
        f"x {np.median(ratio):.2f} ({ratio.min():.2f} to {ratio.max():.2f})"
    )


if __name__ == "__main__":
    main()
