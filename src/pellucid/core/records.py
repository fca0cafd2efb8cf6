"""The values that pass between rooms and, as JSON, to scripts and to the page. All frozen."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pellucid.core.ids import FeatureId, Sign

Role = Literal["system", "user", "assistant", "text"]
"""Whose turn a token stands in; `text` where no template was used."""

Verdict = Literal["promotes", "suppresses", "within chance"]
"""Whether an effect is larger than matched random sets have, and than rounding."""

DamageVerdict = Literal["mild", "strong", "babbling"]
"""How much of the model interventions leave; `analysis/damage.py` has the thresholds."""

Method = Literal["corrected", "gradient", "integrated"]
"""How attributions are found; `analysis/attribute.py` says what each does."""


Match = Literal["activation", "layer"]
"""What a random feature shares with the one it stands for: layer, sign and decile of activation, or layer and sign."""


class Record(BaseModel):
    """A frozen value that refuses unknown keys and non-finite numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Message(Record):
    """One turn of a chat, as in the OpenAI and Hugging Face message lists."""

    role: Literal["system", "user", "assistant"]
    content: str


class Conversation(Record):
    """What the subject is to read: exactly one of `messages`, `text` and `ids`."""

    messages: tuple[Message, ...] | None = None
    """Goes through the chat template; an assistant turn at the end is left open and continued, literally."""
    text: str | None = None
    """Read as it is, without template."""
    ids: tuple[int, ...] | None = None
    """Exact token ids."""

    @model_validator(mode="after")
    def _exactly_one(self) -> "Conversation":
        if sum(x is not None for x in (self.messages, self.text, self.ids)) != 1:
            raise ValueError("give exactly one of messages, text and ids")
        return self


class Alternative(Record):
    """A token the subject could have written at a position."""

    id: int
    text: str
    logprob: float
    """Natural logarithm of its probability, given all tokens before the position."""


class Token(Record):
    """One id the subject read or wrote. The texts of all tokens, joined, are the text they stand for."""

    pos: int
    id: int
    text: str
    """Empty where the token is the beginning of a character that a later token completes."""
    role: Role
    marker: bool
    """True where the token belongs to the chat template, not to what anyone wrote."""
    logprob: float | None
    """Of this token, given all before it, in nats; None at position 0."""
    top: tuple[Alternative, ...] = ()
    """The most likely tokens at this position, most likely first."""


class TargetToken(Record):
    """One token of a longer target (`--target-all`)."""

    id: int
    text: str
    logprob: float


class Target(Record):
    """The token explained."""

    pos: int
    """Where it stands, or would stand: the logits are read at `pos - 1`."""
    id: int
    text: str
    logprob: float
    """In nats, in the run explained, interventions included; the sum over `tokens` where there are several."""
    tokens: tuple[TargetToken, ...] = ()
    """All tokens of a target of several, with `--target-all`; otherwise empty."""


class Effect(Record):
    """One site, with what it did for the target. Positive promoted it."""

    id: str
    layer: int
    index: int
    sign: Sign
    pos: int
    activation: float
    """Raw activation at the input of the down projection, in the run explained."""
    attribution: float
    """The best number the method has for the effect, in nats."""
    measured: bool
    """True where `attribution` was measured by setting the site to 0 and running the subject again."""
    estimate: float
    """Gradient times activation, in nats, whatever the method."""
    effect: float | None = Field(default=None, exclude_if=lambda value: value is None)
    """Measured effect in nats, for the sites that `--measure` asked for."""
    description: str | None = None
    """What the feature fires on, as the atlas has it; None without."""
    summary: str | None = None
    """The same in under 15 words."""
    score: float | None = None
    """How well the description predicts activations on text it was not written from; at most 1."""

    @property
    def feature(self) -> FeatureId:
        """The feature as an id."""
        return FeatureId.parse(self.id)


class SiteMap(Record):
    """What the sites of every layer did for the target at every position: sums over units, in nats.

    Positive parts, of the sites that promoted it, and negative ones apart. Effects of single sites do not add up, so a
    sum is not what taking all of its sites away would do.
    """

    method: Method
    """Whose numbers are summed, those of all sites. `gradient`, `integrated`: estimates, as the method has them.
    `corrected`: estimates carried through the odds of the target; of the sites that were looked at closer, such as
    those listed, the number that they are listed with, measured for `n_measured` of them."""
    n_measured: int
    layers: tuple[int, ...]
    start: int
    """The position of the first column; that of the last is just before the target."""
    step: float
    """Nats. `positive` and `negative` are whole multiples of it: the largest of them is 999."""
    positive: tuple[tuple[int, ...], ...]
    """[layer][column], in steps; at least 0."""
    negative: tuple[tuple[int, ...], ...]
    """[layer][column], in steps; at most 0."""
    by_layer: tuple[tuple[float, float], ...]
    """[layer]: the positive and the negative part of all its positions together, in nats, not in steps."""
    by_position: tuple[tuple[float, float], ...]
    """[column]: the same of all layers together."""


class Active(Record):
    """One site that stands out by its activation."""

    id: str
    layer: int
    index: int
    sign: Sign
    pos: int
    activation: float
    normalised: float
    """Activation over the scale that `Activations.scale` names."""
    description: str | None = None
    summary: str | None = None
    score: float | None = None


class Touched(Record):
    """How much of the subject an intervention names."""

    neurons: int
    share: float
    """Of all units of the subject, 0 to 1."""


class RandomSets(Record):
    """The effects of matched random feature sets."""

    n: int
    match: Match
    mean: float
    low: float
    """2.5th percentile, nats."""
    high: float
    """97.5th percentile, nats."""
    effects: tuple[float, ...] = ()
    """Every random set's effect, in the order drawn."""


class Verification(Record):
    """What suppressing a set of features did to the target, beside random sets of the same make."""

    target: Target
    contrast: Target | None
    before: float
    """Log p(target), or with a contrast its distance to log p(contrast), in nats."""
    after: float
    effect: float
    """Before minus after."""
    kl: float
    """Of the next token's distribution after, from that before, in nats."""
    random: RandomSets
    touched: Touched
    verdict: Verdict


class Joint(Record):
    """What several sites did for the target together: all set to 0 at once, and the subject run again."""

    target: Target
    """In the run as it was."""
    contrast: Target | None
    before: float
    """Log p(target), or with a contrast its distance to log p(contrast), in nats."""
    after: float
    effect: float
    """Before minus after, in nats; positive where they promoted it. Not the sum of the effects of each alone."""
    n_sites: int
    """Different ones: both signs of a unit at a position are one."""


class Moved(Record):
    """A token whose probability differs between two distributions."""

    id: int
    text: str
    before: float
    """Probability, 0 to 1."""
    after: float


class Shift(Record):
    """How the next token's distribution in one run (after) differs from that in another (before)."""

    kl: float
    """Of the distribution after, from that before: the sum of p_after * log(p_after / p_before), in nats."""
    tokens: tuple[Moved, ...]
    """Those whose probability moved most, the largest move first; none that did not move."""


class RandomDamage(Record):
    """What as many matched random features do under the same interventions, in nats."""

    mean: float
    low: float
    """The smallest of the sets."""
    high: float
    """The largest of the sets."""
    n: int


class Repetition(Record):
    """The share of a greedy reply's runs of 3 tokens that it has had before, mean over some neutral prompts."""

    before: float
    """Without interventions."""
    after: float
    random: float | None
    """With one set of matched random features; None where there is none."""


class Damage(Record):
    """What interventions do to text that has nothing to do with them."""

    kl: float
    """Of the next token's distribution after, from that before, in nats; mean over all positions that are reached."""
    kl_random: RandomDamage | None
    """None where too few features are left to match."""
    repetition: Repetition
    n_prompts: int
    n_positions: int
    verdict: DamageVerdict


class Provenance(Record):
    """What a result was made with."""

    pellucid: str
    subject: str
    atlas: str | None
    seed: int
    dtype: str
    device: str
