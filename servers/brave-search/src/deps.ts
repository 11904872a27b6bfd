import type { Brave } from "./brave/client.ts";

/** What the tools of this server work with. */
export interface Deps {
  readonly brave: Brave;
}
