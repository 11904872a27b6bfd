import { inspect } from "node:util";
import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { readPresentation } from "../src/editing/slides/presentation.ts";
import { GoogleError } from "../src/google/error.ts";
import { type Google, openGoogle } from "../src/google/google.ts";
import { fakeDrive } from "./fake/drive.ts";
import { type Asked, Refusal } from "./fake/http.ts";
import { accountsOf } from "./support/servers.ts";

const { signal } = new AbortController();

/** Google at an address below which everything is answered with an empty object. */
async function openEcho(below = "") {
  const fake = await fakeDrive();
  onTestFinished(async () => void (await fake[Symbol.asyncDispose]()));
  const account = await accountsOf({ default: "good" }).get();
  const google = openGoogle(account, new URL(below, fake.url));
  const asked = async (ask: () => Promise<unknown>): Promise<Asked> => {
    fake.instead.push(() => ({ body: {} }));
    await ask();
    return fake.requests.at(-1)!;
  };
  return { fake, google, asked };
}

/** Puts a value of a caller's into the path of each client. */
const puts: Readonly<Record<string, (google: Google, id: string) => Promise<unknown>>> = {
  "/drive/v3/files/f/comments/": ({ drive }, commentId) =>
    drive((api) => api.comments.get({ fileId: "f", commentId }, { signal })),
  "/v1/documents/": ({ docs }, documentId) =>
    docs((api) => api.documents.get({ documentId }, { signal })),
  "/v4/spreadsheets/s/values/": ({ sheets }, range) =>
    sheets((api) => api.spreadsheets.values.get({ spreadsheetId: "s", range }, { signal })),
  "/v1/presentations/p/pages/": ({ slides }, pageObjectId) =>
    slides((api) => api.presentations.pages.get({ presentationId: "p", pageObjectId }, { signal })),
};

test.each(Object.entries(puts))("below %s a value stays one segment", async (path, put) => {
  const { google, asked } = await openEcho();
  const odd = ["a/b", "a/../b", "%2e%2e", "%2F", "..%2f..", "a?b#c", "a\\b", "a:b", "'T 1'!A1:B2"];
  for (const value of odd) {
    const { path: reached, query } = await asked(() => put(google, value));
    expect([decodeURIComponent(reached.slice(path.length)), query.size]).toEqual([value, 0]);
    expect(reached.startsWith(path) && !reached.slice(path.length).includes("/")).toBe(true);
  }
  const unit = fc.constantFrom("a", ".", "/", "%", "2", "e", "?", "#", "\\", ":", " ", "é");
  await fc.assert(
    fc.asyncProperty(fc.string({ unit, minLength: 3, maxLength: 8 }), async (value) => {
      const { path: reached } = await asked(() => put(google, value));
      expect(decodeURIComponent(reached.slice(path.length))).toBe(value);
    }),
    { seed: 5, numRuns: 25 },
  );
});

test.each(Object.entries(puts))("below %s dots and nothing are no ids", async (_, put) => {
  const { fake, google } = await openEcho();
  for (const value of ["", ".", ".."]) {
    const refused = await put(google, value).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(GoogleError);
    expect(String(refused)).toContain(`"${value}" is no id; take one from search.`);
  }
  expect(fake.requests).toEqual([]);
});

test("the one method that lets a value be several segments is given ids alone", async () => {
  const { google, asked } = await openEcho();
  const ids: unknown[] = [];
  for (const value of ["a/b", "..", "../x", "a/../b", "%2e%2e", "a?b"]) {
    const read = () => readPresentation(google.slides, value, signal);
    ids.push(
      await asked(read)
        .then(({ path }) => path)
        .catch((error: unknown) => error),
    );
  }
  const [key, ...refused] = ids;
  // What is behind the slash is the key of the file.
  expect(key).toBe("/v1/presentations/a");
  for (const error of refused) expect(error).toBeInstanceOf(GoogleError);
});

test.each(Object.entries(puts))("%s is below the operator's address", async (path, put) => {
  vi.stubEnv("GOOGLE_CLOUD_UNIVERSE_DOMAIN", "universe.example");
  onTestFinished(() => void vi.unstubAllEnvs());
  const { google, asked } = await openEcho("at/google/");
  expect((await asked(() => put(google, "x"))).path).toBe(`/at/google${path}x`);
});

test("a list is sent as a parameter for each, and what is not set as none", async () => {
  const { google, asked } = await openEcho();
  const params = { spreadsheetId: "s", ranges: ["A1:B2", "C & D"], fields: undefined as never };
  const { query } = await asked(() =>
    google.sheets((api) => api.spreadsheets.values.batchGet(params, { signal })),
  );
  expect([...query]).toEqual([
    ["ranges", "A1:B2"],
    ["ranges", "C & D"],
  ]);
});

test("what a client repeats of its own accord elsewhere is sent once", async () => {
  const { fake, google } = await openEcho();
  fake.instead.push(() => ({ status: 503, body: {} }));
  const params = { fileId: "f", permissionId: "p" };
  const deleted = google.drive((api) => api.permissions.delete(params, { signal }));
  await expect(deleted).rejects.toThrow("cannot answer now");
  fake.instead.push(() => "hang-up");
  const values = { spreadsheetId: "s", range: "A1", requestBody: {} };
  const written = google.sheets((api) => api.spreadsheets.values.update(values, { signal }));
  await expect(written).rejects.toThrow("cannot be reached");
  expect(fake.requests.map(({ method }) => method)).toEqual(["DELETE", "PUT"]);
});

test("a call that is cancelled ends at the socket", async () => {
  const { fake, google } = await openEcho();
  const caller = new AbortController();
  const gone = Promise.withResolvers<void>();
  fake.instead.push(async (asked) => {
    caller.abort();
    await new Promise((resolve) => asked.gone.addEventListener("abort", resolve));
    gone.resolve();
    return {};
  });
  const listed = google.drive((api) => api.files.list({}, { signal: caller.signal }));
  await expect(listed).rejects.toThrow("abort");
  await gone.promise;
});

test("a refusal holds neither the request nor the token", async () => {
  const { fake, google } = await openEcho();
  fake.instead.push(() => new Refusal(403, "domainPolicy", "Not here.").answer);
  const asked = google.drive((api) =>
    api.files.create({ requestBody: { name: "tea" } }, { signal }),
  );
  const refused = await asked.catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(GoogleError);
  expect(Object.keys(refused as object).sort()).toEqual(["name", "reason", "status"]);
  expect(inspect(refused, { depth: 9 })).not.toMatch(/Bearer|good|tea/);
});
