import type { Run } from "@/api/types";
import { useReply } from "@/features/chat/api/use-reply";
import { useAsking } from "@/features/chat/components/use-asking";
import { useLooked } from "@/features/chat/components/use-looked";
import { parseSettings } from "@/features/chat/model/settings";
import { fromInterventions } from "@/features/steering/model/draft";
import { type Place, placeKey, usePointing } from "@/lib/pointing";
import { useStored } from "@/lib/use-stored";
import { go } from "@/lib/view-state";
import { useSteering } from "./use-steering";

/** What the columns share: the conversation looked at, the answer on its way, the changes to the model. */
export function useConversing() {
  const { reply, ask, stop, dismiss } = useReply();
  const looked = useLooked(reply);
  const steering = useSteering();
  const [settings, storeSettings] = useStored("pellucid.sampling", parseSettings, "own");
  const setSettings = (next: typeof settings): void => storeSettings(JSON.stringify(next));
  const { interventions } = steering;
  const asking = useAsking({ looked, ask, settings, onSettings: setSettings, interventions });
  const choose = usePointing((state) => state.choose);

  const why = (place: Place, contrast: number | null): void => {
    const other = place.run === looked.run?.id ? (looked.beside?.id ?? null) : (looked.run?.id ?? null);
    choose(placeKey(place), []);
    go({
      run: place.run,
      beside: other,
      token: place.pos,
      contrast,
      side: null,
      within: null,
      feature: null,
      alone: null,
      card: null,
      find: null,
      pane: "why",
    });
  };

  const take = (run: Run): void => {
    steering.set(fromInterventions(run.interventions));
    go({ pane: "steer" }, "replace");
  };

  return { reply, looked, steering, settings, setSettings, asking, stop, dismiss, take, why };
}
