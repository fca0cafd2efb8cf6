import { useMemo, useState } from "react";
import type { Conversation, Run } from "@/api/types";
import { BeforeAfter } from "@/features/chat/components/before-after";
import { TokenGroup } from "@/features/chat/components/token-group";
import { PlainTurn, TurnFrame, TurnTokens } from "@/features/chat/components/turn-view";
import { hasText, segmentsOf } from "@/features/chat/model/segments";
import type { Place } from "@/lib/pointing";
import { go, useView } from "@/lib/view-state";

interface Props {
  conversation: Conversation | undefined;
  run: Run | undefined;
  beside: Run | undefined;
  /** A question on its way that no run holds yet. */
  pending: string | null;
  writing: boolean;
  markers: boolean;
  surprise: boolean;
  onWhy: (place: Place, contrast: number | null) => void;
}

/** The conversation as the run that is looked at read and wrote it; as plain turns until its tokens are here. */
export function Transcript({ conversation, run, beside, pending, writing, markers, surprise, onWhy }: Props) {
  const view = useView();
  const [home, setHome] = useState<Place | null>(null);
  const segments = useMemo(() => segmentsOf(run?.tokens ?? []), [run?.tokens]);
  const besideSegments = useMemo(() => segmentsOf(beside?.tokens ?? []), [beside?.tokens]);
  const turns = conversation?.turns ?? [];
  if (!run)
    return (
      <div className="grid gap-6">
        {turns.map(({ id, role, content }) => (
          <PlainTurn key={id} speaker={role} text={content} />
        ))}
        {pending !== null && <PlainTurn speaker="user" text={pending} />}
      </div>
    );

  const shown = [{ run: run.id, segments }, ...(beside ? [{ run: beside.id, segments: besideSegments }] : [])];
  const answer = segments.at(-1);
  const fallback = view.token ?? run.tokens.slice(run.n_prompt).find((token) => !token.marker)?.pos;
  const place = home && shown.some((one) => one.run === home.run) ? home : { run: run.id, pos: fallback ?? 0 };
  const homeIn = (id: string): number | null => (place.run === id ? place.pos : null);
  const later = turnsAfter(turns, run.turn_id);
  const common = { run, markers, selected: view.token, home: homeIn(run.id) };
  return (
    <TokenGroup
      shown={shown}
      selected={view.token === null ? null : { run: run.id, pos: view.token }}
      className={`grid gap-6 ${surprise ? "show-surprise" : ""}`}
      onWhy={onWhy}
      onHome={setHome}
      onClear={() => go({ token: null, contrast: null, feature: null })}
    >
      {segments
        .filter((segment) => segment !== answer && (markers || hasText(segment)))
        .map((segment) => (
          <TurnFrame key={segment.key} speaker={segment.role}>
            <TurnTokens {...common} segment={segment} changed={null} writing={false} />
          </TurnFrame>
        ))}
      {answer && beside ? (
        <BeforeAfter
          answers={[
            { run, segment: answer },
            { run: beside, segment: besideSegments.at(-1) },
          ]}
          homeIn={homeIn}
          selectedIn={(id) => (id === run.id ? view.token : null)}
          markers={markers}
        />
      ) : (
        answer && (
          <TurnFrame speaker={answer.role}>
            <TurnTokens {...common} segment={answer} changed={null} writing={writing} />
          </TurnFrame>
        )
      )}
      {later.map(({ id, role, content }) => (
        <PlainTurn key={id} speaker={role} text={content} />
      ))}
      {pending !== null && <PlainTurn speaker="user" text={pending} />}
    </TokenGroup>
  );
}

function turnsAfter(turns: Conversation["turns"], id: string): Conversation["turns"] {
  const index = turns.findIndex((turn) => turn.id === id);
  return index < 0 ? [] : turns.slice(index + 1);
}
