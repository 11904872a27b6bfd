import type { Context } from "@portico/core";
import type { Owner } from "./transactions/leases.ts";

/** Whom what is kept between calls belongs to: who the caller is, or else the connection it came by. */
export function ownerOf({
  principal,
  connection,
}: Pick<Context, "principal" | "connection">): Owner {
  return principal?.id ?? connection;
}
