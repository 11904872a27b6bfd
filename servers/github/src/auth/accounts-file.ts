import { homePath } from "@portico/auth/installed";
import type { AppSettings } from "./settings.ts";

/** Where the credential of an owner comes from. */
export type AccountSource =
  | { readonly kind: "token-file"; readonly path: string }
  | { readonly kind: "token-variable"; readonly name: string }
  | { readonly kind: "login"; readonly account: string }
  | { readonly kind: "app"; readonly app: AppSettings };

/** What is wrong in the file, and the line as it should be. */
export class AccountsError extends Error {
  readonly line: string;

  constructor(message: string, line: string) {
    super(message);
    this.name = "AccountsError";
    this.line = line;
  }
}

const OWNER = /^(?:[a-z\d](?:[a-z\d-]{0,38})|\*)$/i;
const APP_KEYS = ["app-id", "app-private-key-path", "app-installation-id"];
const KEYS = ["token-file", "token-variable", "login", ...APP_KEYS];

/**
 * Reads a file that says who acts for which owner: an object with a member for each owner, of any case, whose value has
 * one of `token-file`, `token-variable`, `login`, or `app-id` with `app-private-key-path` and perhaps
 * `app-installation-id`. The owner `*` stands for all others.
 * @throws {AccountsError} at the first thing that does not fit
 */
export function parseAccounts(json: string): ReadonlyMap<string, AccountSource> {
  const owners = new Map<string, AccountSource>();
  for (const [owner, value] of Object.entries(objectIn(json))) {
    const name = owner.toLowerCase();
    if (!OWNER.test(owner)) {
      throw new AccountsError(
        `${JSON.stringify(owner)} is no user or organization of GitHub; name one, or "*" for all others.`,
        lineOf(owner.replaceAll(/[^a-z\d-]/gi, "") || "*", { "token-file": "PATH" }),
      );
    }
    const source = sourceOf(owner, value);
    if (owners.has(name)) {
      throw new AccountsError(
        `The owner "${owner}" is there twice; keep one.`,
        lineOf(owner, value),
      );
    }
    owners.set(name, source);
  }
  return owners;
}

function objectIn(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json);
    if (isObject(value)) return value;
  } catch {
    // Its words quote the file.
  }
  const line = `{ ${lineOf("octo-org", { "token-file": "PATH" })} }`;
  throw new AccountsError(
    "The file of accounts must be one JSON object, with owners as keys.",
    line,
  );
}

function sourceOf(owner: string, value: unknown): AccountSource {
  if (!isObject(value)) {
    throw new AccountsError(
      `What stands for the owner "${owner}" must be an object that says where its token is, not the token.`,
      lineOf(owner, { "token-file": "PATH" }),
    );
  }
  const unknown = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) {
    throw new AccountsError(
      `${JSON.stringify(unknown)} of the owner "${owner}" is not known; there are ${KEYS.join(", ")}.`,
      lineOf(owner, { "token-file": "PATH" }),
    );
  }
  const given = Object.fromEntries(
    Object.entries(value).map(([key, text]) => [key, textOf(owner, key, text)]),
  );
  return chosen(owner, given);
}

function chosen(owner: string, given: Readonly<Record<string, string>>): AccountSource {
  const { "token-file": path, "token-variable": name, login: account } = given;
  const kinds = new Set(Object.keys(given).map((key) => (APP_KEYS.includes(key) ? "app" : key)));
  if (kinds.size === 1) {
    if (path !== undefined) return { kind: "token-file", path: homePath(path) };
    if (name !== undefined) return { kind: "token-variable", name };
    if (account !== undefined) return { kind: "login", account };
    return { kind: "app", app: appOf(owner, given) };
  }
  const [first = "token-file"] = Object.keys(given);
  throw new AccountsError(
    `The owner "${owner}" needs one source of tokens; there are token-file, token-variable, login and app-id.`,
    lineOf(owner, { [first]: given[first] ?? "PATH" }),
  );
}

function appOf(owner: string, given: Readonly<Record<string, string>>): AppSettings {
  const { "app-id": id, "app-private-key-path": path, "app-installation-id": installation } = given;
  const isNumber = installation === undefined || /^[1-9]\d{0,15}$/.test(installation);
  if (id !== undefined && path !== undefined && isNumber) {
    const installationId = installation === undefined ? undefined : Number(installation);
    return { id, key: { path: homePath(path) }, installationId };
  }
  throw new AccountsError(
    `The GitHub App of the owner "${owner}" needs app-id, app-private-key-path, and as app-installation-id a number or nothing.`,
    lineOf(owner, { "app-id": id ?? "ID", "app-private-key-path": path ?? "PATH" }),
  );
}

function textOf(owner: string, key: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  if (typeof value === "number" && key.startsWith("app-")) return String(value);
  throw new AccountsError(
    `"${key}" of the owner "${owner}" must be a text.`,
    lineOf(owner, { [key]: key.slice(key.lastIndexOf("-") + 1).toUpperCase() }),
  );
}

function lineOf(owner: string, value: unknown): string {
  return `${JSON.stringify(owner)}: ${JSON.stringify(value)}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
