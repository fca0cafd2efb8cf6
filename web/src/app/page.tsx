import { useEffect, useState } from "react";
import { Header } from "@/app/header";
import { Help } from "@/app/help";
import { Layout } from "@/app/layout";
import { SteerPane, WhyPane } from "@/app/panes";
import { useConversing } from "@/app/use-conversing";
import { useServer } from "@/app/use-server";
import { ChatPanel } from "@/features/chat/components/chat-panel";
import { ConversationList } from "@/features/chat/components/conversation-list";
import { SubjectStatus } from "@/features/subject/components/subject-status";
import { go } from "@/lib/view-state";

const FRESH = {
  run: null,
  beside: null,
  token: null,
  contrast: null,
  feature: null,
  card: null,
  steer: "",
  pane: "chat",
} as const;

/** The whole page: what each column is given, and nothing about how it looks. */
export function Page() {
  const server = useServer();
  const conversing = useConversing();
  const [list, setList] = useState(false);
  const [help, setHelp] = useState(false);
  useHelpKey(() => setHelp(true));
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
          />
        }
        why={<WhyPane looked={looked} steering={steering} />}
        steer={<SteerPane steering={steering} onAgain={canAsk ? () => again(looked.run ?? null) : null} />}
      />
      <ConversationList open={list} current={looked.id} onOpenChange={setList} onChoose={choose} />
      <Help open={help} onOpenChange={setHelp} />
    </div>
  );
}

function useHelpKey(open: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const typing = event.target instanceof Element && event.target.matches("input, textarea, select");
      if (event.key === "?" && !typing) open();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [open]);
}
