import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { runServer } from "verdaccio";

/** A package registry on loopback, with a port the system chose. */
export interface Registry {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts an empty registry that keeps its packages in `dir` and has no upstream: what is not published to it
 * cannot be installed from it.
 */
export async function startRegistry(dir: string): Promise<Registry> {
  const open = { access: "$all", publish: "$all", unpublish: "$all" };
  const app: Server = await runServer({
    configPath: join(dir, "config.yaml"),
    storage: join(dir, "storage"),
    auth: { htpasswd: { file: join(dir, "htpasswd") } },
    uplinks: {},
    packages: { "**": open },
    log: { type: "stdout", level: "fatal" },
    max_body_size: "64mb",
  });
  app.listen(0, "127.0.0.1");
  await once(app, "listening");
  const { port } = app.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      app.closeAllConnections();
      app.close();
      await once(app, "close");
    },
  };
}
