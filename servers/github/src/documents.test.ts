import { expect, test } from "vitest";
import { complaintsAbout } from "../test/fake/graphql.ts";
import * as discussions from "./discussions/documents.ts";
import * as issues from "./issues/documents.ts";
import * as projects from "./projects/documents.ts";
import * as pulls from "./pulls/documents.ts";

const documents = Object.entries({ ...issues, ...pulls, ...discussions, ...projects });

test.each(documents)("%s fits GitHub's schema", (_name, document) => {
  expect(complaintsAbout(document)).toEqual([]);
});
