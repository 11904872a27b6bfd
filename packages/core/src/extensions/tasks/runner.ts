import { answersFromJson, answersToJson, withResponses } from "../../kernel/answers.ts";
import type { Call } from "../../kernel/call.ts";
import type { Outcome } from "../../kernel/outcome.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import type { ExtensionHost } from "../../server/extension.ts";
import type { Runtime } from "../../server/feature.ts";
import { asCall } from "./call.ts";
import { after, lost, refusedArguments } from "./outcome.ts";
import { expiryOf, isOver, looksLike, type TaskRecord } from "./record.ts";
import type { TaskStore } from "./store.ts";
import { Wakes } from "./wakes.ts";

/** How long, in milliseconds, a process promises to be there with each renewal. */
const HOLD_MS = 30_000;
const RENEW_MS = HOLD_MS / 3;

/** Makes the next record of one, or nothing where it stays as it is. */
type Change = (record: TaskRecord) => TaskRecord | undefined;

/**
 * Runs the tasks of one definition in this process, and keeps where they are in a store. A task that waits for
 * input holds nothing here: whichever process gets the last answer enters its handler again.
 */
export class TaskRunner {
  readonly #host: ExtensionHost;
  readonly #store: TaskStore;
  readonly #pollMs: number;
  readonly #now: () => number;
  readonly #wakes = new Wakes();
  readonly #running = new Map<string, AbortController>();
  #closed = false;

  constructor(host: ExtensionHost, store: TaskStore, pollMs: number, now: () => number) {
    this.#host = host;
    this.#store = store;
    this.#pollMs = pollMs;
    this.#now = now;
  }

  /** Stores a new task, and begins it once the caller has been told. */
  async begin(record: TaskRecord, runtime: Runtime): Promise<TaskRecord> {
    const held = { ...record, heldUntil: this.#now() + HOLD_MS };
    await this.#store.create(held);
    this.#start(held, runtime);
    return held;
  }

  /** The task, unless there is none or its time is over. One whose process is gone has failed. */
  async get(id: string): Promise<TaskRecord | undefined> {
    const record = await this.#store.get(id);
    return record && this.#isLost(record) ? this.#change(id, (one) => this.#lost(one)) : record;
  }

  /** Takes answers to what the task asks; others are ignored. With the last one the task goes on. */
  async answer(id: string, responses: JsonObject, runtime: Runtime): Promise<void> {
    let goesOn: TaskRecord | undefined;
    const changed = await this.#change(id, (record) => {
      goesOn = undefined;
      const given = record.questions.filter(([key]) => Object.hasOwn(responses, key));
      if (isOver(record) || given.length === 0) return undefined;
      const next = this.#answered(
        record,
        given.map(([key]) => [key, responses[key] as JsonObject]),
      );
      if (next.questions.length === 0) goesOn = next;
      return next;
    });
    if (goesOn && changed) this.#start(changed, runtime);
  }

  /** Ends the task as cancelled, if it is not over yet, and stops its handler where it runs. */
  async cancel(id: string): Promise<TaskRecord | undefined> {
    const record = await this.#change(id, (one) =>
      isOver(one)
        ? undefined
        : { ...one, status: "cancelled", statusMessage: "Cancelled on request.", questions: [] },
    );
    if (record?.status === "cancelled") this.#stop(id, new Error("The task was cancelled."));
    return record;
  }

  /**
   * The task once its owner would see something new; nothing when it is gone.
   * @throws the signal's reason when that aborts first
   */
  async changed(seen: TaskRecord, signal: AbortSignal): Promise<TaskRecord | undefined> {
    const { id } = seen;
    for (;;) {
      const woken = this.#wakes.next(id, this.#pollMs, signal);
      const record = await this.get(id);
      if (record === undefined || !looksLike(record, seen)) {
        woken.cancel();
        return record;
      }
      await woken.promise;
      signal.throwIfAborted();
    }
  }

  /** Stops every handler; what was running has failed. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    const running = [...this.#running.keys()];
    await Promise.all(
      running.map((id) => this.#change(id, (one) => (isOver(one) ? undefined : lost(one)))),
    );
    for (const id of running) this.#stop(id, new Error("The server is closing."));
  }

  #answered(record: TaskRecord, responses: [string, JsonObject][]): TaskRecord {
    const keys = new Set(responses.map(([key]) => key));
    const questions = record.questions.filter(([key]) => !keys.has(key));
    const answers = answersToJson(withResponses(answersFromJson(record.answers), responses));
    const goesOn = questions.length === 0;
    return {
      ...record,
      answers,
      questions,
      ...(goesOn && { status: "working", heldUntil: this.#now() + HOLD_MS }),
    };
  }

  #start(record: TaskRecord, runtime: Runtime): void {
    const control = new AbortController();
    this.#running.set(record.id, control);
    // A turn later, so that a handler that keeps the thread does not keep back the answer that there is a task.
    setTimeout(() => {
      this.#run(record, control, runtime).catch((error) => runtime.report(error));
    }, 0);
  }

  async #run(record: TaskRecord, control: AbortController, runtime: Runtime): Promise<void> {
    const { id } = record;
    const renewing = setInterval(() => void this.#renew(id, runtime), RENEW_MS);
    (renewing as { unref?: () => void }).unref?.();
    try {
      const call = asCall(record, control.signal, (message) => this.#say(id, message, runtime));
      const outcome = await this.#outcome(call, runtime);
      await this.#change(id, (one) => (isOver(one) ? undefined : after(one, outcome)));
    } finally {
      clearInterval(renewing);
      if (this.#running.get(id) === control) this.#running.delete(id);
    }
  }

  #outcome(call: Call, runtime: Runtime): Promise<Outcome> {
    const { signal } = call;
    const run = runtime.observed(async (one) => {
      signal.throwIfAborted();
      const outcome = await this.#host.answer(one, runtime).catch(refusedArguments);
      // What comes of a task that was over meanwhile goes to nobody.
      signal.throwIfAborted();
      return outcome;
    });
    return run(call);
  }

  /** Says that this process is still there, and hears whether the task is still wanted. */
  async #renew(id: string, runtime: Runtime): Promise<void> {
    try {
      const record = await this.#store.get(id);
      if (record === undefined || isOver(record)) {
        return this.#stop(id, new Error("The task was cancelled, or its time is over."));
      }
      if (!this.#store.shared) return;
      const heldUntil = this.#now() + HOLD_MS;
      await this.#change(id, (one) => (isOver(one) ? undefined : { ...one, heldUntil }), "quietly");
    } catch (error) {
      runtime.report(error);
    }
  }

  #say(id: string, statusMessage: string, runtime: Runtime): void {
    this.#change(id, (one) =>
      one.status === "working" ? { ...one, statusMessage } : undefined,
    ).catch(runtime.report);
  }

  #stop(id: string, reason: Error): void {
    this.#running.get(id)?.abort(reason);
  }

  #isLost(record: TaskRecord): boolean {
    if (record.status !== "working" || this.#running.has(record.id)) return false;
    return !this.#closed && (record.heldUntil ?? 0) <= this.#now();
  }

  #lost(record: TaskRecord): TaskRecord | undefined {
    return this.#isLost(record) ? lost(record) : undefined;
  }

  /** Changes a record whoever else does at the same time; the newest one comes back, changed or not. */
  async #change(id: string, change: Change, how?: "quietly"): Promise<TaskRecord | undefined> {
    for (;;) {
      const record = await this.#store.get(id);
      if (record === undefined || expiryOf(record) <= this.#now()) return undefined;
      const next = change(record);
      if (next === undefined) return record;
      const updatedAt = how ? record.updatedAt : this.#now();
      const changed = { ...next, updatedAt, version: record.version + 1 };
      if (!(await this.#store.replace(changed))) continue;
      if (!how) this.#wakes.wake(id);
      return changed;
    }
  }
}
