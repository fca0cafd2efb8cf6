import * as Tabs from "@radix-ui/react-tabs";
import type { ReactNode } from "react";
import { Sheet } from "@/components/ui/sheet";
import { Splitter, useSplit } from "@/components/ui/splitter";
import { useMedia } from "@/lib/use-media";
import { go, type Pane, useView } from "@/lib/view-state";

interface Props {
  chat: ReactNode;
  why: ReactNode;
  steer: ReactNode;
  /** How many changes wait for the next answer. */
  changes: number;
}

function isPane(value: string): value is Pane {
  return value === "chat" || value === "why" || value === "steer";
}

const show = (pane: string): void => {
  if (isPane(pane)) go({ pane }, "replace");
};

/** Two columns; below 1,000 px the right one is a sheet, below 640 px there are tabs. */
export function Layout(props: Props) {
  const wide = useMedia("(width >= 1000px)");
  const middle = useMedia("(width >= 640px)");
  if (wide) return <Columns {...props} />;
  return middle ? <WithSheet {...props} /> : <AsTabs {...props} />;
}

function Columns({ chat, why, steer }: Props) {
  const [percent, setPercent] = useSplit();
  return (
    <main
      className="grid min-h-0 flex-1"
      style={{ gridTemplateColumns: `minmax(0, ${percent}fr) auto minmax(0, ${100 - percent}fr)` }}
    >
      {chat}
      <Splitter percent={percent} onChange={setPercent} />
      <div className="flex min-h-0 flex-col">
        <div className="min-h-0 flex-1 overflow-y-auto">{why}</div>
        <div className="max-h-[45%] shrink-0 overflow-y-auto border-rule border-t bg-panel">{steer}</div>
      </div>
    </main>
  );
}

function WithSheet({ chat, why, steer, changes }: Props) {
  const { pane } = useView();
  const open = pane !== "chat";
  return (
    <main className={`flex min-h-0 flex-1 flex-col ${open ? "pb-[55dvh]" : ""}`}>
      <div className="min-h-0 flex-1">{chat}</div>
      <Tabs.Root value={open ? pane : "why"} onValueChange={show}>
        <Sheet
          open={open}
          onOpenChange={(next) => show(next ? "why" : "chat")}
          title="Explanation and changes"
          heading={
            <Tabs.List aria-label="Explanation and changes" className="flex px-1">
              <Tab value="why">Why</Tab>
              <Tab value="steer">{steerName(changes)}</Tab>
            </Tabs.List>
          }
          side="bottom"
          modal={false}
        >
          <Tabs.Content value="why">{why}</Tabs.Content>
          <Tabs.Content value="steer">{steer}</Tabs.Content>
        </Sheet>
      </Tabs.Root>
    </main>
  );
}

function AsTabs({ chat, why, steer, changes }: Props) {
  const { pane } = useView();
  return (
    <main className="min-h-0 flex-1">
      <Tabs.Root value={pane} onValueChange={show} className="flex h-full flex-col">
        <Tabs.Content value="chat" forceMount className="min-h-0 flex-1 data-[state=inactive]:hidden">
          {chat}
        </Tabs.Content>
        <Tabs.Content value="why" className="min-h-0 flex-1 overflow-y-auto">
          {why}
        </Tabs.Content>
        <Tabs.Content value="steer" className="min-h-0 flex-1 overflow-y-auto">
          {steer}
        </Tabs.Content>
        <Tabs.List aria-label="Parts of the page" className="grid grid-cols-3 border-rule border-t bg-panel">
          <Tab value="chat">Chat</Tab>
          <Tab value="why">Why</Tab>
          <Tab value="steer">{steerName(changes)}</Tab>
        </Tabs.List>
      </Tabs.Root>
    </main>
  );
}

function steerName(changes: number): string {
  return changes === 0 ? "Steer" : `Steer (${changes})`;
}

function Tab({ value, children }: { value: Pane; children: ReactNode }) {
  return (
    <Tabs.Trigger
      value={value}
      className="-mb-px min-h-10 border-transparent border-b-2 px-4 text-muted data-[state=active]:border-ink data-[state=active]:font-semibold data-[state=active]:text-ink"
    >
      {children}
    </Tabs.Trigger>
  );
}
