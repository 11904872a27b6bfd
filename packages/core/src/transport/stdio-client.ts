import type { Readable } from "node:stream";
import type { MessageLimits } from "../jsonrpc/codec.ts";
import type { JsonRpcMessage } from "../jsonrpc/message.ts";
import type { Environment } from "./child-environment.ts";
import { LastWords, type ProcessExit, ServerExitError } from "./last-words.ts";
import { ProcessGroup } from "./process-group.ts";
import { type Child, describeSpawnError, spawnServer } from "./spawn-server.ts";
import { writeStderr } from "./stderr.ts";
import { streamTransport } from "./streams.ts";
import type { Receiver, Transport } from "./transport.ts";

/** How to run a server as a child process. */
export interface StdioClientOptions {
  /** The program, looked up in PATH. No shell sees it or the arguments. */
  readonly command: string;
  readonly args?: readonly string[];
  /** The child's working directory. Default: this process's. */
  readonly cwd?: string;
  /** Variables on top of the allow-list of `childEnvironment`; the rest of this environment is not passed on. */
  readonly env?: Environment;
  /** Where the server's standard error goes. Default `inherit`: to this process's. */
  readonly stderr?: "inherit" | "ignore" | ((text: string) => void);
  /** How long `close` waits, in milliseconds, after closing stdin and again after SIGTERM. Default 2000. */
  readonly graceMs?: number;
  /** Bounds on one incoming message. Default `MESSAGE_LIMITS`. */
  readonly limits?: MessageLimits;
}

/**
 * The client's end of stdio: starts a server process on `start` and talks over its standard streams.
 *
 * `close` ends it as basic/lifecycle says: close stdin, wait, SIGTERM, wait, SIGKILL; signals go to everything
 * the server started, too. The same happens when the server stops reading or closes its output, and whatever
 * outlives a crashed server is ended likewise. The reason given to `closed` is a `ServerExitError` when the
 * server went by itself with a failure or before it said anything.
 */
export function stdioClient(options: StdioClientOptions): Transport {
  return new StdioClient(options);
}

/** Groups to end when this process exits without having closed its connections. */
const living = new Set<ProcessGroup>();

class StdioClient implements Transport {
  readonly #options: StdioClientOptions;
  readonly #lastWords = new LastWords();
  #child: Child | undefined;
  #group: ProcessGroup | undefined;
  #stream: Transport | undefined;
  #receiver: Receiver | undefined;
  #spawnError: Error | undefined;
  #exit: ProcessExit | undefined;
  #answered = false;
  #closing = false;
  #ended: Promise<void> | undefined;

  constructor(options: StdioClientOptions) {
    this.#options = options;
  }

  start(receiver: Receiver): void {
    this.#receiver = receiver;
    try {
      this.#child = spawnServer(this.#options);
    } catch (error) {
      this.#spawnError = describeSpawnError(error as NodeJS.ErrnoException, this.#options);
      process.nextTick(() => this.#report());
      return;
    }
    this.#watch(this.#child);
    this.#stream = streamTransport({
      input: this.#child.stdout,
      output: this.#child.stdin,
      halfOpen: true,
      ...(this.#options.limits && { limits: this.#options.limits }),
      release: () => this.#end(),
    });
    this.#stream.start({
      message: (value) => {
        this.#answered = true;
        receiver.message(value);
      },
      damaged: (error) => receiver.damaged(error),
      closed: () => void this.#end(),
    });
  }

  send(message: JsonRpcMessage | readonly JsonRpcMessage[]): void {
    this.#stream?.send(message);
  }

  drained(): Promise<void> {
    return this.#stream?.drained() ?? Promise.resolve();
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#stream?.close();
    this.#report();
  }

  #watch(child: Child): void {
    this.#group = new ProcessGroup(child);
    keepAccount(this.#group);
    child.once("error", (error) => {
      this.#spawnError = describeSpawnError(error, this.#options);
    });
    child.once("exit", (code, signal) => {
      this.#exit = { code, signal };
      void this.#end();
    });
    child.stdin.once("error", () => void this.#end());
    const { stderr = "inherit" } = this.#options;
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (text: string) => {
      this.#lastWords.add(text);
      if (stderr === "inherit") writeStderr(text);
      else if (stderr !== "ignore") stderr(text);
    });
  }

  /** Ends the process, whatever state it is in, reads what it still said, and reports. */
  #end(): Promise<void> {
    this.#ended ??= this.#endOnce(this.#child!, this.#group!);
    return this.#ended;
  }

  async #endOnce(child: Child, group: ProcessGroup): Promise<void> {
    const { graceMs = 2000 } = this.#options;
    child.stdin.end();
    // Nobody may be listening any more, but a server that cannot write cannot finish either.
    child.stdout.resume();
    // What a crashed server left behind has nothing to wait for: its stdin is not the one just closed.
    if (!(await group.gone(this.#exit === undefined ? graceMs : 0))) {
      group.signal("SIGTERM");
      if (!(await group.gone(graceMs))) {
        group.signal("SIGKILL");
        await group.gone(graceMs);
      }
    }
    living.delete(group);
    await Promise.all([drain(child.stdout, graceMs), drain(child.stderr, graceMs)]);
    this.#report();
  }

  #report(): void {
    const receiver = this.#receiver;
    this.#receiver = undefined;
    receiver?.closed(this.#closing ? undefined : this.#reason());
  }

  #reason(): Error | undefined {
    if (this.#spawnError !== undefined) return this.#spawnError;
    const exit = this.#exit ?? { code: null, signal: "an unknown cause" };
    if (exit.code === 0 && this.#answered) return undefined;
    return new ServerExitError(exit, this.#answered, this.#lastWords.text);
  }
}

function keepAccount(group: ProcessGroup): void {
  if (!watchingExit)
    process.once("exit", () => living.forEach((one) => void one.signal("SIGTERM")));
  watchingExit = true;
  living.add(group);
}

let watchingExit = false;

/** Resolves when `stream` has ended; whoever still holds the other end after `ms` milliseconds is cut off. */
function drain(stream: Readable, ms: number): Promise<void> {
  if (stream.closed) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => stream.destroy(), ms);
    stream.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
