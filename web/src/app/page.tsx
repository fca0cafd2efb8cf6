import { useCallback, useState } from "react";
import { Header } from "@/app/header";
import { Help } from "@/app/help";
import { Layout } from "@/app/layout";
import { SteerPane, WhyPane } from "@/app/panes";
import { useConversing } from "@/app/use-conversing";
import { openSearch, useKeys } from "@/app/use-keys";
import { useServer } from "@/app/use-server";
import { ChatPanel } from "@/features/chat/components/chat-panel";
import { ConversationList } from "@/features/chat/components/conversation-list";
import { DamageMeter } from "@/features/steering/components/damage-meter";
import { SubjectStatus } from "@/features/subject/components/subject-status";
import { go } from "@/lib/view-state";

const FRESH = {
  run: null,
  beside: null,
  token: null,
  contrast: null,
  feature: null,
  card: null,
  find: null,
  steer: "",
  pane: "chat",
} as const;

/** The whole page: what each column is given, and nothing about how it looks. */
export function Page() {
  const server = useServer();
  const conversing = useConversing();
  const [list, setList] = useState(false);
  const [help, setHelp] = useState(false);
  useKeys(useCallback(() => setHelp(true), []));
  const { looked, reply, ask, stop, dismiss, steering, settings, setSettings, again, take, why } = conversing;
  const choose = (conversation: string | null): void => go({ ...FRESH, conversation });
  const canAsk = server.waiting === null && !looked.busy && (looked.latest || looked.unanswered);
  return (
    <div className="flex h-full flex-col">
      <Header
        subject={server.subject}
        title={looked.conversation?.title ?? ""}
        onList={() => setList(true)}
        onNew={() => choose(null)}
        onSearch={openSearch}
        onHelp={() => setHelp(true)}
      />
      <SubjectStatus subject={server.subject} offline={server.offline} />
      <Layout
        changes={steering.interventions.length}
        chat={
          <ChatPanel
            looked={looked}
            reply={reply}
            ask={ask}
            stop={stop}
            dismiss={dismiss}
            waiting={server.waiting}
            interventions={steering.interventions}
            settings={settings}
            onSettings={setSettings}
            onWhy={why}
            onAgain={again}
            onTake={take}
            steered={(run) => <DamageMeter key={run.id} run={run.id} />}
          />
        }
        why={<WhyPane looked={looked} steering={steering} subject={server.subject} />}
        steer={
          <SteerPane
            steering={steering}
            subject={server.subject}
            onAgain={canAsk ? () => again(looked.run ?? null) : null}
          />
        }
      />
      <ConversationList open={list} current={looked.id} onOpenChange={setList} onChoose={choose} />
      <Help open={help} onOpenChange={setHelp} />
    </div>
  );
}
