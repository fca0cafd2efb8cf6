import type { Problem } from "@/api/types";

/** Everything that can go wrong, as what, why and what instead. `offline` where no answer came at all. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.what || problem.title || problem.detail);
    this.name = "ProblemError";
    this.problem = problem;
  }

  get offline(): boolean {
    return isOffline(this.problem);
  }
}

/** No answer came at all. */
export function isOffline({ code }: Problem): boolean {
  return code === "offline";
}

/** The server wants a token that this page does not have, as after a start with another one. */
export function isLocked({ status }: Problem): boolean {
  return status === 401;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Reads problem+json leniently: whatever is missing becomes empty, never undefined. `retryAfter` is the header. */
export function toProblem(body: unknown, status: number, retryAfter: string | null = null): Problem {
  const fields = typeof body === "object" && body !== null ? { ...body } : {};
  const get = (key: string): string => text(Reflect.get(fields, key));
  const what = get("what") || get("title") || `The server answered with status ${status}`;
  return {
    type: get("type") || "about:blank",
    title: get("title") || what,
    status,
    code: get("code") || `http_${status}`,
    detail: get("detail"),
    what,
    why: get("why") || (get("detail") === what ? "" : get("detail")),
    instead: get("instead"),
    request_id: get("request_id") || null,
    retry_after_s: seconds(Reflect.get(fields, "retry_after_s")) ?? seconds(retryAfter && Number(retryAfter)),
  };
}

/** Null where it is no number of seconds: the header may be a date. */
function seconds(value: unknown): number | null {
  return typeof value === "number" && value > 0 ? value : null;
}

/** What the page says where the request itself failed. */
export function offlineProblem(): Problem {
  return {
    type: "about:blank",
    title: "The server is out of reach",
    status: 0,
    code: "offline",
    detail: "",
    what: "The server is out of reach",
    why: "It may have been stopped, or the connection was lost",
    instead: "This page keeps trying and goes on where it was",
    request_id: null,
    retry_after_s: null,
  };
}

/** Any thrown value as a problem. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof TypeError) return offlineProblem();
  return pageProblem(messageOf(error), "", "");
}

/** A mistake of the page itself. */
export function pageProblem(what: string, why: string, instead: string): Problem {
  return { ...offlineProblem(), code: "page", title: what, what, why, instead };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
