import { placeOf } from "./connect-failure.ts";
import type { DatabaseSettings } from "./settings.ts";

/** Where a database is, without who connects: `postgres://host:port/database`. */
export function publicUrlOf({ connection }: DatabaseSettings): string {
  const places = connection.hosts.map((host) =>
    host.host.startsWith("/") ? encodeURIComponent(host.host) : placeOf(host),
  );
  return `postgres://${places.join(",")}/${encodeURIComponent(connection.database)}`;
}
