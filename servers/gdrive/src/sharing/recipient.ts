import { GoogleError } from "../google/error.ts";

/** Kinds of those a file can be shared with. */
export const RECIPIENTS = ["user", "group", "domain", "anyone"] as const;

/** Who is to see a file. */
export type Recipient =
  | { readonly type: "user" | "group"; readonly emailAddress: string; readonly domain: string }
  | { readonly type: "domain"; readonly domain: string }
  | { readonly type: "anyone" };

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const DOMAIN = new RegExp(`^(?:${LABEL}\\.)+${LABEL}$`);
const LOCAL = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}$/;

/**
 * Reads whom a caller names.
 * @throws {GoogleError} when that is nobody of this kind
 */
export function recipientOf(type: (typeof RECIPIENTS)[number], name = ""): Recipient {
  if (type === "anyone") return { type };
  const [, local = "", host = ""] = /^(?:([^@]*)@)?([^@]*)$/.exec(name) ?? [];
  const domain = host.toLowerCase();
  if (domain.length > 253 || !DOMAIN.test(domain)) throw unreadable(type);
  if (type === "domain") {
    if (name.includes("@")) throw unreadable(type);
    return { type, domain };
  }
  if (!LOCAL.test(local)) throw unreadable(type);
  return { type, emailAddress: `${local}@${domain}`, domain };
}

function unreadable(type: "user" | "group" | "domain"): GoogleError {
  const wanted =
    type === "domain" ? "a domain such as example.com" : "an address such as ann@example.com";
  return new GoogleError(
    `To share with a ${type}, name ${wanted}, in plain letters; xn-- for others.`,
  );
}

/** Whether the operator lets files be shared with this one unasked: of one of these very domains. */
export function isInside(recipient: Recipient, domains: readonly string[]): boolean {
  return recipient.type !== "anyone" && domains.includes(recipient.domain);
}

/** Whether this is an address of one of these very domains, or one of them itself. */
export function isWithin(name: string, domains: readonly string[]): boolean {
  return domains.includes(name.slice(name.lastIndexOf("@") + 1).toLowerCase());
}

/** Who that is, for a sentence. */
export function described(recipient: Recipient): string {
  if (recipient.type === "anyone") return "anyone who has the link";
  if (recipient.type === "domain") return `everybody at ${recipient.domain}`;
  return recipient.type === "group"
    ? `the group ${recipient.emailAddress}`
    : recipient.emailAddress;
}
