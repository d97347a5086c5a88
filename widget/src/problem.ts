/** What can go wrong between the widget and the bot. */

/**
 * - code: of the server (its `error`), or "offline", "network", "timeout".
 * - message: words of the server, "" when there are none.
 * - retryAfter: seconds after which a retry makes sense, 0 for at once.
 * - retry: whether a retry may help.
 */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly retryAfter: number;
  readonly retry: boolean;
}

const LASTING = new Set(["bad_request", "origin", "too_large"]);
/** A request that did not succeed. */
export class ChatError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message || problem.code);
    this.name = "ChatError";
    this.problem = problem;
  }
}

/** Returns a problem of a code, with what is usual for it. */
export function problemOf(code: string, more: Partial<Problem> = {}): Problem {
  return { code, message: "", retryAfter: 0, retry: !LASTING.has(code), ...more };
}

/** Returns the problem behind whatever was thrown. */
export function problemIn(thrown: unknown): Problem {
  if (thrown instanceof ChatError) return thrown.problem;
  return problemOf(navigator.onLine ? "network" : "offline");
}
