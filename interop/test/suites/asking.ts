import { type ElicitRequestParams, isModern } from "@portico/core";
import { describe, expect, test } from "vitest";
import { textOf } from "./content.ts";
import { EVERYTHING, type Visit } from "./everything.ts";

/** What a server asks of the client, its user and its model. */
export function testAsking(visit: Visit): void {
  const { revision } = visit;
  const call = async (name: string) => textOf(await visit.peer.callTool(name));

  describe.runIf(revision >= "2025-06-18")("elicitation", () => {
    test("the user fills in a form", async () => {
      let asked: ElicitRequestParams | undefined;
      visit.answer = (params) => {
        asked = params;
        return { action: "accept", content: { name: "Ann", age: 33 } };
      };
      expect(await call("ask_form")).toBe("Ann is 33");
      expect(asked).toMatchObject({
        message: "Who are you?",
        requestedSchema: {
          type: "object",
          properties: { name: { type: "string", title: "Name", minLength: 1 } },
          required: ["name", "age"],
        },
      });
    });

    test.each(["decline", "cancel"] as const)("the user may %s", async (action) => {
      visit.answer = () => ({ action });
      expect(await call("ask_form")).toBe(action);
    });

    test("questions come one after the other, and a step in between is done once", async () => {
      const names = ["Ann", "Bob"];
      visit.answer = () => ({ action: "accept", content: { name: names.shift() ?? "", age: 1 } });
      expect(await call("ask_twice")).toBe("Ann, Bob, step done again 0 times");
    });

    test.runIf(revision >= "2025-11-25")("the user chooses one and several", async () => {
      visit.answer = () => ({ action: "accept", content: { colour: "g", toppings: ["nuts"] } });
      expect(JSON.parse(await call("ask_choice"))).toEqual({ colour: "g", toppings: ["nuts"] });
    });
  });

  describe.runIf(revision >= "2025-11-25")("elicitation on a page", () => {
    const accept = (pages: string[]) => (params: ElicitRequestParams) => {
      if (params.mode === "url") pages.push(params.url);
      return { action: "accept" } as const;
    };

    test("the user is sent there, and the client told when they are done", async () => {
      const pages: string[] = [];
      visit.answer = accept(pages);
      expect(await call("ask_page")).toBe("accept");
      expect(pages).toEqual(["https://example.com/sign-in"]);
      // Since 2026-07-28 there is no such message.
      if (!isModern(revision)) expect(await visit.completed.next()).toBe("sign-in");
    });

    test("a call may need a visit first", async () => {
      const pages: string[] = [];
      visit.answer = accept(pages);
      if (isModern(revision) || visit.visitsByItself) {
        expect(await call("need_page")).toBe("welcome");
        expect(pages).toEqual(["https://example.com/account"]);
      } else {
        const url = "https://example.com/account";
        const elicitations = [expect.objectContaining({ mode: "url", url })];
        const error = { code: -32042, data: { elicitations } };
        await expect(call("need_page")).rejects.toMatchObject(error);
        expect(await call("need_page")).toBe("welcome");
      }
    });
  });

  test("the model answers", async () => {
    expect(await call("ask_model")).toBe('test-model: {"type":"text","text":"heard 1"}');
  });

  test.runIf(revision >= "2025-11-25")("the model may use tools", async () => {
    expect(await call("ask_model_with_tools")).toMatch(/^toolUse: .*"weather"/);
  });

  test("the roots are the newest", async () => {
    visit.roots = [{ uri: "file:///project", name: "project" }];
    expect(await call("ask_roots")).toBe("project file:///project");
    visit.roots = [{ uri: "file:///other" }];
    // Since 2026-07-28 a server asks each time.
    if (!isModern(revision)) await visit.peer.rootsChanged();
    expect(await call("ask_roots")).toBe(" file:///other");
  });

  test("a client that cannot be asked is told what is missing", async () => {
    const peer = await visit.meet([EVERYTHING]);
    try {
      const asked = peer.callTool("ask_model");
      if (revision >= "2026-07-28") {
        await expect(asked).rejects.toMatchObject({ code: -32021 });
      } else {
        const result = await asked;
        expect(result.isError).toBe(true);
        expect(textOf(result)).toContain("sampling");
      }
    } finally {
      await peer.close();
    }
  });
}
