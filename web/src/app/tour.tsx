import { useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Popover } from "@/components/ui/popover";
import { useStored } from "@/lib/use-stored";

interface Stop {
  /** Values of `data-tour`: the first that is on the page and not hidden is shown. */
  at: readonly string[];
  name: string;
  text: string;
}

const STOPS: readonly Stop[] = [
  {
    at: ["ask"],
    name: "Ask",
    text: "Ask the model something of your own, or take one of the questions above. The answer comes token by token.",
  },
  {
    at: ["chat"],
    name: "Point at a word",
    text: "It shows how likely the word was, and what else could have stood there. Click it to ask why it came; on touch, tap it.",
  },
  {
    at: ["why", "chat"],
    name: "See why",
    text: "Here stand the features that promoted the word and those that held it back: estimates at once, measurements soon after.",
  },
  {
    at: ["steer", "chat"],
    name: "Change the model",
    text: "Suppress a feature, or name a concept. Then ask again: both answers stand side by side, with what changed marked.",
  },
  {
    at: ["help"],
    name: "Find the rest",
    text: "Keys and words are explained here, and this tour can be taken again.",
  },
];

/** Whether the tour is shown: by itself once in a browser, on a page where nothing is looked at yet. */
export function useTour() {
  const [done, store] = useStored("pellucid.tour", (text) => text === "done");
  const [shown, show] = useState(!done && location.search === "");
  const end = (): void => {
    store("done");
    show(false);
  };
  return { shown, begin: () => show(true), end };
}

/** A few words beside each part of the page, one after the other. Esc ends it. */
export function Tour({ onEnd }: { onEnd: () => void }) {
  const [step, setStep] = useState(0);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const next = useRef<HTMLButtonElement>(null);
  const [title, text] = [useId(), useId()];
  const stop = STOPS[step];
  useEffect(() => {
    const found =
      stop?.at.flatMap((name) => [...document.querySelectorAll<HTMLElement>(`[data-tour="${name}"]`)]) ?? [];
    setAnchor(found.find((element) => element.checkVisibility()) ?? document.body);
  }, [stop]);
  useEffect(() => {
    anchor?.setAttribute("data-toured", "");
    return () => anchor?.removeAttribute("data-toured");
  }, [anchor]);
  const placed = anchor !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step is reached at its button
  useEffect(() => {
    if (placed) next.current?.focus({ preventScroll: true });
  }, [placed, step]);
  if (!anchor || !stop) return null;
  const last = step === STOPS.length - 1;
  return (
    <Popover
      anchor={anchor}
      over
      role="dialog"
      aria-labelledby={title}
      aria-describedby={text}
      data-own-escape
      className="w-80 px-4 py-3"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onEnd();
      }}
    >
      <h2 id={title} className="font-semibold">
        {stop.name}
      </h2>
      <p id={text} className="mt-0.5">
        {stop.text}
      </p>
      <div className="mt-2.5 flex items-center gap-2">
        <span className="flex-1 text-muted">
          {step + 1} of {STOPS.length}
        </span>
        {!last && (
          <Button look="bare" onClick={onEnd}>
            Skip
          </Button>
        )}
        {step > 0 && <Button onClick={() => setStep(step - 1)}>Back</Button>}
        <Button ref={next} look="solid" onClick={() => (last ? onEnd() : setStep(step + 1))}>
          {last ? "Done" : "Next"}
        </Button>
      </div>
    </Popover>
  );
}
