import { type Principal, ToolError } from "@portico/core";
import type { Identity } from "./database/database.ts";

/** How callers whom somebody authenticated become users of PostgreSQL. */
export interface IdentityOptions {
  /** The claim that names the role to take; `sub` is who the caller is. */
  readonly roleClaim?: string | undefined;
  /** The setting that policies read all claims from, as JSON. */
  readonly claimsSetting?: string | undefined;
}

/**
 * Whom PostgreSQL shall take a caller for; nobody in particular when the operator asked for nothing.
 * @throws {ToolError} when the caller does not bring what the operator asked for
 */
export function identityOf(
  principal: Principal | undefined,
  { roleClaim, claimsSetting }: IdentityOptions,
): Identity | undefined {
  if (roleClaim === undefined && claimsSetting === undefined) return undefined;
  if (principal === undefined) {
    throw new ToolError("This database answers only callers who say who they are; show a token.");
  }
  const { id, scopes = [], claims = {} } = principal;
  const all = { scope: scopes.join(" "), ...claims, sub: id };
  return {
    ...(roleClaim !== undefined && { role: roleFrom(all, roleClaim) }),
    ...(claimsSetting !== undefined && { settings: { [claimsSetting]: JSON.stringify(all) } }),
  };
}

function roleFrom(claims: Readonly<Record<string, unknown>>, name: string): string {
  const role = Object.hasOwn(claims, name) ? claims[name] : undefined;
  if (typeof role === "string" && role !== "") return role;
  throw new ToolError(
    `Your token has no claim "${name}", which names your role in this database; ask for one that has.`,
  );
}
