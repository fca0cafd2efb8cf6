"""Search by an example: the features that fire most on a text, over their tail quantiles."""

from collections.abc import Generator, Iterable

from pellucid.atlas import Atlas, DescriptionRecord
from pellucid.core.errors import Unsupported
from pellucid.core.ids import FeatureId
from pellucid.core.records import Active, Record
from pellucid.workspace.bench import Bench
from pellucid.workspace.searching import SearchAsked

SITES_A_HIT = 100
"""Sites looked at for every feature asked for: a feature stands out at many positions, and filters take some out."""


class FiringHit(Record):
    """A feature that fires on a text, where it does so most."""

    id: str
    similarity: None = None
    """Nothing is compared with a description."""
    normalised: float
    """Activation over the feature's tail quantile."""
    activation: float
    pos: int
    score: float | None
    description: str | None
    summary: str | None


class Firing(Record):
    """Features by how strongly they fire on a text."""

    hits: tuple[FiringHit, ...]
    uninteresting_above: int
    """Left out as uninteresting, of those that stand above the last hit."""


class FiringToken(Record):
    """One token of the text."""

    pos: int
    id: int
    text: str


class Fired(Firing):
    """Features by how strongly they fire on a text, and the text as it was read."""

    scale: str
    """What `normalised` is measured in."""
    tokens: tuple[FiringToken, ...]


def read(bench: Bench, asked: SearchAsked) -> Generator[Fired, None, None]:
    """The features that fire most on `asked.text`, read as the corpora of atlases are.

    Raises:
        InvalidRequest: The text is empty.
        NotFound: There is no atlas.
        TooLarge: The text is longer than the subject reads.
        Unsupported: The atlas is not about neurons.
    """
    atlas = bench.needed_atlas()
    if bench.neuron_quantiles() is None:
        raise Unsupported(
            f"{atlas.source.name} cannot be read here",
            "the atlas in use is of SAE latents",
            "use pellucid search --fires-on with --source",
        )
    prompt = bench.engine.passage(bench.subject, asked.text or "")
    found = bench.engine.activate(bench.subject, prompt, top=SITES_A_HIT * asked.k, quantiles=atlas)
    told = firing(atlas, found.effects, asked)
    tokens = tuple(
        FiringToken(pos=pos, id=id_, text=text)
        for pos, (id_, text) in enumerate(zip(prompt.ids, prompt.texts, strict=True))
    )
    yield Fired(
        hits=told.hits,
        uninteresting_above=told.uninteresting_above,
        scale=found.scale,
        tokens=tokens,
    )


def firing(atlas: Atlas, sites: Iterable[Active], asked: SearchAsked) -> Firing:
    """The features of these sites, strongest first, each at its strongest, those filtered out left out."""
    hits: list[FiringHit] = []
    seen: set[str] = set()
    hidden = 0
    for site in sites:
        if len(hits) == asked.k:
            break
        if site.id in seen or not _is_wanted(site, asked):
            continue
        seen.add(site.id)
        told = atlas.description(FeatureId.parse(site.id))
        if asked.min_score is not None and not _reaches(told, asked.min_score):
            continue
        if not asked.everything and told is not None and told.interesting is False:
            hidden += 1
            continue
        hits.append(
            FiringHit(
                id=site.id,
                normalised=site.normalised,
                activation=site.activation,
                pos=site.pos,
                score=None if told is None else told.score,
                description=None if told is None else told.description,
                summary=None if told is None else told.summary,
            )
        )
    return Firing(hits=tuple(hits), uninteresting_above=hidden)


def _is_wanted(site: Active, asked: SearchAsked) -> bool:
    in_layers = asked.layers is None or asked.layers[0] <= site.layer < asked.layers[1]
    return in_layers and asked.sign in (None, site.sign)


def _reaches(told: DescriptionRecord | None, least: float) -> bool:
    return told is not None and told.score is not None and told.score >= least
