/** How much of a child's standard error is remembered, in UTF-16 units. */
const KEPT = 64 * 1024;
/** How much of it an error message quotes. */
const QUOTED = 2000;

/** A server process ended without being asked to, or could not be kept alive. */
export class ServerExitError extends Error {
  override readonly name = "ServerExitError";
  /** The exit code; null when a signal ended the process. */
  readonly exitCode: number | null;
  /** The signal that ended the process, or null. */
  readonly signal: string | null;
  /** The last 64 KB the server wrote to standard error. */
  readonly stderr: string;

  constructor(exit: ProcessExit, answered: boolean, stderr: string) {
    super(describe(exit, answered, stderr));
    this.exitCode = exit.code;
    this.signal = exit.signal;
    this.stderr = stderr;
  }
}

/** How a process ended: one of the two is not null. */
export interface ProcessExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** Remembers the end of a text that comes in pieces, in bounded memory. */
export class LastWords {
  #text = "";

  add(piece: string): void {
    this.#text += piece;
    // Cut when it has doubled, so that a stream of small pieces is not copied each time.
    if (this.#text.length > 2 * KEPT) this.#text = this.#text.slice(-KEPT);
  }

  get text(): string {
    return this.#text.slice(-KEPT);
  }
}

function describe({ code, signal }: ProcessExit, answered: boolean, stderr: string): string {
  const how = signal === null ? `exited with code ${code}` : `was ended by ${signal}`;
  const when = answered ? "" : " before answering";
  const words = stderr.trim();
  if (words === "") return `The server ${how}${when} and wrote nothing to standard error.`;
  return `The server ${how}${when}; its last words: ${words.slice(-QUOTED)}`;
}
