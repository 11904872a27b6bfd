import { isObject } from "../../jsonrpc/message.ts";
import { RpcError } from "../../jsonrpc/rpc-error.ts";
import type { WaitOptions } from "../../kernel/pending.ts";
import {
  checkFor,
  DiscoverResult,
  type Implementation,
  isModern,
  isRevision,
  LATEST_REVISION,
  MCP_ERROR,
  META,
  REVISIONS,
  type Revision,
} from "../../protocol/index.ts";
import type { JsonObject, JsonValue } from "../../schema/json-schema.ts";
import { describeIssues } from "../../schema/validate.ts";
import { type Introduction, InvalidResponse, type ServerFacts, type Wire } from "../client-era.ts";
import { encode } from "./client-encode.ts";

/** The server speaks revisions of its own, none of which this client does. */
export class NoCommonRevision extends Error {
  override readonly name = "NoCommonRevision";
  /** The revisions the server named. */
  readonly supported: readonly string[];

  /** @param pinned the only revision the client was allowed to speak */
  constructor(supported: readonly string[], pinned?: Revision) {
    const theirs = supported.join(", ") || "of no known revision";
    const ours = pinned === undefined ? REVISIONS.join(", ") : `only ${pinned}, as it was told`;
    super(`The server speaks MCP ${theirs}; this client speaks ${ours}.`);
    this.supported = supported;
  }
}

/** The server answers `server/discover`, and names legacy revisions only: `initialize` is what it wants. */
class LegacyOnly extends NoCommonRevision {}

/**
 * Meets a modern server by asking `server/discover`.
 * @param pinned the only revision to use; by default the newest both speak
 * @throws {NoCommonRevision} when the server is modern and shares no modern revision with this client
 */
export async function open(
  wire: Wire,
  introduction: Introduction,
  pinned: Revision | undefined,
  wait: WaitOptions,
): Promise<ServerFacts> {
  const first = pinned ?? LATEST_REVISION;
  try {
    return facts(await discover(wire, introduction, first, wait), pinned);
  } catch (error) {
    const supported = supportedBy(error);
    if (supported === undefined) throw error;
    const common = mutualRevision(error, pinned);
    if (common === undefined) throw new NoCommonRevision(supported, pinned);
    return facts(await discover(wire, introduction, common, wait), common);
  }
}

/**
 * The revision to repeat a request in after a refusal, also when it is the one that was refused: the server that
 * names it may not be the one that refused it.
 * 2026-07-28 basic/versioning: SHOULD retry with a mutual version from data.supported, or report.
 */
export function mutualRevision(error: unknown, pinned: Revision | undefined): Revision | undefined {
  return newestCommon(supportedBy(error) ?? [], pinned);
}

/** What is known of a server that was not asked: nothing but the revision to use. */
export function unasked(pinned: Revision | undefined): ServerFacts {
  return { era: "modern", revision: pinned ?? LATEST_REVISION };
}

/**
 * True for errors only a modern server gives.
 * 2026-07-28 basic/versioning: a client MUST NOT fall back to initialize on one.
 */
export function isModernError(error: unknown): boolean {
  if (error instanceof NoCommonRevision) return !(error instanceof LegacyOnly);
  if (!(error instanceof RpcError)) return false;
  const { headerMismatch, missingRequiredClientCapability, unsupportedProtocolVersion } = MCP_ERROR;
  const codes: number[] = [
    headerMismatch,
    missingRequiredClientCapability,
    unsupportedProtocolVersion,
  ];
  return codes.includes(error.code);
}

async function discover(
  wire: Wire,
  introduction: Introduction,
  revision: Revision,
  wait: WaitOptions,
): Promise<DiscoverResult> {
  const params = encode({}, { ...introduction, revision });
  const result = await wire.request("server/discover", params, wait);
  const issues = checkFor(
    DiscoverResult,
    revision,
  )({
    resultType: "complete",
    ...result,
  });
  if (issues) {
    throw new InvalidResponse(
      `The server's answer to server/discover is invalid: ${describeIssues(issues)}.`,
    );
  }
  return result as unknown as DiscoverResult;
}

function facts(result: DiscoverResult, pinned: Revision | undefined): ServerFacts {
  const { supportedVersions } = result;
  const revision = newestCommon(supportedVersions, pinned);
  if (revision === undefined) {
    const Reason = supportedVersions.some(isRevision) ? LegacyOnly : NoCommonRevision;
    throw new Reason(supportedVersions, pinned);
  }
  return {
    era: "modern",
    revision,
    info: serverInfo(result._meta),
    capabilities: result.capabilities,
    instructions: result.instructions,
  };
}

/** A server that was not asked at first tells who it is with each result, and the rest when it is asked. */
export function learn(known: ServerFacts, method: string, result: JsonObject): ServerFacts {
  if (method === "server/discover") {
    const { capabilities, instructions } = result as unknown as DiscoverResult;
    return { ...known, info: serverInfo(result._meta), capabilities, instructions };
  }
  const info = known.info === undefined ? serverInfo(result._meta) : undefined;
  return info ? { ...known, info } : known;
}

function serverInfo(meta: unknown): Implementation | undefined {
  const info = isObject(meta) ? meta[META.serverInfo] : undefined;
  const named = isObject(info) && typeof info.name === "string" && typeof info.version === "string";
  return named ? (info as unknown as Implementation) : undefined;
}

function newestCommon(
  supported: readonly string[],
  pinned: Revision | undefined,
): Revision | undefined {
  if (pinned !== undefined) return supported.includes(pinned) ? pinned : undefined;
  return supported.filter(isRevision).filter(isModern).sort().at(-1);
}

function supportedBy(error: unknown): string[] | undefined {
  if (!(error instanceof RpcError) || error.code !== MCP_ERROR.unsupportedProtocolVersion) return;
  const list: JsonValue | undefined = isObject(error.data)
    ? (error.data as JsonObject).supported
    : undefined;
  return Array.isArray(list) ? list.filter((each) => typeof each === "string") : [];
}
