import type { AllowedFunctions } from "../functions/allowed.ts";
import { isSafe } from "../functions/rules.ts";
import { Refused } from "../refused.ts";
import { isKnownExtension, isSafeOfExtension } from "./extensions.ts";

/** Something the catalogue holds under a name that was asked for. */
export interface Found {
  readonly kind:
    | "function"
    | "field"
    | "operator"
    | "cast"
    | "view"
    | "domain"
    | "type"
    | "written";
  readonly schema: string;
  /** Of the function, also where it is reached by an operator or a cast. */
  readonly name: string;
  readonly builtIn: boolean;
  readonly extension: string | undefined;
  /** Whether a superuser owns it. */
  readonly trusted: boolean;
  readonly volatility: string;
  /** A view's query or a domain's check; of a function, the name it was found by. */
  readonly text: string;
  /** The function of PostgreSQL's own code behind it. Only a superuser can make such a thing, and PostgreSQL itself. */
  readonly code: string | undefined;
}

/** A row of the answer. */
export function found(row: readonly (string | null)[]): Found {
  const [kind, schema, name, builtIn, extension, trusted, volatility, text, code] = row;
  return {
    kind: kind as Found["kind"],
    schema: schema ?? "",
    name: name ?? "",
    builtIn: builtIn === "true",
    extension: extension ?? undefined,
    trusted: trusted === "true",
    volatility: volatility ?? "v",
    text: text ?? "",
    code: code ?? undefined,
  };
}

/** What may be called. */
export interface Callable {
  readonly writing: boolean;
  readonly allowed: AllowedFunctions;
}

/**
 * Refuses a function that is neither PostgreSQL's own and known to be safe, nor of an extension that is, nor allowed.
 * @param through the views and domains that led to it
 * @throws {Refused} with how the statement came to it
 */
export function checkCallable(
  function_: Found,
  { writing, allowed }: Callable,
  through: readonly Found[],
): void {
  const { kind, schema, name, builtIn, code } = function_;
  if (builtIn && (schema === "information_schema" || isSafe(name, writing))) return;
  if (code !== undefined && CONSTRUCTOR.test(code)) return;
  if (isSafeExtension(function_) || allowed(schema, name)) return;
  if (kind === "function" && !builtIn && isSafe(name, writing) && schema !== "pg_catalog") {
    throw new Refused(
      `${name}() may mean ${schema}.${name}(), which is not known to be safe; write pg_catalog.${name}().`,
    );
  }
  const remedy = builtIn
    ? "leave it out"
    : `have the operator add --allow-function ${schema}.${name}`;
  throw new Refused(
    `${reached(function_, through)}${schema}.${name}() is not known to be safe; ${remedy}.`,
  );
}

/** Every type of ranges comes with functions that make its values. */
const CONSTRUCTOR = /^(multi)?range_constructor\d$/;

function reached({ kind, text }: Found, through: readonly Found[]): string {
  const way = through.map(({ kind, schema, name }) => `the ${kind} ${schema}.${name}`).join(", ");
  if (way !== "") return `What ${way} calls is refused: `;
  if (kind === "field") return `.${text} may be a call: `;
  if (kind === "operator") return `The operator ${text} is a call: `;
  return kind === "cast" ? `A cast to ${text} is a call: ` : "";
}

/** An extension's members are whatever its owner says, but only a superuser's are as they were delivered. */
function isSafeExtension({ extension, trusted, name, volatility }: Found): boolean {
  return extension !== undefined && trusted && isSafeOfExtension(extension, name, volatility);
}

/** Whether a view was delivered with an extension that is known. */
export function isDelivered({ extension, trusted }: Found): boolean {
  return extension !== undefined && trusted && isKnownExtension(extension);
}
