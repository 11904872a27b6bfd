import { httpClient, isModern, REVISIONS } from "@portico/core";
import { describe } from "vitest";
import { overHttp } from "./peers/listening.ts";
import type { Candidate } from "./peers/peer.ts";
import { meetPortico, meetPorticoAt } from "./peers/portico.ts";
import { testEverything } from "./suites/everything.ts";
import { testFilesystem } from "./suites/filesystem.ts";
import { testResumption } from "./suites/resumption.ts";

const overStdio = REVISIONS.map(
  (revision): Candidate => ({
    revision,
    meet: (args, host) => meetPortico(revision, args, host),
    missingResource: isModern(revision) ? -32602 : -32002,
    visitsByItself: true,
  }),
);

describe.each(overStdio)("our own client on $revision", (candidate) => {
  describe("with a server that has every feature", () => testEverything(candidate));
  describe("with the filesystem server", () => testFilesystem(candidate));
});

const acrossHttp = overStdio.map(
  (candidate): Candidate => ({
    ...candidate,
    meet: overHttp(({ url }, host) => meetPorticoAt(httpClient(url), candidate.revision, host)),
  }),
);

describe.each(acrossHttp)("our own client over HTTP on $revision", (candidate) => {
  describe("with a server that has every feature", () => testEverything(candidate));
  describe("when the server hangs up on it", () => testResumption(candidate));
});
