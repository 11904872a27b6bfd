import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** What the official server has of a file. */
export interface OfficialGraph {
  readonly entities: readonly { name: unknown; entityType: unknown; observations: unknown }[];
  readonly relations: readonly { from: unknown; to: unknown; relationType: unknown }[];
}

/** The official server's own reader of files, in a process of its own. Close it. */
export interface OfficialReader {
  read(file: string): Promise<OfficialGraph>;
  close(): void;
}

/** Starts the reader of the published official server, as a program in `dir`. */
export function openOfficialReader(dir: string): OfficialReader {
  const manifest = createRequire(import.meta.url).resolve(
    "@modelcontextprotocol/server-memory/package.json",
  );
  const module = pathToFileURL(join(dirname(manifest), "dist/index.js")).href;
  const program = join(dir, "reader.mjs");
  writeFileSync(
    program,
    `import { KnowledgeGraphManager } from ${JSON.stringify(module)};
    process.on("message", async (file) => {
      process.send(await new KnowledgeGraphManager(file).readGraph().catch(String));
    });
    process.send("ready");`,
  );
  // The module starts a server, too, which is not to be heard.
  const child = fork(program, { stdio: ["pipe", "ignore", "ignore", "ipc"] });
  const ready = once(child, "message");
  return {
    async read(file) {
      await ready;
      const answer = once(child, "message");
      child.send(file);
      const [graph] = await answer;
      if (typeof graph === "string") throw new Error(graph);
      return graph;
    },
    close: () => void child.kill(),
  };
}
