import type { Neighbours } from "@/api/types";
import { Explained } from "@/components/ui/explained";
import { FeatureLink } from "@/components/ui/feature-link";
import { ProblemNote } from "@/components/ui/problem-note";
import { SummaryText } from "@/components/ui/summary-text";
import { useNeighbours } from "@/features/card/api/get-neighbours";
import { CardSection } from "@/features/card/components/card-section";
import { problemOf } from "@/lib/problem";

/** Features that fire at the same tokens of the same texts. */
export function NeighbourList({ id }: { id: string }) {
  const { data, error } = useNeighbours(id);
  return (
    <CardSection
      title="What fires with it"
      aside={
        <Explained meaning="Exemplars that both features have at exactly the same token of the same text. Features that peak a token apart share none.">
          shared exemplars
        </Explained>
      }
    >
      {error && <ProblemNote problem={problemOf(error)} />}
      {data?.features.length === 0 && (
        <p className="text-muted">No other feature has two of its exemplars at the same tokens.</p>
      )}
      {data && data.features.length > 0 && <Shared neighbours={data} />}
    </CardSection>
  );
}

function Shared({ neighbours }: { neighbours: Neighbours }) {
  return (
    <ul aria-label="Features that fire with it" className="grid gap-x-8 @lg:grid-cols-2">
      {neighbours.features.map((one) => (
        <li key={one.id} className="grid grid-cols-[minmax(0,1fr)_4rem_auto] items-center gap-2 py-0.5">
          <span className="min-w-0">
            {one.summary && (
              <SummaryText summary={one.summary} description={one.description ?? null} score={one.score ?? null} cut />
            )}
            <span className="block truncate">
              <FeatureLink id={one.id} className={one.summary ? "text-muted" : ""} />
            </span>
          </span>
          <span aria-hidden="true" className="block h-2 border-edge border-l bg-sunk">
            <span
              className="block h-full bg-active"
              style={{ width: `${(one.shared / Math.max(1, neighbours.n_exemplars)) * 100}%` }}
            />
          </span>
          <span>
            {one.shared} of {neighbours.n_exemplars}
          </span>
        </li>
      ))}
    </ul>
  );
}
