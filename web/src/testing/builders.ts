/** Values for tests: whole, plausible, and changed only where a test cares. */
import type {
  Active,
  Card,
  Conversation,
  Damage,
  Described,
  Effect,
  Exemplar,
  FeatureSet,
  Hit,
  Joint,
  Problem,
  Run,
  RunSummary,
  SearchResult,
  Shift,
  SiteMap,
  Subject,
  Token,
  Traced,
  Verification,
} from "@/api/types";

export function makeToken(over: Partial<Token> = {}): Token {
  return { pos: 0, id: 1, text: "a", role: "assistant", marker: false, logprob: Math.log(0.5), top: [], ...over };
}

/** Tokens of one role with these texts, from position `from` on. */
export function makeTokens(texts: readonly string[], over: Partial<Token> = {}, from = 0): Token[] {
  return texts.map((text, i) => makeToken({ text, id: idOf(text), pos: from + i, ...over }));
}

function idOf(text: string): number {
  return [...text].reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 50_000, 7);
}

export function makeRun(over: Partial<Run> = {}): Run {
  const prompt = [
    ...makeTokens(["<s>", "user", "\n"], { role: "user", marker: true }),
    ...makeTokens(["Which", " one", "?"], { role: "user" }, 3),
    ...makeTokens(["</s>", "<s>"], { role: "assistant", marker: true }, 6),
  ];
  const reply = makeTokens(["The", " first", "\n", " one"], {}, 8);
  const tokens = [...prompt, ...reply];
  return {
    id: "r1",
    turn_id: "t2",
    conversation_id: "c1",
    state: "done",
    reply: "The first\n one",
    interventions: [],
    settings: { max_new_tokens: 24, temperature: 0.7, seed: 0 },
    finish: "end",
    created_at: "2026-01-01T00:00:00Z",
    given_from: 3,
    reply_from: prompt.length,
    n_prompt: prompt.length,
    subject: "abc",
    atlas: null,
    tokens: tokens.map((token) => (token.pos === 0 ? { ...token, logprob: null } : token)),
    ...over,
  };
}

export function makeSummary(run: Run): RunSummary {
  const { id, turn_id, state, reply, interventions, settings, finish, created_at } = run;
  return { id, turn_id, state, reply, interventions, settings, finish, created_at };
}

export function makeConversation(runs: readonly Run[], over: Partial<Conversation> = {}): Conversation {
  const at = "2026-01-01T00:00:00Z";
  return {
    id: "c1",
    title: "Which one?",
    system: null,
    created_at: at,
    updated_at: at,
    turns: [
      { id: "t1", role: "user", content: "Which one?", created_at: at, runs: [] },
      { id: "t2", role: "assistant", content: "The first one", created_at: at, runs: runs.map(makeSummary) },
    ],
    ...over,
  };
}

export function makeEffect(over: Partial<Effect> = {}): Effect {
  return {
    id: "mlp.12.3047.pos",
    layer: 12,
    index: 3047,
    sign: "pos",
    pos: 4,
    activation: 2.5,
    attribution: 0.8,
    measured: false,
    estimate: 0.8,
    description: null,
    summary: null,
    score: null,
    ...over,
  };
}

export function makeActive(over: Partial<Active> = {}): Active {
  return {
    id: "mlp.12.3047.pos",
    layer: 12,
    index: 3047,
    sign: "pos",
    pos: 9,
    activation: 2.5,
    normalised: 3.2,
    description: null,
    summary: null,
    score: null,
    ...over,
  };
}

/** Two layers, 3 and 12, at the positions 3 to 8. */
export function makeSiteMap(over: Partial<SiteMap> = {}): SiteMap {
  return {
    method: "corrected",
    n_measured: 2,
    layers: [3, 12],
    start: 3,
    step: 0.01,
    positive: [
      [0, 10, 0, 0, 0, 0],
      [5, 80, 20, 0, 0, 40],
    ],
    negative: [
      [-40, 0, 0, 0, 0, 0],
      [0, -10, 0, 0, -5, 0],
    ],
    by_layer: [
      [0.1, -0.4],
      [1.45, -0.15],
    ],
    by_position: [
      [0.05, -0.4],
      [0.9, -0.1],
      [0.2, 0],
      [0, 0],
      [0, -0.05],
      [0.4, 0],
    ],
    ...over,
  };
}

export function makeJoint(over: Partial<Joint> = {}): Joint {
  return {
    target: { pos: 9, id: 1, text: " first", logprob: -1, tokens: [] },
    contrast: null,
    before: -1,
    after: -1.9,
    effect: 0.9,
    n_sites: 3,
    ...over,
  };
}

export function makeVerification(over: Partial<Verification> = {}): Verification {
  return {
    target: { pos: 9, id: 1, text: " first", logprob: -1, tokens: [] },
    contrast: null,
    before: -1,
    after: -2.8,
    effect: 1.8,
    kl: 0.4,
    random: { n: 50, match: "activation", mean: 0.03, low: -0.14, high: 0.19, effects: [] },
    touched: { neurons: 1, share: 0.00002 },
    verdict: "promotes",
    ...over,
  };
}

export function makeProblem(over: Partial<Problem> = {}): Problem {
  return {
    type: "about:blank",
    title: "too long",
    status: 413,
    code: "too_large",
    detail: "",
    what: "the question is too long, in tokens",
    why: "9,000 needed, 2,048 is the limit",
    instead: "ask a shorter one",
    request_id: null,
    retry_after_s: null,
    ...over,
  };
}

export function makeSubject(over: Partial<Subject> = {}): Subject {
  return {
    state: "ready",
    progress: null,
    problem: null,
    name: "tiny",
    hash: "abc",
    family: "llama",
    n_layers: 2,
    d_model: 8,
    d_mlp: 16,
    n_features: 64,
    n_context: 128,
    dtype: "float32",
    device: "cpu",
    has_chat_template: true,
    ...over,
  };
}

/** An exemplar whose words are its tokens; `activations` null where not stored. */
export function makeExemplar(over: Partial<Exemplar> = {}): Exemplar {
  const texts = ["<end>", "in", " the", " month", " of", " May", "\n", "it", " rained"];
  return {
    rank: 0,
    peak: 4,
    pos: 5,
    gate: 1,
    tokens: texts.map((text, id) => ({ id, text })),
    activations: [null, null, 0.5, 1.2, 2.4, 4, null, null, null],
    source: "almanac:12",
    licence: "MIT",
    ...over,
  };
}

export function makeCard(over: Partial<Card> = {}): Card {
  const token = (text: string, logit: number) => ({ id: idOf(text), text, logit });
  return {
    id: "mlp.12.3047.pos",
    layer: 12,
    index: 3047,
    sign: "pos",
    description: null,
    summary: null,
    score: null,
    rate: 0.34,
    extreme: 4.4,
    mean: 0.02,
    std: 0.3,
    sink: 120,
    quantiles: [
      { tail: 1e-3, value: 1, reached: true },
      { tail: 1e-4, value: 2, reached: true },
      { tail: 1e-5, value: 3, reached: true },
      { tail: 1e-6, value: 4, reached: true },
      { tail: 1e-7, value: 4.4, reached: false },
    ],
    histogram: { low: -1, high: 3, counts: [40, 900_000, 3000, 7] },
    promoted: [token(" May", 0.4), token(" June", 0.2)],
    suppressed: [token(" the", -0.3), token("\n", -0.1)],
    gate: { positive: 18, negative: 2 },
    exemplars: [makeExemplar(), makeExemplar({ rank: 1, peak: 3, activations: [null, 0.2, 1, 1, 2, 3, 0, 0, 0] })],
    other: "mlp.12.3047.neg",
    n_exemplars: 2,
    n_patterns: 5,
    pattern_error: 0.034,
    n_tokens: 1_532_000,
    atlas: "0123456789abcdef".repeat(4),
    told: null,
    ...over,
  };
}

export function makeTraced(texts: readonly string[], activations: readonly number[], quantile = 3): Traced {
  return {
    id: "mlp.12.3047.pos",
    tokens: texts.map((text, pos) => {
      const activation = activations[pos] ?? 0;
      return { pos, id: idOf(text), text, activation, normalised: activation / quantile };
    }),
    quantile: { tail: 1e-5, value: quantile, reached: true },
  };
}

export function makeDescribed(over: Partial<Described> = {}): Described {
  return {
    description: "Fires on months of the year, most of all on spring.",
    summary: "months of the year",
    status: "described",
    kind: "class",
    score: 0.62,
    score_low: 0.55,
    score_high: 0.68,
    score_valid: 0.64,
    score_random: 0.4,
    auroc: 0.9,
    average_precision: 0.7,
    unigram: 0.48,
    best_token: 0.31,
    peaks: 0.6,
    shuffled: 0.01,
    output: "Promotes days of the month.",
    output_score: 0.4,
    interest: 0.83,
    interesting: true,
    reasons: ["names a kind of word", "predicts better than its best token"],
    ...over,
  };
}

export function makeHit(over: Partial<Hit> = {}): Hit {
  return {
    id: "mlp.12.3047.pos",
    similarity: 0.7,
    peaks: 0.6,
    keywords: 0.5,
    score: 0.62,
    description: "Fires on months of the year.",
    summary: "months of the year",
    output: "Promotes days of the month.",
    weak: false,
    ...over,
  };
}

export function makeSearchResult(hits: Hit[], over: Partial<SearchResult> = {}): SearchResult {
  return {
    hits,
    searched: 60_000,
    filtered: { undescribed: 900, layer: 0, sign: 0, score: 0, uninteresting: 31_260 },
    uninteresting_above: 4,
    notes: [],
    ...over,
  };
}

export function makeShift(over: Partial<Shift> = {}): Shift {
  const tokens = [
    { id: 5, text: " second", before: 0.3, after: 0.6 },
    { id: 6, text: " last", before: 0.2, after: 0.001 },
  ];
  return { kl: 0.42, tokens, ...over };
}

export function makeFeatureSet(over: Partial<FeatureSet> = {}): FeatureSet {
  const at = "2026-01-01T00:00:00Z";
  return {
    id: "s1",
    name: "months",
    features: ["mlp.3.17.pos", "mlp.12.3047.pos"],
    note: null,
    created_at: at,
    updated_at: at,
    ...over,
  };
}

export function makeDamage(over: Partial<Damage> = {}): Damage {
  return {
    kl: 0.12,
    kl_random: { mean: 0.03, low: 0.02, high: 0.04, n: 3 },
    repetition: { before: 0.05, after: 0.08, random: 0.06 },
    n_prompts: 12,
    n_positions: 200,
    verdict: "mild",
    ...over,
  };
}
