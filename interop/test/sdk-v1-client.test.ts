import { isModern, REVISIONS } from "@portico/core";
import { describe } from "vitest";
import type { Candidate } from "./peers/peer.ts";
import { meetV1 } from "./peers/sdk-v1.ts";
import { testEverything } from "./suites/everything.ts";
import { testFilesystem } from "./suites/filesystem.ts";

const candidates = REVISIONS.filter((revision) => !isModern(revision)).map(
  (revision): Candidate => ({
    revision,
    meet: (args, host) => meetV1(revision, args, host),
    missingResource: -32002,
  }),
);

describe.each(candidates)("the official SDK v1 client on $revision", (candidate) => {
  describe("with a server that has every feature", () => testEverything(candidate));
  describe("with the filesystem server", () => testFilesystem(candidate));
});
