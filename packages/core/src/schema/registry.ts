import { type Dialect, draft2020, findDialect } from "./dialect.ts";
import { isPlainObject, SchemaError, shown } from "./error.ts";
import type { JsonSchema, JsonSchemaObject } from "./json-schema.ts";
import { subschemas } from "./locations.ts";
import { resolveUri, splitFragment } from "./uri.ts";

const maxNesting = 200;
/** Nested identifiers are put together: short ones in a small schema could fill the memory. */
const maxUriLength = 10_000;

/** A schema with a URI of its own, the base of the references in it (2020-12 core, section 4.3.5). */
export interface Resource {
  readonly uri: string;
  readonly root: JsonSchema;
  readonly dialect: Dialect;
  readonly anchors: Map<string, JsonSchemaObject>;
  readonly dynamicAnchors: Map<string, JsonSchemaObject>;
}

/** A schema and the resource it belongs to. */
export interface Place {
  readonly schema: JsonSchema;
  readonly resource: Resource;
}

/** Knows every schema resource of one compilation by URI, and follows references among them. */
export class Registry {
  readonly #documents: Map<string, JsonSchema>;
  readonly #resources = new Map<string, Resource>();
  readonly #owners = new Map<JsonSchemaObject, Resource>();
  readonly #maxSubschemas: number;

  constructor(documents: Readonly<Record<string, JsonSchema>>, maxSubschemas: number) {
    this.#documents = new Map(
      Object.entries(documents).map(([uri, document]) => [splitFragment(uri)[0], document]),
    );
    this.#maxSubschemas = maxSubschemas;
  }

  /** Takes in a document and all resources embedded in it. */
  add(document: JsonSchema, uri: string): Resource {
    const outer = this.#resource(uri, document, draft2020);
    if (!isPlainObject(document)) return outer;
    this.#walk(document, outer, 0);
    // A document with an $id of its own answers to both names.
    const resource = this.#owners.get(document) ?? outer;
    this.#resources.set(uri, resource);
    return resource;
  }

  /** The resource `schema` belongs to, if it is not the one its surroundings belong to. */
  ownerOf(schema: JsonSchemaObject, surroundings: Resource): Resource {
    const owner = this.#owners.get(schema);
    return owner?.root === schema ? owner : surroundings;
  }

  /** Every resource taken in so far. */
  resources(): Iterable<Resource> {
    return new Set(this.#resources.values());
  }

  /** Follows `reference` from a schema in `from`; throws a {@link SchemaError} if it leads nowhere. */
  resolve(reference: string, from: Resource): Place {
    const [relative, fragment] = splitFragment(reference);
    const uri = resolveUri(from.uri, relative);
    const resource = uri === from.uri ? from : this.#find(uri, reference);
    if (fragment === "") return { schema: resource.root, resource };
    const name = decode(fragment, reference);
    if (name.startsWith("/")) return this.#point(name, resource, reference);
    const schema = resource.anchors.get(name);
    if (schema) return { schema, resource };
    throw new SchemaError(`The reference ${shown(reference)} names an anchor that does not exist.`);
  }

  #find(uri: string, reference: string): Resource {
    let found = this.#resources.get(uri);
    if (found) return found;
    const document = this.#documents.get(uri);
    if (document !== undefined) return this.add(document, uri);
    // The URI may be that of a resource inside a document not looked at yet.
    for (const [name, other] of this.#documents) {
      if (!this.#resources.has(name)) this.add(other, name);
      found = this.#resources.get(uri);
      if (found) return found;
    }
    // 2026-07-28 basic, JSON Schema usage: a network reference MUST NOT be fetched.
    throw new SchemaError(
      `The reference ${shown(reference)} points outside the schema, and schemas are never fetched; ` +
        "put the target under $defs, or pass it in resources.",
    );
  }

  #point(pointer: string, start: Resource, reference: string): Place {
    let schema: unknown = start.root;
    let resource = start;
    for (const raw of pointer.slice(1).split("/")) {
      const key = raw.replaceAll("~1", "/").replaceAll("~0", "~");
      const parent: unknown = schema;
      schema =
        typeof parent === "object" && parent !== null && Object.hasOwn(parent, key)
          ? (parent as Record<string, unknown>)[key]
          : undefined;
      if (isPlainObject(schema)) resource = this.#owners.get(schema) ?? resource;
    }
    if (typeof schema === "boolean") return { schema, resource };
    if (!isPlainObject(schema)) {
      throw new SchemaError(`The reference ${shown(reference)} points at no schema.`);
    }
    // A pointer may lead under a keyword this engine does not know, where nothing was indexed.
    if (!this.#owners.has(schema)) this.#walk(schema, resource, 0);
    return { schema, resource: this.#owners.get(schema) ?? resource };
  }

  #walk(schema: JsonSchemaObject, outer: Resource, depth: number): void {
    if (this.#owners.has(schema)) return;
    if (depth > maxNesting || this.#owners.size >= this.#maxSubschemas) {
      throw new SchemaError(
        `The schema is too large: at most ${this.#maxSubschemas} subschemas, nested ${maxNesting} deep.`,
      );
    }
    const resource = this.#enter(schema, outer);
    this.#owners.set(schema, resource);
    for (const child of subschemas(schema, resource.dialect)) {
      this.#walk(child, resource, depth + 1);
    }
  }

  /** Notes the identifiers of `schema`; returns the resource it starts, or `outer`. */
  #enter(schema: JsonSchemaObject, outer: Resource): Resource {
    const isRoot = schema === outer.root;
    const { $id, $anchor, $dynamicAnchor, $schema } = schema;
    const dialect =
      $schema !== undefined && (isRoot || $id !== undefined)
        ? findDialect($schema, this.#documents.get(splitFragment(String($schema))[0]))
        : outer.dialect;
    let resource = outer;
    if (dialect.draft === "draft-07") {
      // draft-07 core, section 8.3: everything beside $ref is ignored, $id with it.
      const id = schema.$ref === undefined && typeof $id === "string" ? $id : "";
      const [uri, anchor] = splitFragment(id);
      if (uri || isRoot) resource = this.#resource(resolveUri(outer.uri, uri), schema, dialect);
      if (anchor) resource.anchors.set(anchor, schema);
      return resource;
    }
    if (typeof $id === "string" || isRoot) {
      const [uri, fragment] = splitFragment(typeof $id === "string" ? $id : "");
      if (fragment) {
        throw new SchemaError(`$id ${shown($id)} must have no fragment; use $anchor for that.`);
      }
      resource = this.#resource(resolveUri(outer.uri, uri), schema, dialect);
    }
    if (typeof $anchor === "string") resource.anchors.set($anchor, schema);
    if (typeof $dynamicAnchor === "string") {
      resource.anchors.set($dynamicAnchor, schema);
      resource.dynamicAnchors.set($dynamicAnchor, schema);
    }
    return resource;
  }

  #resource(uri: string, root: JsonSchema, dialect: Dialect): Resource {
    if (uri.length > maxUriLength) {
      throw new SchemaError(
        `The identifier ${shown(uri)} is too long: at most ${maxUriLength} characters, with those of the schemas around it.`,
      );
    }
    const known = this.#resources.get(uri);
    if (known && known.root !== root) {
      throw new SchemaError(`Two different schemas have the identifier ${shown(uri)}.`);
    }
    const resource = {
      uri,
      root,
      dialect,
      anchors: new Map<string, JsonSchemaObject>(),
      dynamicAnchors: new Map<string, JsonSchemaObject>(),
    };
    this.#resources.set(uri, resource);
    return resource;
  }
}

function decode(fragment: string, reference: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    throw new SchemaError(`The reference ${shown(reference)} is not a valid URI reference.`);
  }
}
