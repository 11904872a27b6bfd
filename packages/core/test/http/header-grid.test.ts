import { describe, expect, test } from "vitest";
import { encodeHeaderValue } from "../../src/protocol/index.ts";
import { modernCall, modernHeaders, modernRequest } from "./eras.ts";
import { json, openSite, post } from "./site.ts";

const codeOf = async (response: Response) =>
  [response.status, ((await json(response)).error as { code: number } | undefined)?.code] as const;

const AGREES = [200, undefined] as const;
const DISAGREES = [400, -32020] as const;

describe("Mcp-Method", () => {
  test.each([
    ["tools/list", AGREES],
    ["Tools/List", DISAGREES],
    ["tools/call", DISAGREES],
    ["", DISAGREES],
    [undefined, DISAGREES],
    ["=?base64?dG9vbHMvbGlzdA==?=", DISAGREES],
  ])("%s on tools/list", async (sent, expected) => {
    await using site = await openSite("node");
    const headers = { ...modernHeaders("tools/list"), "mcp-method": sent };
    expect(await codeOf(await post(site, modernRequest("tools/list"), headers))).toEqual(expected);
  });
});

describe("Mcp-Name", () => {
  test.each([
    ["echo", AGREES],
    [encodeHeaderValue("echo"), AGREES],
    ["=?base64?ZWNobw==?=", AGREES],
    ["Echo", DISAGREES],
    ["count", DISAGREES],
    [undefined, DISAGREES],
    ["", DISAGREES],
    ["=?base64?%%%?=", DISAGREES],
    ["=?BASE64?ZWNobw==?=", DISAGREES],
    ["=?base64?ZWNobw?=", DISAGREES],
  ])("%s on a call of echo", async (sent, expected) => {
    await using site = await openSite("node");
    const answer = await modernCall(site, "echo", { text: "x" }, { "mcp-name": sent });
    expect(await codeOf(answer)).toEqual(expected);
  });

  test("repeats the URI where the method has one, encoded where it must be", async () => {
    await using site = await openSite("node");
    const read = (uri: string, name: string) => {
      const headers = modernHeaders("resources/read", name);
      return post(site, modernRequest("resources/read", { uri }), headers);
    };
    expect(await codeOf(await read("memo://one", "memo://one"))).toEqual(AGREES);
    expect(await codeOf(await read("memo://ü", encodeHeaderValue("memo://ü")))).toEqual([
      200, -32602,
    ]);
    expect(await codeOf(await read("memo://one", "memo://two"))).toEqual(DISAGREES);
  });

  test("is a mismatch where the body has no name, and ignored where the method has none", async () => {
    await using site = await openSite("node");
    const nameless = await post(
      site,
      modernRequest("tools/call"),
      modernHeaders("tools/call", "echo"),
    );
    expect(await codeOf(nameless)).toEqual(DISAGREES);
    const both = await post(site, modernRequest("tools/call"), modernHeaders("tools/call"));
    expect(await codeOf(both)).toEqual([200, -32602]);
    const listed = await post(site, modernRequest("tools/list"), modernHeaders("tools/list", "x"));
    expect(await codeOf(listed)).toEqual(AGREES);
  });
});

describe("Mcp-Param", () => {
  test.each([
    [{}, {}, AGREES],
    [{ region: "eu" }, { "mcp-param-region": "eu" }, AGREES],
    [{ region: "eu" }, { "MCP-PARAM-REGION": "eu" }, AGREES],
    [{ region: "ü " }, { "mcp-param-region": encodeHeaderValue("ü ") }, AGREES],
    [{ count: 42 }, { "mcp-param-count": "42.0" }, AGREES],
    [{ on: true }, { "mcp-param-on": "true" }, AGREES],
    [{ region: "eu" }, { "mcp-param-region": "eu", "mcp-param-other": "x" }, AGREES],
    [{ region: "eu" }, {}, DISAGREES],
    [{ region: "eu" }, { "mcp-param-region": "us" }, DISAGREES],
    [{ region: "eu" }, { "mcp-param-region": "EU" }, DISAGREES],
    [{ region: "eu" }, { "mcp-param-region": "=?base64?*?=" }, DISAGREES],
    [{}, { "mcp-param-region": "eu" }, DISAGREES],
    [{ count: 42 }, { "mcp-param-count": "43" }, DISAGREES],
    [{ count: 42 }, { "mcp-param-count": "0x2a" }, DISAGREES],
    [{ on: true }, { "mcp-param-on": "TRUE" }, DISAGREES],
  ])("%j with %j", async (args, headers, expected) => {
    await using site = await openSite("node");
    expect(await codeOf(await modernCall(site, "region", args, headers))).toEqual(expected);
  });
});
