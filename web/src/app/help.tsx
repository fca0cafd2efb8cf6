import { Button } from "@/components/ui/button";
import { Sheet } from "@/components/ui/sheet";

const KEYS: readonly [string, string][] = [
  ["← → ↑ ↓", "from token to token; up and down go to the next line"],
  ["Home End", "the first token, the last one"],
  ["Shift ← →", "choose tokens as the place of a change, from the one with the focus; Shift and a click do too"],
  ["Enter", "on a token: why it came. In the question: send"],
  ["Shift Enter", "in the question: a new line"],
  ["F2 Delete", "in the list of conversations: rename, delete after asking once; arrows walk the list"],
  ["on the map", "arrows move a cell, Enter lists only the features there, Esc lists all again"],
  ["E", "on a token: edit its turn, then ask from there. Enter asks, Esc leaves it as it was"],
  ["Tab", "on a token: into what is said about it"],
  ["Esc", "away from the popover, then from the chosen tokens, then from the token; on a card: back to the list"],
  ["Ctrl Z", "outside of text fields: takes back the last step among the changes; with Shift: takes it again"],
  ["/", "search the features; arrows walk what was found, Enter opens a card, Esc leads back"],
  ["?", "this help"],
];

const WORDS: readonly [string, string][] = [
  ["feature", "one sign of one MLP neuron. mlp.12.3047.pos is neuron 3047 of layer 12, where it is above 0."],
  ["attribution", "an estimate, in nats, of what one feature at one token did for the target."],
  ["effect", "the same, measured: log p of the target before, minus after the feature was set to 0."],
  ["nats", "the unit of natural logarithms: 0.69 nats halve or double a probability."],
  [
    "steered",
    "a rule under a token: the model was changed there. Dotted: suppressed. Double: strengthened. Dashed: set to a value. Dashes and dots: several of these.",
  ],
  [
    "given",
    "a token that an answer was given to begin with, by editing it, by going on from it, or by taking another token. It is drawn faint.",
  ],
  ["KL", "how far one distribution over the next token is from another, in nats; 0 where they are the same."],
  ["set", "features kept under a name, to be suppressed or strengthened together."],
  [
    "together",
    "what all sites listed did at once, from one joint ablation. Single effects do not add up to it: two sites that do the same work are each worth little alone.",
  ],
  [
    "map",
    "what all sites of a layer did at a token, summed: blue promoted, orange held back, deeper where it is more.",
  ],
  [
    "shaded",
    "pointing at a feature shades the tokens where it fires, deepest at its tail quantile; pointing at a token marks the rows that stand or fire there.",
  ],
  ["tail quantile", "the activation that only 1 token in 100 000 exceeds. A strength of 0.5 sets half of it."],
  ["exemplar", "a text in which a feature fires most, shaded by its activation at each token."],
  ["score", "how well a description predicts a feature on text it was not written from, 1 at best. Below 0.2: unsure."],
  [
    "says little",
    "a description that a trained classifier takes to matter to no one. The search hides it, and says how many.",
  ],
  ["damage", "what changes do to text that has nothing to do with them, beside as many random features."],
  ["verify", "suppress the features, then as many random ones of the same make, and see whether the first stand out."],
];

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Shows around again. */
  onTour: () => void;
}

/** The keys, and the few words the page uses as terms. */
export function Help({ open, onOpenChange, onTour }: Props) {
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title="Keys and words" side="middle">
      <div className="grid gap-5 px-4 py-4">
        <List rows={KEYS} mono />
        <List rows={WORDS} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button onClick={onTour}>Take the tour again</Button>
          <a
            href="/api/docs"
            target="_blank"
            rel="noreferrer"
            className="rounded-sm underline decoration-edge underline-offset-[0.25em] hover:decoration-ink"
          >
            HTTP API
          </a>
          <span className="text-muted">all that this page can do, for programs</span>
        </div>
      </div>
    </Sheet>
  );
}

function List({ rows, mono = false }: { rows: readonly [string, string][]; mono?: boolean }) {
  return (
    <dl className="grid gap-1.5">
      {rows.map(([name, text]) => (
        <div key={name} className="grid grid-cols-[7rem_1fr] items-baseline gap-x-3">
          <dt className={mono ? "font-mono text-mono" : "font-semibold"}>{name}</dt>
          <dd className="text-muted">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
