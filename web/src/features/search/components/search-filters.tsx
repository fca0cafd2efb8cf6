import { Button } from "@/components/ui/button";
import { Explained } from "@/components/ui/explained";
import { Select } from "@/components/ui/select";
import { useFilters } from "@/features/search/components/use-filters";
import { layersInOrder } from "@/features/search/model/filters";

const WAYS = [
  { by: "fires", name: "what they fire on" },
  { by: "output", name: "what they promote" },
  { by: "text", name: "firing in this text" },
] as const;

const SIGNS = [
  { value: "", text: "either sign" },
  { value: "pos", text: "above 0" },
  { value: "neg", text: "below 0" },
];

const SCORES = [
  { value: "", text: "any score" },
  { value: "0.2", text: "score ≥ 0.2" },
  { value: "0.4", text: "score ≥ 0.4" },
  { value: "0.6", text: "score ≥ 0.6" },
];

/** By what is searched, and among which features. */
export function SearchFilters({ layers }: { layers: number | null }) {
  const { filters, change } = useFilters();
  const wrong = !layersInOrder(filters);
  return (
    <div className="grid gap-1.5">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would announce a form */}
      <div role="group" aria-label="Search by" className="-ml-2 flex flex-wrap items-center">
        {WAYS.map(({ by, name }) => (
          <Button key={by} look="bare" aria-pressed={filters.by === by} onClick={() => change({ by })}>
            {name}
          </Button>
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <Select
          label="Sign"
          value={filters.sign ?? ""}
          onChange={(sign) => change({ sign: sign === "pos" || sign === "neg" ? sign : null })}
          options={SIGNS}
        />
        <span className="flex items-center gap-1 text-muted">
          layers
          <Layer label="First layer" value={filters.from} placeholder="0" onChange={(from) => change({ from })} />
          to
          <Layer
            label="Last layer"
            value={filters.to}
            placeholder={layers === null ? "last" : String(layers - 1)}
            onChange={(to) => change({ to })}
          />
        </span>
        <Select
          label="Least score"
          value={filters.minScore === null ? "" : String(filters.minScore)}
          onChange={(score) => change({ minScore: score === "" ? null : Number(score) })}
          options={SCORES}
        />
        <span className="flex items-center gap-1.5">
          <label className="flex items-center gap-1.5">
            <input type="checkbox" checked={filters.all} onChange={(event) => change({ all: event.target.checked })} />
            also what says little
          </label>
          <Explained
            className="text-muted"
            meaning="Descriptions that a trained classifier takes to matter to no one: punctuation, word pieces, mixtures. Its reasons stand on each card."
          >
            ?
          </Explained>
        </span>
      </div>
      {wrong && <p className="text-muted">The first layer comes after the last one: there is none between them.</p>}
    </div>
  );
}

function Layer(props: {
  label: string;
  value: number | null;
  placeholder: string;
  onChange: (layer: number | null) => void;
}) {
  const { label, value, placeholder, onChange } = props;
  return (
    <input
      aria-label={label}
      inputMode="numeric"
      value={value ?? ""}
      placeholder={placeholder}
      onChange={(event) => {
        const digits = event.target.value.replace(/\D/g, "").slice(0, 3);
        onChange(digits === "" ? null : Number(digits));
      }}
      className="field w-10 text-right text-ink placeholder:text-muted"
    />
  );
}
