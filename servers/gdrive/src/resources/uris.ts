const SCHEME = /^gdrive:\/\/([^/?#]*)\/([\w-]{1,200})$/;

/** A file a URI stands for. */
export interface Target {
  /** Whose; the default account when absent. */
  readonly account?: string;
  readonly id: string;
}

/** The file of `gdrive:///<id>`, or with an account's name as host; undefined for other URIs. */
export function targetOf(uri: string): Target | undefined {
  const [, host, id] = SCHEME.exec(uri) ?? [];
  if (host === undefined || id === undefined) return undefined;
  if (host === "") return { id };
  try {
    return { account: decodeURIComponent(host), id };
  } catch {
    return undefined;
  }
}

/** The URI of a file. */
export function uriOf({ account = "", id }: Target): string {
  return `gdrive://${encodeURIComponent(account)}/${id}`;
}
