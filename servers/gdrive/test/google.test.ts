import type { drive_v3 } from "@googleapis/drive";
import { describe, expect, onTestFinished, test } from "vitest";
import { openGoogle } from "../src/google/google.ts";
import { at } from "../src/google/path.ts";
import { type FakeOptions, fakeDrive } from "./fake/drive.ts";
import { Refusal } from "./fake/http.ts";
import { accountsOf } from "./support/servers.ts";

const signal = new AbortController().signal;
const create = (api: drive_v3.Drive) =>
  api.files.create({ requestBody: { name: "tea" } }, { signal });

async function openFake(options?: FakeOptions) {
  const fake = await fakeDrive(options);
  onTestFinished(async () => void (await fake[Symbol.asyncDispose]()));
  const account = await accountsOf({ default: "good" }).get();
  return { fake, google: openGoogle(account, new URL(fake.url)) };
}

describe("a request that changes something", () => {
  test("is sent once when its answer is lost, or nobody knows what was done", async () => {
    const { fake, google } = await openFake();
    fake.instead.push(() => "lost");
    await expect(google.drive(create)).rejects.toThrow("cannot be reached");
    fake.instead.push(() => ({ status: 503, body: {} }));
    await expect(google.drive(create)).rejects.toThrow("cannot answer now");
    expect(fake.requests).toHaveLength(2);
    expect(fake.store.files.size).toBe(2);
  });

  test("is sent again where Google was over its limit and did nothing", async () => {
    const { fake, google } = await openFake();
    fake.instead.push(() => new Refusal(403, "userRateLimitExceeded", "Slow down.").answer);
    await google.drive(create);
    expect(fake.store.files.size).toBe(2);
  });

  test("that Google refuses is not sent again", async () => {
    const { fake, google } = await openFake();
    fake.instead.push(() => new Refusal(403, "dailyLimitExceeded", "Tomorrow.").answer);
    await expect(google.drive(create)).rejects.toThrow("Google refused: Tomorrow.");
    expect(fake.requests).toHaveLength(1);
  });
});

describe("a request", () => {
  test("goes to no other host than the one Google is at, whoever names it", async () => {
    const { google } = await openFake();
    const target = "https://evil.example/upload";
    const sent = google.uploads.exchange(target, { method: "PUT", body: "x", signal });
    await expect(sent).rejects.toThrow("another host; nothing was sent there");
  });

  test("is not sent on to another host that Google's answer leads to", async () => {
    const { fake, google } = await openFake();
    const { fake: other } = await openFake();
    fake.instead.push(() => ({ status: 302, headers: { location: `${other.url}drive/v3/files` } }));
    const { host } = new URL(other.url);
    const listed = google.drive((api) => api.files.list({}, { signal }));
    await expect(listed).rejects.toThrow(`redirects to ${host}`);
    expect(other.requests).toEqual([]);
  });

  test("says in one sentence, without address or token, that nobody answers", async () => {
    const account = await accountsOf({ default: "good" }).get();
    const { url, ...gone } = await fakeDrive();
    await gone[Symbol.asyncDispose]();
    const asked = openGoogle(account, new URL(url)).drive(create);
    await expect(asked).rejects.toThrow(`${new URL(url).host} cannot be reached (ECONNREFUSED).`);
  });

  test("whose answer is no JSON is refused in a sentence", async () => {
    const { fake, google } = await openFake();
    fake.instead.push(() => ({ body: "<html>" }));
    await expect(google.drive((api) => api.files.list({}, { signal }))).rejects.toThrow(
      "that is no JSON",
    );
  });
});

test("a value stays one segment of its path", () => {
  expect(at`files/${"a/../b?c#d"}/export`).toBe("files/a%2F..%2Fb%3Fc%23d/export");
  for (const value of ["", ".", ".."]) expect(() => at`files/${value}`).toThrow("is no id");
});
