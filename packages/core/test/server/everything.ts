import {
  audio,
  Changes,
  confirm,
  defineServer,
  embedded,
  image,
  method,
  prompt,
  resource,
  resourceTemplate,
  type ServerDefinition,
  s,
  userMessage,
} from "../../src/index.ts";
import { type Deps, icons, tools } from "./everything-tools.ts";

const memo = resource({
  uri: "memo://one",
  name: "one",
  title: "One",
  description: "The first memo.",
  mimeType: "text/plain",
  size: 5,
  annotations: { priority: 1 },
  icons,
  read: () => "hello",
});

const picture = resource({
  uri: "memo://picture",
  name: "picture",
  mimeType: "image/png",
  read: () => Uint8Array.of(0xff, 0x00, 0x10),
});

const towns = ["Paris", "Potsdam", "Prague", "Rome"];
const weather = resourceTemplate({
  uriTemplate: "weather://{country}/{town}",
  name: "weather",
  mimeType: "text/plain",
  complete: {
    town: (typed, _ctx, { country }) =>
      country === "it" ? ["Rome"] : towns.filter((town) => town.startsWith(typed)),
  },
  read: ({ country, town }) =>
    towns.includes(town ?? "") ? `${town}, ${country}: sun` : undefined,
});

const PAGES = 3;
const numbers = resourceTemplate({
  uriTemplate: "number://{n}",
  name: "number",
  async list(_, position) {
    const page = (position as number | undefined) ?? 0;
    const items = [0, 1].map((n) => ({ uri: `number://${2 * page + n}`, name: `${2 * page + n}` }));
    return { items, ...(page + 1 < PAGES && { next: page + 1 }) };
  },
  read: ({ n }) => [{ contents: n ?? "" }, { contents: "more", uri: `number://${n}/more` }],
});

const greet = prompt({
  name: "greet",
  title: "Greet",
  description: "Greets somebody.",
  icons,
  arguments: {
    name: { required: true, description: "Whom" },
    tone: { title: "Tone", complete: ["friendly", "formal", "Frosty"] },
  },
  run: ({ name, tone }) => `Greet ${name}${tone ? ` in a ${tone} tone` : ""}.`,
});

const scene = prompt({
  name: "scene",
  description: "A conversation with a memo in it.",
  arguments: { anything: { complete: Array.from({ length: 250 }, (_, n) => `value ${n}`) } },
  run: () => [
    userMessage(embedded("memo://one", "hello", "text/plain")),
    userMessage(image("AQID", "image/png")),
    userMessage(audio("AQID", "audio/wav")),
  ],
});

const curious = prompt({
  name: "curious",
  description: "Asks before it answers.",
  async run(_, ctx) {
    return `The user says ${(await ctx.ask("sure", confirm("Sure?"))).action}.`;
  },
});

const double = method({
  method: "example/double",
  params: s.object({ n: s.number() }, { additionalProperties: false }),
  result: s.object({ n: s.number() }),
  since: "2025-06-18",
  run: ({ n }) => ({ n: 2 * n }),
});

/** A server with one of everything, for behaviour tests; each has a hub and a memory of its own. */
export function everything(): ServerDefinition {
  const changes = new Changes();
  const deps: Deps = { changes, aborted: 0, visited: false };
  return defineServer({
    name: "everything",
    version: "1.2.3",
    title: "Everything",
    description: "One of everything.",
    websiteUrl: "https://example.org/",
    icons,
    instructions: "Use echo first.",
    deps,
    changes,
    logging: true,
    tools,
    resources: [memo, picture, weather, numbers],
    prompts: [greet, scene, curious],
    methods: [double],
    extensions: [{ id: "org.example/toys", settings: { colour: "red" } }],
  });
}
