import { expect, test } from "vitest";
import { OAuthError } from "../client/oauth-error.ts";
import { isForPeople } from "./for-people.ts";

test("what a sign-in says to its user is told from a bug", () => {
  const unreachable = Object.assign(new Error("No answer came."), { name: "RemoteError" });
  expect([new OAuthError("Sign in again."), unreachable].map(isForPeople)).toEqual([true, true]);
  const bugs = [new TypeError("x is not a function"), new Error("?"), "text", undefined];
  expect(bugs.map(isForPeople)).toEqual([false, false, false, false]);
});
