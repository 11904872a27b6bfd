import type { JsonObject } from "@portico/core";
import type { GitHub, Repository } from "../../api/github.ts";
import { type ArchivedFile, readArchive } from "../../logs/archive.ts";
import { bytesOfDownload, downloaded } from "../../logs/downloaded.ts";
import { LogError } from "../../logs/error.ts";
import { maskSecrets } from "../../logs/mask.ts";
import { textOfBytes } from "../../repos/file-bytes.ts";
import type { Answer, ToolCall } from "../shared/github-tool.ts";
import { requireRun } from "./lockdown.ts";
import { shownArtifact } from "./shapes.ts";

/** Bytes of text shown of all files together. */
const TEXT_BYTES = 32_000;

/** What an artifact holds: its files by name and size, and the text of those that are text while there is room. */
export async function readArtifact(
  id: number,
  place: Repository,
  github: GitHub,
  call: ToolCall,
): Promise<Answer> {
  const { actions } = github.rest;
  const { data: artifact } = await actions.getArtifact({ ...place, artifact_id: id });
  await requireRun(artifact.workflow_run?.id ?? 0, place, github, call);
  const shown = shownArtifact(artifact);
  if (artifact.expired) return { data: shown, note: "The artifact has expired and is gone." };
  try {
    const ask = { ...place, artifact_id: id, archive_format: "zip" };
    const { data } = await actions.downloadArtifact(ask);
    const files = await readArchive(bytesOfDownload(downloaded(data)), () => true);
    return { data: { ...shown, files: shownFiles(files) } };
  } catch (error) {
    if (error instanceof LogError) return { data: shown, note: error.message };
    throw error;
  }
}

function shownFiles(files: readonly ArchivedFile[]): JsonObject[] {
  let room = TEXT_BYTES;
  return files.map(({ name, bytes }) => {
    const found = { name, size: bytes.byteLength };
    const text = bytes.byteLength > room ? undefined : textOfBytes(bytes);
    if (text === undefined) return found;
    room -= bytes.byteLength;
    return { ...found, text: maskSecrets(text) };
  });
}
