import type { Brave } from "./brave/client.ts";

/** Brave's API, whose client is loaded when it is first asked. */
export function lazyBrave(keys: readonly string[], base: URL): Brave {
  let opened: Promise<Brave> | undefined;
  return {
    async get(endpoint, ask) {
      opened ??= import("./brave/client.ts").then(({ createBrave }) => createBrave(keys, base));
      return (await opened).get(endpoint, ask);
    },
  };
}
