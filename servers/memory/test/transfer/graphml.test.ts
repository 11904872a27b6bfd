import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import type { GraphRecord } from "../../src/graph/types.ts";
import { anyGraph, anyText, read, written } from "./support.ts";

describe("the GraphML we write", () => {
  test("is XML whatever is stored, and its edges lead to nodes", async () => {
    await fc.assert(
      fc.asyncProperty(anyGraph, async (graph) => {
        const { text } = await written("graphml", graph);
        const nodes = new Set<string>();
        const ends: (string | undefined)[] = [];
        const parser = new SaxesParser({ xmlns: true });
        parser.on("opentag", ({ name, attributes }) => {
          if (name === "node") nodes.add(attributes.id?.value ?? "");
          if (name === "edge") ends.push(attributes.source?.value, attributes.target?.value);
        });
        parser.write(text).close();
        for (const end of ends) expect(nodes).toContain(end);
        expect(ends).toHaveLength(2 * graph.filter(({ kind }) => kind === "relation").length);
      }),
      { seed: 46, numRuns: 200 },
    );
  });

  test("says what XML cannot hold, and still gives it back", async () => {
    const entity: GraphRecord = {
      kind: "entity",
      name: "bell \u0007",
      entityType: "a\u0001b\uffff",
      observations: ["rings \u0007"],
    };
    const { text, said } = await written("graphml", [entity]);
    expect(said).toEqual([expect.stringContaining("2 names or types")]);
    expect(text).toContain('<data key="name">bell \ufffd</data>');
    expect(await read("graphml", text)).toEqual({ records: [entity], said: [] });
  });

  test("has a node for what a relation leads to that does not exist", async () => {
    const relation: GraphRecord = { kind: "relation", from: "a", to: "b", relationType: "knows" };
    const { text } = await written("graphml", [relation]);
    expect(text.match(/<node /g)).toHaveLength(2);
    expect((await read("graphml", text)).records).toEqual([relation]);
  });
});

describe("GraphML of other programs", () => {
  test("of yEd: labels of drawn nodes and edges, groups, descriptions", async () => {
    const yed = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
  <!--Created by yEd 3.25-->
  <key for="node" id="d4" attr.name="url" attr.type="string"/>
  <key for="node" id="d5" attr.name="description" attr.type="string"/>
  <key for="node" id="d6" yfiles.type="nodegraphics"/>
  <key for="edge" id="d9" yfiles.type="edgegraphics"/>
  <graph edgedefault="directed" id="G">
    <edge id="e0" source="n0" target="n1::n0"><data key="d9"><y:PolyLineEdge>
      <y:LineStyle color="#000000"/><y:EdgeLabel alignment="center">owns<y:LabelModel/></y:EdgeLabel></y:PolyLineEdge></data></edge>
    <node id="n0">
      <data key="d4"><![CDATA[https://example.com/?a=1&b=2]]></data>
      <data key="d5"><![CDATA[Makes <anvils>]]></data>
      <data key="d6"><y:ShapeNode><y:Geometry height="30.0"/>
        <y:NodeLabel fontSize="12">Acme &amp; Co<y:LabelModel><y:SmartNodeLabelModel/></y:LabelModel></y:NodeLabel>
      </y:ShapeNode></data>
    </node>
    <node id="n1" yfiles.foldertype="group">
      <data key="d6"><y:GroupNode><y:NodeLabel>Plant</y:NodeLabel><y:NodeLabel>closed</y:NodeLabel></y:GroupNode></data>
      <graph edgedefault="directed" id="n1:">
        <node id="n1::n0"><data key="d5"/><data key="d6"><y:ShapeNode><y:NodeLabel>Anvil</y:NodeLabel></y:ShapeNode></data></node>
      </graph>
    </node>
  </graph>
</graphml>`;
    expect(await read("graphml", yed)).toEqual({
      records: [
        {
          kind: "entity",
          name: "Acme & Co",
          entityType: "node",
          observations: ["Makes <anvils>"],
          extra: { url: "https://example.com/?a=1&b=2" },
        },
        { kind: "entity", name: "Anvil", entityType: "node", observations: [] },
        { kind: "entity", name: "Plant", entityType: "node", observations: [] },
        { kind: "relation", from: "Acme & Co", to: "Anvil", relationType: "owns" },
      ],
      said: [],
    });
  });

  test("of Gephi: labels, defaults, other attributes as fields", async () => {
    const gephi = `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key attr.name="label" attr.type="string" for="node" id="label"/>
<key attr.name="Edge Label" attr.type="string" for="edge" id="edgelabel"/>
<key attr.name="weight" attr.type="double" for="edge" id="weight"/>
<key attr.name="Type" attr.type="string" for="node" id="t"><default>person</default></key>
<graph edgedefault="undirected">
<node id="1"><data key="label">Ann</data></node>
<node id="2"><data key="label">Ann</data><data key="t">robot</data></node>
<node id="3"/>
<edge source="1" target="2"><data key="edgelabel">knows</data><data key="weight">2.0</data></edge>
<edge source="1" target="3"/>
</graph></graphml>`;
    expect((await read("graphml", gephi)).records).toEqual([
      { kind: "entity", name: "Ann", entityType: "person", observations: [] },
      { kind: "entity", name: "Ann (2)", entityType: "robot", observations: [] },
      { kind: "entity", name: "3", entityType: "person", observations: [] },
      {
        kind: "relation",
        from: "Ann",
        to: "Ann (2)",
        relationType: "knows",
        extra: { weight: "2.0" },
      },
      { kind: "relation", from: "Ann", to: "3", relationType: "is related to" },
    ]);
  });

  test("with attributes named as ours: they change no names and are kept", async () => {
    const text = `<graphml>
<key id="l" for="node" attr.name="label"/><key id="n" for="node" attr.name="name"/>
<key id="f" for="edge" attr.name="from"/><key id="y" for="node" attr.name="type"/><key id="k" for="node" attr.name="entity type"/>
<graph><node id="1"><data key="l">Ann</data><data key="n">ann_1</data><data key="k">person</data><data key="y">x</data></node>
<edge source="1" target="1"><data key="f">elsewhere</data></edge></graph></graphml>`;
    expect((await read("graphml", text)).records).toEqual([
      {
        kind: "entity",
        name: "Ann",
        entityType: "person",
        observations: [],
        extra: { "graphml name": "ann_1", "graphml type": "x" },
      },
      {
        kind: "relation",
        from: "Ann",
        to: "Ann",
        relationType: "is related to",
        extra: { "graphml from": "elsewhere" },
      },
    ]);
  });

  test("tells of edges that no relation can be", async () => {
    const { said } = await read(
      "graphml",
      '<graphml><graph><node id="a"/><hyperedge><endpoint node="a"/></hyperedge></graph></graphml>',
    );
    expect(said).toEqual([expect.stringContaining("left out: 1")]);
  });

  test.each([
    ["another document", "<html></html>", "the first element must be graphml"],
    ["a document that breaks off", "<graphml><graph>", "This is no GraphML"],
    ["no document", "alice knows bob", "This is no GraphML"],
    [
      "entities of its own, which could be without end",
      '<!DOCTYPE graphml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><graphml>&b;</graphml>',
      "undefined entity",
    ],
    [
      "text of other files",
      '<!DOCTYPE graphml [<!ENTITY a SYSTEM "file:///etc/passwd">]><graphml>&a;</graphml>',
      "undefined entity",
    ],
    ["another encoding", '<?xml version="1.0" encoding="UTF-16"?><graphml/>', "UTF-8"],
  ])("refuses %s", async (_, text, reason) => {
    await expect(read("graphml", text)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining(reason),
    });
  });

  test("is refused in one sentence whatever it holds", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const read_ = read("graphml", `<graphml><graph>${text}</wrong></graphml>`);
        await expect(read_).rejects.toMatchObject({
          name: "GraphError",
          message: expect.not.stringMatching(/[\n\r]/),
        });
      }),
      { seed: 47 },
    );
  });
});
