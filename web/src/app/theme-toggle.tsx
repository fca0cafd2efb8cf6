import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { useMedia } from "@/lib/use-media";
import { useStored } from "@/lib/use-stored";

type Theme = "light" | "dark";

function parseTheme(text: string | null): Theme | null {
  return text === "light" || text === "dark" ? text : null;
}

/** Turns to the other theme; where that is the system's own, the choice is dropped and the system leads again. */
export function ThemeToggle() {
  const system: Theme = useMedia("(prefers-color-scheme: dark)") ? "dark" : "light";
  const [chosen, store] = useStored("pellucid.theme", parseTheme);
  const shown = chosen ?? system;
  const other: Theme = shown === "dark" ? "light" : "dark";
  useEffect(() => {
    if (chosen) document.documentElement.dataset.theme = chosen;
    else delete document.documentElement.dataset.theme;
  }, [chosen]);
  return (
    <Button
      look="bare"
      aria-label={`Turn to the ${other} theme`}
      onClick={() => store(other === system ? null : other)}
    >
      <Icon name={other} />
    </Button>
  );
}
