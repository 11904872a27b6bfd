import { afterAll, beforeAll, expect, test } from "vitest";
import type { Candidate, Peer } from "../peers/peer.ts";
import { textOf } from "./content.ts";
import { EVERYTHING } from "./everything.ts";

/** What a client must do over HTTP when the connection of a call is closed before its answer. */
export function testResumption({ revision, meet }: Candidate): void {
  let peer: Peer;
  beforeAll(async () => {
    peer = await meet([EVERYTHING]);
  });
  afterAll(() => peer.close());

  test(`the answer arrives${revision === "2025-11-25" ? " once it came back" : ""}`, async () => {
    const reports: number[] = [];
    const onProgress = ({ progress }: { progress: number }) => void reports.push(progress);
    expect(textOf(await peer.callTool("leave", {}, { onProgress }))).toBe("you are back");
    expect(reports[0]).toBe(1);
  });
}
