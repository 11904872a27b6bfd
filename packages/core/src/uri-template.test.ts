import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseUriTemplate, type TemplateValue } from "./uri-template.ts";

const seed = 11;

/** Variables of the examples in RFC 6570 section 3.2. */
const values: Record<string, TemplateValue> = {
  count: ["one", "two", "three"],
  dom: ["example", "com"],
  dub: "me/too",
  hello: "Hello World!",
  half: "50%",
  var: "value",
  who: "fred",
  base: "http://example.com/home/",
  path: "/foo/bar",
  list: ["red", "green", "blue"],
  keys: { semi: ";", dot: ".", comma: "," },
  v: "6",
  x: "1024",
  y: "768",
  empty: "",
  empty_keys: {},
  undef: null,
};

describe("expanding", () => {
  test.each([
    ["{count}", "one,two,three"],
    ["{/count*}", "/one/two/three"],
    ["{;count}", ";count=one,two,three"],
    ["{?count*}", "?count=one&count=two&count=three"],
    ["{hello}", "Hello%20World%21"],
    ["{half}", "50%25"],
    ["O{empty}X", "OX"],
    ["O{undef}X", "OX"],
    ["?{x,empty}", "?1024,"],
    ["?{undef,y}", "?768"],
    ["{var:3}", "val"],
    ["{list*}", "red,green,blue"],
    ["{keys}", "semi,%3B,dot,.,comma,%2C"],
    ["{keys*}", "semi=%3B,dot=.,comma=%2C"],
    ["{+half}", "50%25"],
    ["{base}index", "http%3A%2F%2Fexample.com%2Fhome%2Findex"],
    ["{+base}index", "http://example.com/home/index"],
    ["up{+path}{var}/here", "up/foo/barvalue/here"],
    ["{+keys*}", "semi=;,dot=.,comma=,"],
    ["{+path:6}here", "/foo/bhere"],
    ["{#x,hello,y}", "#1024,Hello%20World!,768"],
    ["foo{#empty}", "foo#"],
    ["foo{#undef}", "foo"],
    ["www{.dom*}", "www.example.com"],
    ["X{.x,y}", "X.1024.768"],
    ["X{.keys*}", "X.semi=%3B.dot=..comma=%2C"],
    ["X{.empty_keys}", "X"],
    ["{/var:1,var}", "/v/value"],
    ["{/list*,path:4}", "/red/green/blue/%2Ffoo"],
    ["{;v,empty,who}", ";v=6;empty;who=fred"],
    ["{;keys*}", ";semi=%3B;dot=.;comma=%2C"],
    ["{?x,y,empty}", "?x=1024&y=768&empty="],
    ["{?keys}", "?keys=semi,%3B,dot,.,comma,%2C"],
    ["?fixed=yes{&x}", "?fixed=yes&x=1024"],
    ["{&var:3}", "&var=val"],
    ["caf\u00e9 {var}", "caf%C3%A9%20value"],
  ])("%s gives %s", (template, uri) => {
    expect(parseUriTemplate(template).expand(values)).toBe(uri);
  });

  test("takes own properties only", () => {
    expect(parseUriTemplate("{constructor}{__proto__}").expand({})).toBe("");
  });
});

describe("matching", () => {
  test.each([
    ["file:///{+path}", "file:///a/b%20c/d.txt", { path: "a/b c/d.txt" }],
    ["file:///{+path}", "file:///", { path: "" }],
    ["test://template/{id}/data", "test://template/7/data", { id: "7" }],
    ["test://template/{id}/data", "test://template/a%2Fb/data", { id: "a/b" }],
    [
      "repo://{owner}/{repo}/contents{/path*}",
      "repo://o/r/contents/src/a.ts",
      { owner: "o", repo: "r", path: ["src", "a.ts"] },
    ],
    ["repo://{owner}/{repo}/contents{/path*}", "repo://o/r/contents", { owner: "o", repo: "r" }],
    ["x://a{?q,lang}", "x://a?q=1&lang=en", { q: "1", lang: "en" }],
    ["x://a{?q,lang}", "x://a?lang=en&q=a%26b", { q: "a&b", lang: "en" }],
    ["x://a{?q,lang}", "x://a", {}],
    ["x://a{?tags*}", "x://a?tags=1&tags=2", { tags: ["1", "2"] }],
    ["x://a?fixed=1{&q}", "x://a?fixed=1&q=z", { q: "z" }],
    ["x://{a}-{b}", "x://1-2-3", { a: "1-2", b: "3" }],
    ["x://{a}{.ext}", "x://name.tar.gz", { a: "name.tar.gz" }],
    ["x://{a,b}", "x://1,2", { a: "1", b: "2" }],
    ["x://{+path}/raw", "x://a/raw/b/raw", { path: "a/raw/b" }],
    ["x://a{#part}", "x://a#top", { part: "top" }],
    ["x://a{;v,w}", "x://a;v=6;w", { v: "6", w: "" }],
    ["{/a:1,a}", "/v/value", { a: "value" }],
    ["x://{__proto__}", "x://1", JSON.parse('{"__proto__":"1"}')],
  ])("%s reads %s", (template, uri, found) => {
    expect({ ...parseUriTemplate(template).match(uri) }).toEqual(found);
  });

  test.each([
    ["test://template/{id}/data", "test://template//data"],
    ["test://template/{id}/data", "test://template/a/b/data"],
    ["test://template/{id}", "test://template/a?b"],
    ["x://a{?q}", "x://a?other=1"],
    ["x://a{?q}", "x://a?q=1&q=2"],
    ["x://{a}", "x://%ZZ"],
    ["x://{a,b}", "x://1,2,3"],
    ["x://{a}/{a}", "x://1/2"],
    ["x://{a}/b", "x://1/bc"],
    ["{/a:1,a}", "/w/value"],
  ])("%s does not read %s", (template, uri) => {
    expect(parseUriTemplate(template).match(uri)).toBeUndefined();
  });

  test("reads back what it wrote", () => {
    const word = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
    const template = parseUriTemplate("x://{host}/{id}/at{/path*}{?q,tags*}{#part}");
    fc.assert(
      fc.property(
        fc.record(
          {
            host: word,
            id: word,
            path: fc.array(word, { minLength: 1, maxLength: 4 }),
            q: word,
            tags: fc.array(word, { minLength: 1, maxLength: 4 }),
            // Escapes stand for themselves after #, so a value must not look like one.
            part: word.filter((text) => !text.includes("%")),
          },
          { requiredKeys: ["host", "id"] },
        ),
        (given) => {
          expect({ ...template.match(template.expand(given)) }).toEqual(given);
        },
      ),
      { seed, numRuns: 500 },
    );
  });

  test("never throws, whatever the URI", () => {
    const template = parseUriTemplate("a{b}c{+d}e{/f*}g{?h,i*}{&j}{;k}{.l}{#m}");
    const uri = fc.string({ unit: fc.constantFrom(..."abcdefg/?&=;.#,%20"), maxLength: 30 });
    fc.assert(
      fc.property(uri, (text) => {
        const found = template.match(text);
        expect(found === undefined || typeof found === "object").toBe(true);
      }),
      { seed, numRuns: 1_000 },
    );
  });

  test.each(["{/id*}{?tags*}", "{+a}{+b}{+c}{+d}x", "{a}{b}{c}{d}{e}x", "{/a*}{/b*}{/c*}{/d*}!"])(
    "%s looks at each part and position once, so a hostile URI of 60,000 characters ends",
    (template) => {
      for (const unit of ["/", "a", ",", "/a", "&tags="]) {
        const uri = `${unit.repeat(60_000 / unit.length)}\u0000`;
        expect(parseUriTemplate(`y${template}`).match(uri)).toBeUndefined();
      }
    },
  );
});

describe("a template", () => {
  test("names its variables once each", () => {
    expect(parseUriTemplate("{a}{/b*,a}{?c:3}").variables).toEqual(["a", "b", "c"]);
  });

  test.each([
    ["x{", "has a { without a }"],
    ["x}", "has a } without a {"],
    ["{}", "has the invalid expression {}"],
    ["{=a}", "has the invalid expression {=a}"],
    ["{a b}", "has the invalid expression {a b}"],
    ["{a:0}", "has the invalid expression {a:0}"],
    ["{a*:3}", "has the invalid expression {a*:3}"],
    ["{a,}", "has the invalid expression {a,}"],
  ])("%s is refused", (template, reason) => {
    expect(() => parseUriTemplate(template)).toThrow(reason);
  });

  test("that is too long is refused", () => {
    expect(() => parseUriTemplate("a".repeat(5_000))).toThrow("at most 4000 characters");
  });
});
