/** A half-open range of positions: from `from` to before `to`. Written `3:9`, as the place of a change is. */
export interface Span {
  from: number;
  to: number;
}

const PATTERN = /^(\d{1,9}):(\d{1,9})$/;

/** Strict, as the server is: null for anything that is no range, an empty one too. */
export function parseSpan(text: string | null): Span | null {
  const [, from, to] = PATTERN.exec(text ?? "") ?? [];
  const span = { from: Number(from), to: Number(to) };
  return span.from < span.to ? span : null;
}

export function formatSpan({ from, to }: Span): string {
  return `${from}:${to}`;
}

export function holds({ from, to }: Span, pos: number): boolean {
  return pos >= from && pos < to;
}

/** The smallest range that both lie in. */
export function around(a: Span, b: Span): Span {
  return { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) };
}
