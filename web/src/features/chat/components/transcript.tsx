import { useMemo, useState } from "react";
import type { Conversation, Run, Turn } from "@/api/types";
import { BeforeAfter } from "@/features/chat/components/before-after";
import { type Editable, EditableTurn, EditButton, OrEditor } from "@/features/chat/components/editable-turn";
import type { Chosen } from "@/features/chat/components/token-elements";
import { TokenGroup } from "@/features/chat/components/token-group";
import { PlainText, TurnFrame, TurnTokens } from "@/features/chat/components/turn-view";
import type { From } from "@/features/chat/components/use-asking";
import { type Editing, type Edits, useEditing } from "@/features/chat/components/use-editing";
import { compare, type Side } from "@/features/chat/model/comparison";
import { type Drawn, homeOf } from "@/features/chat/model/home";
import { inOrder } from "@/features/chat/model/reply";
import { hasText, type Segment, segmentsOf } from "@/features/chat/model/segments";
import { textOf, turnsBySegment } from "@/features/chat/model/turns";
import type { Place } from "@/lib/pointing";
import { formatSpan, holds, parseSpan, type Span } from "@/lib/span";
import { go, useView } from "@/lib/view-state";

interface Props {
  conversation: Conversation | undefined;
  run: Run | undefined;
  beside: Run | undefined;
  /** A question on its way that no run holds yet. */
  pending: string | null;
  markers: boolean;
  surprise: boolean;
  onWhy: (place: Place, contrast: number | null) => void;
  /** Goes on from a place in an answer; null while nothing can be asked. */
  onGoOn: ((from: From) => void) | null;
  edits: Edits;
}

/** The conversation as the run that is looked at read and wrote it; as plain turns until its tokens are here. */
export function Transcript(props: Props) {
  const { conversation, run, pending } = props;
  const editing = useEditing(props.edits);
  if (run) return <TokenTurns {...props} run={run} editing={editing} />;
  return (
    <div className="grid gap-6">
      <PlainTurns all={conversation?.turns ?? []} from={0} editing={editing} />
      <Pending text={pending} />
    </div>
  );
}

function TokenTurns(props: Props & { run: Run; editing: Editing }) {
  const { conversation, run, beside, pending, markers, surprise, onWhy, onGoOn, editing } = props;
  const view = useView();
  const [home, setHome] = useState<Place | null>(null);
  const segments = useMemo(() => segmentsOf(run.tokens), [run.tokens]);
  const besideSegments = useMemo(() => segmentsOf(beside?.tokens ?? []), [beside?.tokens]);
  const turns = conversation?.turns ?? [];
  const [before, after] = beside ? inOrder(run, beside, turns) : [];
  const comparison = useMemo(() => (before && after ? compare(before, after) : null), [before, after]);
  const answers = [run, ...(beside ? [beside] : [])];
  const answer = segments.at(-1);
  const asked = segments.filter((segment) => segment !== answer && (markers || hasText(segment)));
  const bySegment = turnsBySegment(segments, turns);
  const isEdited = (key: string | undefined): boolean => key !== undefined && editing.open?.key === key;
  const drawn: Drawn[] = [
    ...asked
      .filter((segment) => !isEdited(bySegment.get(segment.key)?.id))
      .map((segment) => ({ run: run.id, segment })),
    ...answers.flatMap((one) => {
      const said = one === run ? answer : besideSegments.at(-1);
      return said && !isEdited(one.id) ? [{ run: one.id, segment: said }] : [];
    }),
  ];
  const reply = run.tokens.slice(run.reply_from).find((token) => !token.marker);
  const wanted = [view.token, reply?.pos].map((pos) => (pos == null ? null : { run: run.id, pos }));
  const place = homeOf([home, ...wanted], drawn, markers);
  const span = parseSpan(view.span);

  const draw = (of: Run, segment: Segment | undefined, side: Side | null) =>
    segment && (
      <TurnTokens
        run={of.id}
        interventions={of.interventions}
        replyFrom={of.reply_from}
        writtenFrom={of.n_prompt}
        segment={segment}
        markers={markers}
        selected={of === run ? posIn(segment, view.token) : null}
        home={of.id === place?.run ? posIn(segment, place.pos) : null}
        span={of === run ? spanIn(segment, view.span) : null}
        side={side}
        writing={of.state === "running" && (side !== null || segment === answer)}
      />
    );
  const asTurn = (segment: Segment): Editable | null => {
    const turn = bySegment.get(segment.key);
    return turn
      ? { turn, key: turn.id, text: turn.role === "user" ? turn.content : textOf(segment), last: false, tokens: true }
      : null;
  };
  const asAnswer = (of: Run): Editable | null => {
    const turn = turns.find((one) => one.id === of.turn_id);
    return turn ? { turn, key: of.id, text: of.reply, last: turn.id === turns.at(-1)?.id, tokens: true } : null;
  };
  /** A range in the answer beside makes that the answer looked at: the address tells a range of that one only. */
  const choose = ({ run: id, span }: Chosen): void => {
    const other =
      id === run.id ? {} : { run: id, beside: run.id, token: null, contrast: null, within: null, feature: null };
    go({ ...other, span: formatSpan(span) }, "replace");
  };
  const clear = (): void => {
    if (view.span !== null) go({ span: null }, "replace");
    else go({ token: null, contrast: null, within: null, feature: null });
  };
  return (
    <TokenGroup
      shown={answers.map((one) => ({
        run: one,
        segments: one === run ? segments : besideSegments,
        beside: comparison && seenFrom(one, comparison.before, comparison.after),
      }))}
      selected={view.token === null ? null : { run: run.id, pos: view.token }}
      chosen={span && { run: run.id, span }}
      className={`grid gap-6 ${surprise ? "show-surprise" : ""}`}
      onWhy={onWhy}
      onGoOn={onGoOn}
      onHome={setHome}
      onSpan={choose}
      onClear={clear}
    >
      {asked.map((segment) => (
        <EditableTurn key={segment.key} speaker={segment.role} of={asTurn(segment)} editing={editing}>
          {draw(run, segment, null)}
        </EditableTurn>
      ))}
      {comparison ? (
        <BeforeAfter
          comparison={comparison}
          act={(side) => <EditOf answer={asAnswer(side.run)} editing={editing} />}
          tokens={(side) => (
            <OrEditor of={asAnswer(side.run)} editing={editing}>
              {draw(side.run, side.run === run ? answer : besideSegments.at(-1), side)}
            </OrEditor>
          )}
        />
      ) : (
        answer && (
          <EditableTurn speaker={answer.role} of={asAnswer(run)} editing={editing}>
            {draw(run, answer, null)}
          </EditableTurn>
        )
      )}
      <PlainTurns all={turns} from={placeAfter(turns, run.turn_id)} editing={editing} />
      <Pending text={pending} />
    </TokenGroup>
  );
}

function EditOf({ answer, editing }: { answer: Editable | null; editing: Editing }) {
  return answer && <EditButton of={answer} editing={editing} />;
}

/** Turns from one on, as plain text; a place for an answer that has none yet is left out. */
function PlainTurns({ all, from, editing }: { all: readonly Turn[]; from: number; editing: Editing }) {
  return all
    .slice(from)
    .filter((turn) => turn.role === "user" || turn.runs.length > 0)
    .map((turn) => (
      <EditableTurn
        key={turn.id}
        speaker={turn.role}
        of={{ turn, key: turn.id, text: turn.content, last: isLastAnswer(turn, all), tokens: false }}
        editing={editing}
      >
        <PlainText text={turn.content} />
      </EditableTurn>
    ));
}

function isLastAnswer(turn: Turn, all: readonly Turn[]): boolean {
  return turn.role === "assistant" && turn === all.at(-1);
}

/** Where the turns after one begin; there are none while the conversation does not know it yet. */
function placeAfter(turns: readonly Turn[], id: string): number {
  const index = turns.findIndex((turn) => turn.id === id);
  return index < 0 ? turns.length : index + 1;
}

function Pending({ text }: { text: string | null }) {
  if (text === null) return null;
  return (
    <TurnFrame speaker="user">
      <PlainText text={text} />
    </TurnFrame>
  );
}

/** Of two sides the other one, as seen from the answer: its tokens' counterparts, and what it is called. */
function seenFrom(run: Run, before: Side, after: Side) {
  return run === before.run ? { twins: before.twins, title: after.title } : { twins: after.twins, title: before.title };
}

function whole({ tokens }: Segment): Span {
  return { from: tokens[0]?.pos ?? 0, to: (tokens.at(-1)?.pos ?? -1) + 1 };
}

/** What is chosen, where the turn has it: what concerns another turn does not draw this one again. */
function posIn(segment: Segment, pos: number | null): number | null {
  return pos !== null && holds(whole(segment), pos) ? pos : null;
}

function spanIn(segment: Segment, text: string | null): string | null {
  const [span, { from, to }] = [parseSpan(text), whole(segment)];
  return span && span.from < to && span.to > from ? text : null;
}
