import { offlineProblem, ProblemError, toProblem } from "@/lib/problem";

type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Who asks: every tab takes its own turns in the server's line. */
const CLIENT = Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("");

/**
 * One request; a refusal or a lost connection is thrown as a `ProblemError`, an abort as it is. A body that is a text
 * is JSON already, such as a file, and sent as it is.
 */
export async function send(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const init: RequestInit = { method, headers: { accept: "application/json", "x-pellucid-client": CLIENT } };
  if (signal) init.signal = signal;
  if (body !== undefined) {
    init.headers = { ...init.headers, "content-type": "application/json" };
    init.body = typeof body === "string" ? body : JSON.stringify(body);
  }
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ProblemError(offlineProblem());
  }
  if (!response.ok) {
    const retryAfter = response.headers.get("retry-after");
    throw new ProblemError(toProblem(await jsonOrNull(response), response.status, retryAfter));
  }
  return response;
}

/** The parser of JSON bodies: the schema is generated from the server's own, so its word is taken for the shape. */
export async function json<T>(response: Promise<Response>): Promise<T> {
  return (await (await response).json()) as T;
}

async function jsonOrNull(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}
