"""Chats that the bundled model itself wrote: `python -m scripts.corpus.on_policy corpus/on_policy.jsonl.xz`.

Every prompt of `prompts.txt` is answered once, at temperature 0.7, in batches of 32 padded on the left. An answer is
kept as it came, mistakes included, unless it is empty or another prompt got the same. Sampled numbers differ between
types of CPU, so the result is kept in the repository and not made again.
"""

import json
import sys
import time
from pathlib import Path

import torch

from pellucid.core.records import Conversation, Message
from pellucid.subject import Subject
from scripts.corpus.files import write_lines

PROMPTS = Path(__file__).with_name("prompts.txt")
ROWS, NEW_TOKENS, TEMPERATURE, SEED = 32, 140, 0.7, 4


@torch.inference_mode()
def answers(subject: Subject, prompts: list[str]) -> list[str]:
    """One sampled answer a prompt, cut after `NEW_TOKENS`."""
    chats = [Conversation(messages=(Message(role="user", content=text),)) for text in prompts]
    ids = [list(subject.codec.read(chat).ids) for chat in chats]
    stops = sorted(subject.stop_ids)
    width = max(map(len, ids))
    read = torch.tensor([[stops[0]] * (width - len(row)) + row for row in ids])
    mask = torch.tensor([[0] * (width - len(row)) + [1] * len(row) for row in ids])
    out = subject.model.generate(
        read,
        attention_mask=mask,
        do_sample=True,
        temperature=TEMPERATURE,
        top_k=0,
        max_new_tokens=NEW_TOKENS,
        eos_token_id=stops,
        pad_token_id=stops[0],
    )
    replies: list[str] = []
    for row in out[:, width:].tolist():
        end = next((i for i, id_ in enumerate(row) if id_ in subject.stop_ids), len(row))
        replies.append("".join(subject.codec.texts(row[:end])).strip())
    return replies


def main(path: Path) -> None:
    """Answer all prompts and write the chats."""
    subject = Subject.load()
    prompts = PROMPTS.read_text().splitlines()
    torch.manual_seed(SEED)
    order = sorted(range(len(prompts)), key=lambda i: (len(prompts[i]), i))
    replies: dict[int, str] = {}
    start = time.monotonic()
    for at in range(0, len(order), ROWS):
        batch = order[at : at + ROWS]
        replies |= zip(batch, answers(subject, [prompts[i] for i in batch]), strict=True)
        print(f"{len(replies)} of {len(prompts)} in {time.monotonic() - start:.0f} s", flush=True)
    seen: set[str] = set()
    lines: list[str] = []
    for i, prompt in enumerate(prompts):
        if replies[i] and replies[i] not in seen:
            seen.add(replies[i])
            turns = (("user", prompt), ("assistant", replies[i]))
            record = {"messages": [{"role": role, "content": text} for role, text in turns]}
            lines.append(json.dumps(record, ensure_ascii=False))
    write_lines(path, lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
