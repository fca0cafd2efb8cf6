import type { ReactNode } from "react";
import type { useSteering } from "@/app/use-steering";
import { SearchPanel } from "@/features/search/components/search-panel";
import { DirectionButtons } from "@/features/steering/components/direction-buttons";
import { useStrengths } from "@/lib/use-strengths";
import { useView } from "@/lib/view-state";

interface Props {
  layers: number | null;
  steering: ReturnType<typeof useSteering>;
  /** What stands behind the search. It stays as it is. */
  children: ReactNode;
}

/** The search over whatever the column shows; closing it leads back there. */
export function SearchPane({ layers, steering, children }: Props) {
  const { find } = useView();
  const strengths = useStrengths();
  return (
    <>
      <div hidden={find !== null} className="h-full">
        {children}
      </div>
      {find !== null && (
        <SearchPanel
          text={find}
          layers={layers}
          actions={(id) => (
            <DirectionButtons
              features={[id]}
              positions={steering.chosen ?? "prompt"}
              strengths={strengths}
              current={steering.of([id])}
              onAdd={steering.add}
              onRemove={steering.remove}
            />
          )}
          together={(ids, name) => (
            <DirectionButtons
              features={ids}
              name={name}
              positions={steering.chosen ?? "prompt"}
              strengths={strengths}
              current={steering.of(ids, name)}
              onAdd={steering.add}
              onRemove={steering.remove}
            />
          )}
        />
      )}
    </>
  );
}
