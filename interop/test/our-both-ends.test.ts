import { REVISIONS } from "@portico/core";
import { describe } from "vitest";
import type { Candidate } from "./peers/peer.ts";
import { meetPortico } from "./peers/portico.ts";
import { testEverything } from "./suites/everything.ts";
import { testFilesystem } from "./suites/filesystem.ts";

const candidates = REVISIONS.map(
  (revision): Candidate => ({
    revision,
    meet: (args, host) => meetPortico(revision, args, host),
    missingResource: revision >= "2026-07-28" ? -32602 : -32002,
    visitsByItself: true,
  }),
);

describe.each(candidates)("our own client on $revision", (candidate) => {
  describe("with a server that has every feature", () => testEverything(candidate));
  describe("with the filesystem server", () => testFilesystem(candidate));
});
