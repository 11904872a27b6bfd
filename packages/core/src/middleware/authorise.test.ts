import { describe, expect, test } from "vitest";
import {
  type Client,
  confirm,
  defineServer,
  isModern,
  method,
  type Principal,
  prompt,
  REVISIONS,
  type Revision,
  resource,
  resourceTemplate,
  s,
  text,
  tool,
  userMessage,
} from "../index.ts";
import { accept, connect } from "../testing/index.ts";
import { type AccessRule, authorise } from "./authorise.ts";

const say = (name: string) =>
  tool({ name, description: name, input: s.object({}), run: () => text(name) });

const sly = tool({
  name: "sly",
  description: "Calls what its caller may not.",
  input: s.object({}),
  run: async (_, ctx) => (await ctx.call("reset")).content,
});

const careful = tool({
  name: "careful",
  description: "Asks first.",
  input: s.object({}),
  async run(_, ctx) {
    await ctx.ask("sure", confirm("Sure?"));
    return text("done");
  },
});

const greeting = (name: string) =>
  prompt({
    name,
    description: name,
    arguments: { town: { description: "Where.", complete: () => ["Rome"] } },
    run: () => [userMessage(text(name))],
  });

const own = (name: string) =>
  method({ method: name, params: s.object({}), result: s.object({}), run: () => ({}) });

const documents = resourceTemplate({
  uriTemplate: "doc://{tenant}/{id}",
  name: "documents",
  complete: { tenant: () => ["acme", "globex"], id: () => ["1", "2"] },
  list: async () => ({
    items: ["acme", "globex"].map((tenant) => ({ uri: `doc://${tenant}/1`, name: tenant })),
  }),
  read: ({ tenant, id }) => `${tenant} ${id}`,
  watch: () => () => {},
});

const server = defineServer({
  name: "shared",
  version: "1.0.0",
  tools: [say("read_file"), say("delete_file"), say("reset"), sly, careful],
  prompts: [greeting("hello"), greeting("secret")],
  resources: [
    documents,
    resource({ uri: "public://about", name: "about", read: () => "about", watch: () => () => {} }),
  ],
  methods: [own("acme/open"), own("acme/closed")],
});

const rules: AccessRule[] = [
  {
    kind: "capability",
    tools: ["read_*", "delete_file", "sly", "careful"],
    prompts: ["hello"],
    methods: ["acme/open"],
  },
  { kind: "capability", to: { scopes: ["admin"] }, tools: ["*"], prompts: ["*"], methods: ["*"] },
  { kind: "resource", uris: ["public://*"] },
  { kind: "resource", to: { claims: { kind: "member" } }, uris: ["doc://{claims.tenant}/*"] },
  { kind: "scope", scopes: ["files:write", "files:delete"], tools: ["delete_*"] },
  { kind: "scope", scopes: ["about"], uris: ["public://about"] },
  { kind: "implication", scope: "admin", implies: ["files:write", "files:delete"] },
  { kind: "implication", scope: "files:delete", implies: ["admin-ish"] },
];
const middleware = [authorise(rules)];

const ann: Principal = {
  id: "ann",
  scopes: ["files:write"],
  claims: { kind: "member", tenant: "acme" },
};
const root: Principal = { id: "root", scopes: ["admin", "about"] };

function as(principal: Principal | undefined, revision: Revision): Promise<Client> {
  return connect(server, { revision, middleware, ...(principal && { principal }) });
}

const nameOf = ({ name }: { readonly name: string }) => name;
const uriOf = ({ uri }: { readonly uri: string }) => uri;
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    ({ code, message }: { code: number; message: string }) => ({ code, message }),
  );

describe.each(REVISIONS)("authorisation on %s", (revision) => {
  test("lists only what is granted", async () => {
    await using client = await as(ann, revision);
    expect((await client.listTools()).map(nameOf)).toEqual([
      "read_file",
      "delete_file",
      "sly",
      "careful",
    ]);
    expect((await client.listPrompts()).map(nameOf)).toEqual(["hello"]);
    expect((await client.listResources()).map(uriOf)).toEqual(["doc://acme/1", "public://about"]);
    expect(await client.listResourceTemplates()).toHaveLength(1);
    await using admin = await as(root, revision);
    expect(await admin.listTools()).toHaveLength(5);
    expect(await admin.listPrompts()).toHaveLength(2);
    expect((await admin.listResources()).map(uriOf)).toEqual(["public://about"]);
    expect(await admin.listResourceTemplates()).toEqual([]);
  });

  test("answers the name of what is hidden exactly as a name nobody has", async () => {
    await using client = await as(ann, revision);
    const like = async (
      call: (name: string) => Promise<unknown>,
      hidden: string,
      absent: string,
    ) => {
      const [one, other] = [await failure(call(hidden)), await failure(call(absent))];
      expect(one).toBeDefined();
      expect(one).toEqual({ ...other, message: other?.message.replaceAll(absent, hidden) });
    };
    await like((name) => client.callTool(name, {}), "reset", "nonesuch");
    await like((name) => client.getPrompt(name), "secret", "nonesuch");
    await like((name) => client.request(name, {}), "acme/closed", "acme/none");
    await like((uri) => client.readResource(uri), "doc://globex/1", "none://globex/1");
    const complete = (name: string) =>
      client.complete({ ref: { type: "ref/prompt", name }, argument: { name: "town", value: "" } });
    await like(complete, "secret", "nonesuch");
    const template = (uri: string) =>
      client.complete({ ref: { type: "ref/resource", uri }, argument: { name: "id", value: "" } });
    await like(template, "private://{id}", "nonesuch://{id}");
  });

  test("lets through what is granted", async () => {
    await using client = await as(ann, revision);
    expect(await client.callTool("read_file", {})).toMatchObject({
      content: [{ text: "read_file" }],
    });
    expect(await client.request("acme/open", {})).toBeDefined();
    expect(await client.readResource("doc://acme/7")).toMatchObject({
      contents: [{ text: "acme 7" }],
    });
    expect((await client.getPrompt("hello")).messages).toHaveLength(1);
  });

  test("is not passed by a tool that calls another", async () => {
    await using client = await as(ann, revision);
    expect(await failure(client.callTool("sly", {}))).toMatchObject({
      message: "Unknown tool: reset",
    });
    await using admin = await as(root, revision);
    expect(await admin.callTool("sly", {})).toMatchObject({ content: [{ text: "reset" }] });
  });

  test("names every scope a call needs, the ones already there included", async () => {
    await using client = await as(ann, revision);
    const message = "This needs the scope files:write files:delete.";
    expect(await failure(client.callTool("delete_file", {}))).toMatchObject({ message });
    expect(await failure(client.readResource("public://about"))).toMatchObject({
      message: "This needs the scope about.",
    });
  });

  test("takes a broader scope for the ones it implies", async () => {
    await using client = await as(root, revision);
    expect(await client.callTool("delete_file", {})).toMatchObject({
      content: [{ text: "delete_file" }],
    });
  });

  test("suggests no value under which nothing exists for the caller", async () => {
    await using client = await as(ann, revision);
    const ref = { type: "ref/resource", uri: "doc://{tenant}/{id}" } as const;
    const tenants = await client.complete({ ref, argument: { name: "tenant", value: "" } });
    expect(tenants.completion).toEqual({ values: ["acme"], hasMore: false });
    if (revision < "2025-06-18") return;
    const of = (tenant: string) =>
      client.complete({
        ref,
        argument: { name: "id", value: "" },
        context: { arguments: { tenant } },
      });
    expect((await of("acme")).completion.values).toEqual(["1", "2"]);
    expect(await failure(of("globex"))).toMatchObject({
      message: expect.stringContaining("Unknown"),
    });
  });

  test("lets nobody hear of a resource that is hidden from them", async () => {
    await using client = await as(ann, revision);
    const uris = ["doc://acme/1", "doc://globex/1"];
    const subscribing = client.subscribe({ uris });
    if (isModern(revision)) {
      expect((await subscribing).granted.uris).toEqual(["doc://acme/1"]);
    } else {
      expect(await failure(subscribing)).toEqual({
        code: -32002,
        message: "Resource not found: doc://globex/1",
      });
    }
    expect(await failure(client.subscribe({ uris: ["public://about"] }))).toMatchObject({
      message: "This needs the scope about.",
    });
  });

  test("gives an unknown caller only what everyone has", async () => {
    await using client = await as(undefined, revision);
    expect(await client.listTools()).toHaveLength(4);
    expect((await client.listResources()).map(uriOf)).toEqual(["public://about"]);
    expect(await failure(client.readResource("doc://undefined/1"))).toMatchObject({
      message: "Resource not found: doc://undefined/1",
    });
  });

  test("holds for every round of a call that asks", async () => {
    await using client = await connect(server, {
      revision,
      middleware,
      principal: ann,
      answers: { sure: accept({}) },
    });
    const calling = client.callTool("careful", {});
    if (revision < "2025-06-18") expect((await calling).isError).toBe(true);
    else expect(await calling).toMatchObject({ content: [{ text: "done" }] });
  });
});

test("tells clients that what depends on the caller is not for others to keep", async () => {
  await using client = await as(ann, "2026-07-28");
  expect(await client.request("tools/list", {})).toMatchObject({ cacheScope: "private" });
  expect(await client.request("prompts/list", {})).toMatchObject({ cacheScope: "private" });
  await using old = await as(ann, "2025-11-25");
  expect(await old.request("tools/list", {})).not.toHaveProperty("cacheScope");
});

test("keeps every page of a filtered list, so that nothing granted is lost", async () => {
  const many = Array.from({ length: 1_700 }, (_, at) =>
    say(`t${at}${at % 600 === 7 ? "_mine" : ""}`),
  );
  const big = defineServer({ name: "big", version: "1.0.0", tools: many });
  const mine = many.flatMap(({ published: { name } }) => (name.endsWith("_mine") ? [name] : []));
  await using client = await connect(big, {
    middleware: [authorise([{ kind: "capability", tools: mine }])],
  });
  expect((await client.listTools()).map(nameOf)).toEqual(["t7_mine", "t607_mine", "t1207_mine"]);
});

test("grants everything of a kind that no rule speaks of", async () => {
  await using client = await connect(server, {
    middleware: [authorise([{ kind: "capability", tools: ["reset"] }])],
  });
  expect((await client.listTools()).map(nameOf)).toEqual(["reset"]);
  expect(await client.listPrompts()).toEqual([]);
  expect((await client.listResources()).map(uriOf)).toEqual([
    "doc://acme/1",
    "doc://globex/1",
    "public://about",
  ]);
});

test("can demand a scope for a method itself", async () => {
  await using client = await connect(server, {
    middleware: [authorise([{ kind: "scope", scopes: ["tools"], methods: ["tools/*"] }])],
  });
  expect(await failure(client.listTools())).toMatchObject({
    message: "This needs the scope tools.",
  });
  expect(await client.listPrompts()).toHaveLength(2);
});

describe("a URI", () => {
  const files = resourceTemplate({
    uriTemplate: "file:///{+path}",
    name: "files",
    read: ({ path }) => path,
  });
  const server = defineServer({ name: "files", version: "1.0.0", resources: [files] });
  const read = async (rules: AccessRule[], uri: string) => {
    await using client = await connect(server, { middleware: [authorise(rules)] });
    return await failure(client.readResource(uri));
  };

  test.each([
    "file:///public/../secret",
    "file:///public/%2e%2e/secret",
    "file:///public/%2E./secret",
    "file:///public/%252e%252e/secret",
    "file:///public/..%2fsecret",
    "file:///public/..\\secret",
    "file:///public/a/..",
    "file:///public/%2525252e%2525252e/secret",
    "file:///public/%",
  ])("that climbs out of what is granted does not exist: %s", async (uri) => {
    const granted: AccessRule[] = [{ kind: "resource", uris: ["file:///public/*"] }];
    expect(await read(granted, uri)).toMatchObject({ message: `Resource not found: ${uri}` });
    expect(await read(granted, "file:///public/a..b")).toBeUndefined();
  });

  test.each([
    "file:///secret/plan",
    "FILE:///secret/plan",
    "file://localhost/secret/plan",
    "file:///%73ecret/plan",
    "file:///%2573ecret/plan",
  ])("that needs a scope needs it however it is spelt: %s", async (uri) => {
    const demanded: AccessRule[] = [{ kind: "scope", scopes: ["x"], uris: ["file:///secret/*"] }];
    expect(await read(demanded, uri)).toMatchObject({ message: "This needs the scope x." });
    expect(await read(demanded, "file:///public/plan")).toBeUndefined();
  });

  test("granted to one id is not granted to a longer one, nor to an id made of pattern characters", async () => {
    const rule: AccessRule = { kind: "resource", uris: ["file:///home/{principal}/*"] };
    const reads = async (id: string, uri: string) => {
      await using client = await connect(server, {
        middleware: [authorise([rule])],
        principal: { id },
      });
      return (await failure(client.readResource(uri))) === undefined;
    };
    expect(await reads("ann", "file:///home/ann/x")).toBe(true);
    expect(await reads("ann", "file:///home/anna/x")).toBe(false);
    expect(await reads("*", "file:///home/ann/x")).toBe(false);
    expect(await reads("", "file:///home//x")).toBe(false);
    expect(await reads("a/b", "file:///home/a/b/x")).toBe(false);
    expect(await reads("a/b", "file:///home/a%2Fb/x")).toBe(true);
  });
});

test.each<[AccessRule, string]>([
  [{ kind: "resource", uris: ["a://*/b"] }, "has a * before its end"],
  [{ kind: "resource", uris: ["a://{principal}*"] }, "must follow {principal}"],
  [{ kind: "resource", uris: ["a://{tenant}/*"] }, "use {principal} or {claims.name}"],
  [{ kind: "capability", tools: ["*_x"] }, "has a * before its end"],
  [{ kind: "capability", tools: "x" as never }, "must be an array of strings"],
  [{ kind: "scope", scopes: [] }, "demands nothing"],
  [{ kind: "no" } as never, "no access rule of the kind no"],
  [{ kind: "constructor" } as never, "no access rule of the kind constructor"],
])("refuses a rule that cannot mean what it says: %j", (rule, message) => {
  expect(() => authorise([rule])).toThrow(message);
});
