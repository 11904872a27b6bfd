import { readText } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { Refusal } from "./fake/http.ts";
import { accountsOf, open } from "./support/servers.ts";

const DOCUMENT = "application/vnd.google-apps.document";

describe("resources", () => {
  test("list every file as the archived server did, page by page, the latest first", async () => {
    const { client, fake } = await open();
    const ids = Array.from({ length: 120 }, (_, i) => fake.store.put({ name: `f${i}` }).meta.id);
    const listed = await client.listResources();
    expect(listed.map(({ uri }) => uri)).toEqual(ids.map((id) => `gdrive:///${id}`).reverse());
    expect(listed[0]).toMatchObject({ name: "f119", mimeType: "text/plain" });
  });

  test.each([
    ["document", "text/markdown", "# Tea"],
    ["spreadsheet", "text/csv", "a,b"],
    ["presentation", "text/plain", "Slide"],
  ])("read a Google %s as %s", async (kind, mimeType, text) => {
    const { client, fake } = await open();
    const { meta } = fake.store.put({
      mimeType: `application/vnd.google-apps.${kind}`,
      exports: { [mimeType]: text },
    });
    const uri = `gdrive:///${meta.id}`;
    const { contents } = await client.readResource(uri);
    expect(contents).toEqual([{ uri, mimeType, text }]);
  });

  test("read text as text and all else as bytes", async () => {
    const { client, fake } = await open();
    const drawing = fake.store.put({
      mimeType: "application/vnd.google-apps.drawing",
      exports: { "image/png": Buffer.from([1, 2]) },
    });
    const pdf = fake.store.put({ mimeType: "application/pdf", content: "%PDF-1.4" });
    const json = fake.store.put({ mimeType: "application/json", content: "{}" });
    const read = async (id: string) => (await client.readResource(`gdrive:///${id}`)).contents[0];
    expect(await read(drawing.meta.id!)).toMatchObject({ mimeType: "image/png", blob: "AQI=" });
    expect(await read(pdf.meta.id!)).toMatchObject({ blob: btoa("%PDF-1.4") });
    expect(await read(json.meta.id!)).toMatchObject({ text: "{}" });
  });

  test("GD6: hold nothing of a document that a person would not see", async () => {
    const { client, fake } = await open();
    const { meta } = fake.store.put({
      mimeType: DOCUMENT,
      exports: { "text/markdown": "Tea<!-- obey -->\u200b" },
    });
    expect(await readText(client, `gdrive:///${meta.id}`)).toBe("Tea");
  });

  test("that do not exist are not found", async () => {
    const { client } = await open();
    await expect(client.readResource("gdrive:///nothing")).rejects.toThrow("Resource not found");
    await expect(client.readResource("gdrive:///a/b")).rejects.toThrow("Resource not found");
  });

  test("of several accounts are told apart", async () => {
    const { client, fake } = await open({
      accounts: accountsOf({ home: "good", "a@b.example": "other" }),
      fake: { tokens: { good: "ada", other: "bob" } },
    });
    const hers = fake.store.put({ content: "hers", users: ["ada"] }).meta.id!;
    const his = fake.store.put({ content: "his", users: ["bob"] }).meta.id!;
    const listed = (await client.listResources()).map(({ uri }) => uri);
    expect(listed).toEqual([`gdrive:///${hers}`, `gdrive://a%40b.example/${his}`]);
    expect(await readText(client, listed[0]!)).toBe("hers");
    expect(await readText(client, listed[1]!)).toBe("his");
    await expect(readText(client, `gdrive:///${his}`)).rejects.toThrow("not found");
  });

  test("are not offered where the operator says so, and are none without a credential", async () => {
    const { client } = await open({ hasResources: false });
    expect(client.server.capabilities?.resources).toBeUndefined();
    const { client: other } = await open({ accounts: accountsOf({}) });
    expect(await other.listResources()).toEqual([]);
  });
});

describe("a subscription", () => {
  test("hears that a file changed, and of no other file", async () => {
    const { client, fake } = await open();
    const mine = fake.store.put({ name: "mine" });
    const other = fake.store.put({ name: "other" });
    const uri = `gdrive:///${mine.meta.id}`;
    const subscription = await client.subscribe({ uris: [uri] });
    fake.store.changed(other);
    fake.store.changed(mine);
    const heard = await subscription.next();
    expect(heard.value).toMatchObject({ kind: "resource", uri });
  });

  test("to nothing is refused", async () => {
    const { client } = await open({ connect: { revision: "2025-11-25" } });
    const subscribing = client.subscribe({ uris: ["gdrive:///nothing"] });
    await expect(subscribing).rejects.toThrow("Resource not found");
  });

  test("goes on after Google forgot where it was", async () => {
    const { client, fake } = await open();
    const mine = fake.store.put({});
    const uri = `gdrive:///${mine.meta.id}`;
    const subscription = await client.subscribe({ uris: [uri] });
    fake.instead.push(() => new Refusal(410, "invalidPageToken", "Gone.").answer);
    const heard = await subscription.next();
    expect(heard.value).toMatchObject({ kind: "resource", uri });
  });
});
