import { type Dispatch, type SetStateAction, useEffect, useEffectEvent, useState } from "react";
import { useStored } from "@/lib/use-stored";

/** How long what is typed rests before it is kept. */
const REST_MS = 300;

/** A text that is being typed, kept in this tab under a key: there again after the page was loaded anew. */
export function useDraft(key: string): [string, Dispatch<SetStateAction<string>>] {
  const [kept, keep] = useStored(key, (text) => text ?? "", "tab");
  const [text, setText] = useState(kept);
  const write = useEffectEvent(() => {
    if (text !== kept) keep(text === "" ? null : text);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it rests anew with every letter
  useEffect(() => {
    const timer = setTimeout(write, REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    addEventListener("pagehide", write);
    return () => removeEventListener("pagehide", write);
  }, []);
  return [text, setText];
}
