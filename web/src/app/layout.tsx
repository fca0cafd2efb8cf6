import * as Tabs from "@radix-ui/react-tabs";
import type { ReactNode } from "react";
import { Boundary } from "@/components/ui/boundary";
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

/** Where the conversation is no tab, its panel is a plain block. */
const NO_TAB = { role: undefined, "aria-labelledby": undefined, tabIndex: undefined };

/**
 * Two columns; below 1,000 px the right one is a sheet, below 640 px there are tabs. The conversation keeps its place
 * in the tree through all of them, so that turning a phone loses nothing that was typed.
 */
export function Layout({ chat, why, steer, changes }: Props) {
  const wide = useMedia("(width >= 1000px)");
  const tabs = !useMedia("(width >= 640px)");
  const [percent, setPercent] = useSplit();
  const { pane } = useView();
  const sheet = !wide && !tabs && pane !== "chat";
  return (
    <Tabs.Root value={tabs || sheet ? pane : "why"} onValueChange={show} asChild>
      <main className="flex min-h-0 flex-1 flex-col">
        <div
          className={`grid min-h-0 flex-1 grid-rows-1 ${sheet ? "pb-[55dvh]" : ""}`}
          style={{
            gridTemplateColumns: wide ? `minmax(0, ${percent}fr) auto minmax(0, ${100 - percent}fr)` : "minmax(0, 1fr)",
          }}
        >
          <Tabs.Content
            value="chat"
            data-tour="chat"
            forceMount
            {...(tabs ? {} : NO_TAB)}
            className={`min-h-0 ${tabs && pane !== "chat" ? "hidden" : ""}`}
          >
            <Boundary name="The conversation">{chat}</Boundary>
          </Tabs.Content>
          {wide && <Splitter percent={percent} onChange={setPercent} />}
          {wide && (
            <div className="flex min-h-0 flex-col">
              <div data-tour="why" className="min-h-0 flex-1 overflow-y-auto">
                <Boundary name="The explanation">{why}</Boundary>
              </div>
              <div
                data-tour="steer"
                className="flex max-h-[45%] shrink-0 flex-col overflow-y-auto border-rule border-t bg-panel"
              >
                <Boundary name="Steering">{steer}</Boundary>
              </div>
            </div>
          )}
          {tabs && <Panels why={why} steer={steer} className="min-h-0 overflow-y-auto" />}
        </div>
        {tabs && (
          <Tabs.List aria-label="Parts of the page" className="grid grid-cols-3 border-rule border-t bg-panel">
            <Tab value="chat">Chat</Tab>
            <Tab value="why">Why</Tab>
            <Tab value="steer">{steerName(changes)}</Tab>
          </Tabs.List>
        )}
        <Sheet
          open={sheet}
          onOpenChange={(open) => show(open ? "why" : "chat")}
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
          <Panels why={why} steer={steer} className="h-full" />
        </Sheet>
      </main>
    </Tabs.Root>
  );
}

function Panels({ why, steer, className }: Pick<Props, "why" | "steer"> & { className: string }) {
  return (
    <>
      <Tabs.Content value="why" className={className}>
        <Boundary name="The explanation">{why}</Boundary>
      </Tabs.Content>
      <Tabs.Content value="steer" className={className}>
        <Boundary name="Steering">{steer}</Boundary>
      </Tabs.Content>
    </>
  );
}

function steerName(changes: number): string {
  return changes === 0 ? "Steer" : `Steer (${changes})`;
}

function Tab({ value, children }: { value: Pane; children: ReactNode }) {
  return (
    <Tabs.Trigger
      value={value}
      data-tour={value}
      className="-mb-px min-h-10 border-transparent border-b-2 px-4 text-muted data-[state=active]:border-ink data-[state=active]:font-semibold data-[state=active]:text-ink"
    >
      {children}
    </Tabs.Trigger>
  );
}
