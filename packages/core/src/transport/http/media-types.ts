/** What a client can read. */
export interface Accepted {
  readonly json: boolean;
  readonly events: boolean;
}

const BOTH: Accepted = { json: true, events: true };
/** What every conforming client sends; worth no parsing. */
const USUAL: ReadonlySet<string> = new Set([
  "application/json, text/event-stream",
  "text/event-stream, application/json",
  "application/json,text/event-stream",
  "*/*",
]);

/** Reads an Accept header; a client that sends none takes anything (RFC 9110 section 12.5.1). */
export function accepted(header: string | undefined): Accepted {
  if (header === undefined || USUAL.has(header)) return BOTH;
  const ranges = header.toLowerCase().split(",").filter(isWanted).map(essenceOf);
  const any = ranges.includes("*/*");
  return {
    json: any || ranges.includes("application/json") || ranges.includes("application/*"),
    events: any || ranges.includes("text/event-stream") || ranges.includes("text/*"),
  };
}

/** True for JSON, whatever parameters the header adds. */
export function isJson(contentType: string | undefined): boolean {
  if (contentType === "application/json") return true;
  return contentType !== undefined && essenceOf(contentType.toLowerCase()) === "application/json";
}

function essenceOf(range: string): string {
  return (range.split(";", 1)[0] ?? "").trim();
}

/** RFC 9110 section 12.4.2: a weight of 0 means "not acceptable". */
function isWanted(range: string): boolean {
  return !/;\s*q=0(?:\.0*)?\s*(?:;|$)/.test(range);
}
