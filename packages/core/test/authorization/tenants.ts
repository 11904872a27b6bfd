import {
  type Authenticator,
  Changes,
  type Client,
  type ConnectOptions,
  confirm,
  connect,
  defineServer,
  httpClient,
  memoryPair,
  type Principal,
  REVISIONS,
  type Revision,
  resourceTemplate,
  type ServeOptions,
  s,
  serve,
  type Transport,
  text,
  tool,
} from "../../src/index.ts";
import { type AccessRule, authorise } from "../../src/middleware/authorise.ts";
import { cache } from "../../src/middleware/cache.ts";
import { serveHttp } from "../../src/node.ts";

/** The tenants of the tests; the second one has a name that begins like the first one's. */
export const TENANTS = ["ann", "anna"] as const;
export type Tenant = (typeof TENANTS)[number];

/** One way to reach the server. */
export interface Way {
  readonly revision: Revision;
  readonly carrier: "memory" | "http";
}

export const ways: readonly Way[] = REVISIONS.flatMap((revision) => [
  { revision, carrier: "memory" },
  { revision, carrier: "http" },
]);

const PAGES = 3;

const notes = resourceTemplate<Changes>({
  uriTemplate: "note://{tenant}/{id}",
  name: "notes",
  list: async ({ principal }, position) => {
    const page = (position as number | undefined) ?? 0;
    const items = TENANTS.map((tenant) => ({
      uri: `note://${tenant}/${page}`,
      name: `${tenant} ${page}, listed for ${principal?.id}`,
    }));
    return { items, ...(page + 1 < PAGES && { next: page + 1 }) };
  },
  read: ({ tenant, id }, { principal }) => `${tenant} ${id} for ${principal?.id}`,
});

const whoami = tool({
  name: "whoami",
  description: "Says who calls, a little later.",
  input: s.object({ turns: s.integer() }),
  async run({ turns }, { principal }) {
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    return text(principal?.id ?? "nobody");
  },
});

const asking = tool({
  name: "ask",
  description: "Asks its caller, and says who answered what.",
  input: s.object({}),
  async run(_, ctx) {
    const first = await ctx.ask("first", confirm(`For ${ctx.principal?.id}?`));
    return text(`${ctx.principal?.id} ${first.action}`);
  },
});

const privy = (tenant: Tenant) =>
  tool({
    name: `${tenant}_only`,
    description: tenant,
    input: s.object({}),
    run: () => text(tenant),
  });

const rules: AccessRule[] = [
  { kind: "capability", tools: ["whoami", "ask"] },
  ...TENANTS.map(
    (id): AccessRule => ({ kind: "capability", to: { ids: [id] }, tools: [`${id}_only`] }),
  ),
  { kind: "resource", uris: ["note://{principal}/*"] },
];

/** One server value, with everything between it and its callers that could mix them up. */
export function shared() {
  const changes = new Changes();
  const definition = defineServer({
    name: "shared",
    version: "1.0.0",
    deps: changes,
    changes,
    tools: [whoami, asking, ...TENANTS.map(privy)],
    resources: [notes],
  });
  const rule = { ttlMs: 60_000 };
  const methods = { "tools/list": rule, "resources/list": rule, "resources/read": rule };
  const caching = cache({ changes, tools: { whoami: rule }, methods });
  const options: ServeOptions = { middleware: [authorise(rules), caching] };
  return { definition, changes, options };
}

/** Believes whoever names a tenant: authentication has tests of its own. */
const authenticator: Authenticator = {
  authenticate: (head) => ({ principal: principalOf(head.header("x-tenant") as Tenant) }),
  insufficientScope: () => ({ status: 403 }),
};

const principalOf = (id: Tenant): Principal => ({ id });

/** A running server and how tenants get to it. */
export interface Reached extends AsyncDisposable {
  readonly changes: Changes;
  /** Where it is, over HTTP. */
  readonly url: string;
  /** A new connection's client end. */
  wire(tenant: Tenant): Transport;
  connect(tenant: Tenant, options?: Partial<ConnectOptions>): Promise<Client>;
}

export async function reach({ carrier, revision }: Way): Promise<Reached> {
  const { definition, changes, options } = shared();
  const http =
    carrier === "http" ? await serveHttp(definition, { ...options, authenticator }) : undefined;
  const wire = (tenant: Tenant): Transport => {
    if (http) return httpClient(http.url, { headers: { "x-tenant": tenant } })();
    const [ours, theirs] = memoryPair();
    serve(definition, theirs, { ...options, principal: principalOf(tenant) });
    return ours;
  };
  return {
    changes,
    url: http?.url ?? "",
    wire,
    connect: (tenant, more) =>
      connect(wire(tenant), { clientInfo: { name: tenant, version: "1" }, revision, ...more }),
    async [Symbol.asyncDispose]() {
      await http?.close();
    },
  };
}
