import { useState } from "react";
import { Header } from "@/app/header";
import { Help } from "@/app/help";
import { Layout } from "@/app/layout";
import { SteerPane, WhyPane } from "@/app/panes";
import { Tour, useTour } from "@/app/tour";
import { useConversing } from "@/app/use-conversing";
import { openSearch, useKeys } from "@/app/use-keys";
import { useServer } from "@/app/use-server";
import { ChatPanel } from "@/features/chat/components/chat-panel";
import { ConversationList } from "@/features/chat/components/conversation-list";
import { DamageMeter } from "@/features/steering/components/damage-meter";
import { SubjectStatus } from "@/features/subject/components/subject-status";
import { FRESH, go } from "@/lib/view-state";

/** The whole page: what each column is given, and nothing about how it looks. */
export function Page() {
  const server = useServer();
  const conversing = useConversing();
  const [list, setList] = useState(false);
  const [help, setHelp] = useState(false);
  const tour = useTour();
  const { looked, reply, asking, stop, dismiss, steering, settings, setSettings, take, why } = conversing;
  useKeys({ help: () => setHelp(true), undo: steering.undo?.take, redo: steering.redo?.take });
  const choose = (conversation: string | null): void => go({ ...FRESH, conversation });
  const elsewhere = reply.phase !== "idle" && !looked.busy;
  const waiting = server.waiting ?? (elsewhere ? "An answer is on its way in another conversation" : null);
  const canAsk = waiting === null && !looked.busy && (looked.latest || looked.unanswered);
  return (
    <div className="flex h-full flex-col">
      {tour.shown && <Tour onEnd={tour.end} />}
      <Header
        subject={server.subject}
        conversation={looked.conversation}
        onList={() => setList(true)}
        onNew={() => choose(null)}
        onSearch={openSearch}
        onHelp={() => setHelp(true)}
      />
      <p aria-live="polite" className="sr-only">
        {steering.said}
      </p>
      <SubjectStatus subject={server.subject} offline={server.offline} locked={server.locked} />
      <Layout
        changes={steering.interventions.length}
        chat={
          <ChatPanel
            looked={looked}
            reply={reply}
            asking={asking}
            stop={stop}
            dismiss={dismiss}
            waiting={waiting}
            interventions={steering.interventions}
            settings={settings}
            onSettings={setSettings}
            onWhy={why}
            onTake={take}
            steered={(run) => <DamageMeter key={run.id} run={run.id} />}
          />
        }
        why={<WhyPane looked={looked} steering={steering} subject={server.subject} />}
        steer={
          <SteerPane
            looked={looked}
            steering={steering}
            subject={server.subject}
            onAgain={canAsk ? () => asking.again(looked.run ?? null) : null}
          />
        }
      />
      <ConversationList open={list} current={looked.id} onOpenChange={setList} onChoose={choose} />
      <Help
        open={help}
        onOpenChange={setHelp}
        onTour={() => {
          setHelp(false);
          tour.begin();
        }}
      />
    </div>
  );
}
