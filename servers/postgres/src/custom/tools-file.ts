import { type FSWatcher, watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { checkTools, type ToolsPolicy } from "./check-tools.ts";
import { ToolsFileError } from "./error.ts";
import { parseTools } from "./parse-tools.ts";
import type { CustomTool } from "./types.ts";

/** Editors write a file in several steps; so many milliseconds after the first it is read. */
const DEBOUNCE_MS = 100;

/** The tools of a file, which follow it as it changes. */
export class ToolsFile {
  readonly #path: string;
  readonly #policy: ToolsPolicy;
  readonly #refused: (sentence: string) => void;
  readonly #listeners = new Set<() => void>();
  #text = "";
  #tools: readonly CustomTool[] = [];
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> = Promise.resolve();

  private constructor(path: string, policy: ToolsPolicy, refused: (sentence: string) => void) {
    this.#path = path;
    this.#policy = policy;
    this.#refused = refused;
  }

  /**
   * Reads a file and goes on watching it.
   * @param refused hears why a later version cannot be used; the tools stay as they were
   * @throws {ToolsFileError} when it cannot be used
   */
  static async open(
    path: string,
    policy: ToolsPolicy,
    refused: (sentence: string) => void,
  ): Promise<ToolsFile> {
    const file = new ToolsFile(path, policy, refused);
    file.#watch();
    try {
      file.#text = await readText(path);
      file.#tools = await readTools(path, file.#text, policy);
      return file;
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** The tools as the last good version of the file has them. */
  get tools(): readonly CustomTool[] {
    return this.#tools;
  }

  /** Calls `changed` whenever the tools are others. */
  listen(changed: () => void): void {
    this.#listeners.add(changed);
  }

  /** Follows the file no more. */
  close(): void {
    clearTimeout(this.#timer);
    this.#watcher?.close();
  }

  // The folder, because editors replace the file by another one, and others what it links to.
  #watch(): void {
    let watcher: FSWatcher;
    try {
      watcher = watch(dirname(this.#path), { persistent: false });
    } catch {
      // No such folder: reading the file says so.
      return;
    }
    watcher.on("change", () => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#reading = this.#reading.then(() => this.#readAgain());
      }, DEBOUNCE_MS).unref();
    });
    watcher.on("error", () => this.#refused(`${this.#path} is not watched any more.`));
    this.#watcher = watcher;
  }

  async #readAgain(): Promise<void> {
    try {
      const text = await readText(this.#path);
      if (text === this.#text) return;
      this.#text = text;
      this.#tools = await readTools(this.#path, text, this.#policy);
      for (const changed of this.#listeners) changed();
    } catch (error) {
      this.#refused(`${(error as Error).message} The tools stay as they were.`);
    }
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ToolsFileError(
      `${path} cannot be read (${code}); name a JSON file with a list of tools.`,
    );
  }
}

function readTools(path: string, text: string, policy: ToolsPolicy): Promise<CustomTool[]> {
  return checkTools(parseTools(basename(path), text), policy);
}
