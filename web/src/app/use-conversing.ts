import type { Run } from "@/api/types";
import { useReply } from "@/features/chat/api/use-reply";
import { useLooked } from "@/features/chat/components/use-looked";
import { againSettings, parseSettings } from "@/features/chat/model/settings";
import { fromInterventions } from "@/features/steering/model/draft";
import type { Place } from "@/lib/pointing";
import { usePointing } from "@/lib/pointing";
import { useStored } from "@/lib/use-stored";
import { go } from "@/lib/view-state";
import { useSteering } from "./use-steering";

/** What the columns share: the conversation looked at, the answer on its way, the changes to the model. */
export function useConversing() {
  const replying = useReply();
  const looked = useLooked(replying.reply);
  const steering = useSteering();
  const [settings, storeSettings] = useStored("pellucid.sampling", parseSettings);
  const choose = usePointing((state) => state.choose);

  const again = (run: Run | null): void => {
    if (looked.id === null) return;
    const next = againSettings(settings, run, steering.interventions);
    if (next.seed !== settings.seed) storeSettings(JSON.stringify(next));
    const request = {
      conversation: looked.id,
      system: "",
      content: null,
      settings: next,
      interventions: steering.interventions,
      beside: run && besideOf(run, looked.beside),
    };
    replying.ask(request).catch(() => undefined);
  };

  const why = (place: Place, contrast: number | null): void => {
    const other = place.run === looked.run?.id ? (looked.beside?.id ?? null) : (looked.run?.id ?? null);
    choose([]);
    go({
      run: place.run,
      beside: other,
      token: place.pos,
      contrast,
      feature: null,
      card: null,
      find: null,
      pane: "why",
    });
  };

  const take = (run: Run): void => {
    steering.set(fromInterventions(run.interventions));
    go({ pane: "steer" }, "replace");
  };

  return {
    ...replying,
    looked,
    steering,
    settings,
    setSettings: (next: typeof settings) => storeSettings(JSON.stringify(next)),
    again,
    take,
    why,
  };
}

/** What a new answer is compared with: the unchanged one in view, where there is one. */
function besideOf(run: Run, beside: Run | undefined): string {
  return run.interventions.length > 0 && beside?.interventions.length === 0 ? beside.id : run.id;
}
