import { isPlainObject, SchemaError, shown } from "./error.ts";
import type { JsonSchema, JsonSchemaObject } from "./json-schema.ts";
import type { Builder } from "./keywords/builder.ts";
import { every } from "./keywords/combine.ts";
import { keywordsOf } from "./keywords/index.ts";
import { ref } from "./keywords/reference.ts";
import { unevaluated } from "./keywords/unevaluated.ts";
import { type Place, Registry, type Resource } from "./registry.ts";
import { LimitReached, type Rule, type Run, type Scope } from "./run.ts";
import { splitFragment } from "./uri.ts";

/** How schemas are compiled. Reuse one object: checks are kept for each schema and options object. */
export interface CompileOptions {
  /** Documents that `$ref` and `$schema` may name, by absolute URI. Nothing else is ever loaded. */
  readonly resources?: Readonly<Record<string, JsonSchema>>;
  /** Checks for `format`; without them, or for names not among them, `format` is an annotation. */
  readonly formats?: Readonly<Record<string, (text: string) => boolean>>;
  /** How many references a check may be inside of at once; 512 unless told. */
  readonly maxDepth?: number;
  /** How much work one check may do, roughly in items, properties and alternatives looked at; 50 million unless told. */
  readonly maxSteps?: number;
  /** How many subschemas a schema and its resources may have together; 20,000 unless told. */
  readonly maxSubschemas?: number;
}

/** How a {@link Compilation} goes about it. */
export interface CompilationOptions extends CompileOptions {
  /**
   * Compiles what a reference leads to when a value first gets there. What is wrong with it is found only then, and so is
   * a `$dynamicRef`, which would be taken for a `$ref`.
   */
  readonly isLazy?: boolean;
}

/** A place for a rule that may still be compiling, so that schemas can refer to themselves, or be compiled later. */
interface Cell {
  rule: Rule | undefined;
  /** Compiles it; not there while and after that is done. */
  later?: (() => Rule) | undefined;
}

/** Turns the schemas of one registry into rules, each once. */
export class Compilation {
  readonly #registry: Registry;
  readonly #options: CompilationOptions;
  readonly #cells = new Map<Resource, Map<JsonSchemaObject, Cell>>();
  readonly #dynamic = new Map<string, Map<Resource, Cell>>();

  constructor(options: CompilationOptions) {
    this.#options = options;
    this.#registry = new Registry(options.resources ?? {}, options.maxSubschemas ?? 20_000);
  }

  /** Compiles a document and everything it refers to. */
  compile(document: JsonSchema): { rule: Rule; scope: Scope } {
    const resource = this.#registry.add(document, "");
    const cell = this.#cell({ schema: document, resource });
    this.#compileDynamicAnchors();
    return { rule: ruleOf(cell), scope: { resource, outer: undefined } };
  }

  #cell({ schema, resource }: Place, isLater = false): Cell {
    if (typeof schema === "boolean") return { rule: schema ? accept : refuse };
    const cells = this.#cells.get(resource) ?? new Map<JsonSchemaObject, Cell>();
    this.#cells.set(resource, cells);
    const known = cells.get(schema);
    if (known) return known;
    const cell: Cell = { rule: undefined };
    cells.set(schema, cell);
    cell.later = () => {
      cell.later = undefined;
      cell.rule = this.#rule(schema, resource);
      return cell.rule;
    };
    if (!isLater) cell.later();
    return cell;
  }

  #rule(schema: JsonSchemaObject, resource: Resource): Rule {
    const builder = this.#builder(resource);
    if (resource.dialect.draft === "draft-07") {
      // draft-07 core, section 8.3: all that stands beside $ref is ignored.
      const alone = ref(schema, builder);
      if (alone) return alone;
    }
    const rules: Rule[] = [];
    for (const keyword of keywordsOf(resource.dialect)) {
      const rule = keyword(schema, builder);
      if (rule) rules.push(rule);
    }
    const all = rules.length === 0 ? accept : every(rules);
    return resource.dialect.vocabularies.has("unevaluated") && resource.dialect.draft === "2020-12"
      ? unevaluated(all, schema, builder)
      : all;
  }

  #builder(resource: Resource): Builder {
    return {
      resource,
      child: (schema, keyword) => this.#child(schema, keyword, resource),
      reference: (target) => this.#reference(target, resource),
      dynamicReference: (target) => this.#dynamicReference(target, resource),
      format: (name) => this.#format(name, resource),
    };
  }

  #child(schema: unknown, keyword: string, from: Resource): Rule {
    if (typeof schema === "boolean") return schema ? accept : refuse;
    if (!isPlainObject(schema)) {
      throw new SchemaError(`${keyword} must hold a schema, not ${shown(schema)}.`);
    }
    const resource = this.#registry.ownerOf(schema, from);
    const rule = ruleOf(this.#cell({ schema, resource }));
    return resource === from ? rule : entering(resource, rule);
  }

  #reference(target: string, from: Resource): Rule {
    const place = this.#registry.resolve(target, from);
    const rule = bounded(this.#cell(place, this.#options.isLazy));
    return place.resource === from ? rule : entering(place.resource, rule);
  }

  #dynamicReference(target: string, from: Resource): Rule {
    const place = this.#registry.resolve(target, from);
    const name = decodeURIComponent(splitFragment(target)[1]);
    const fixed = this.#reference(target, from);
    // 2020-12 core, section 8.2.3.2: dynamic only if the first target is itself a $dynamicAnchor.
    if (place.resource.dynamicAnchors.get(name) !== place.schema) return fixed;
    const known = this.#dynamic.get(name) ?? new Map<Resource, Cell>();
    this.#dynamic.set(name, known);
    return (value, run, seen) => {
      let cell: Cell | undefined;
      let resource: Resource | undefined;
      for (let scope: Scope | undefined = run.scope; scope; scope = scope.outer) {
        run.spend(1);
        const candidate = known.get(scope.resource);
        if (candidate) [cell, resource] = [candidate, scope.resource];
      }
      if (!cell || !resource) return fixed(value, run, seen);
      return entering(resource, bounded(cell))(value, run, seen);
    };
  }

  /** Compiles what each `$dynamicRef` may reach; doing so can bring in further ones. */
  #compileDynamicAnchors(): void {
    let before: number;
    do {
      before = this.#compiled();
      for (const [name, cells] of this.#dynamic) {
        for (const resource of this.#registry.resources()) {
          const schema = resource.dynamicAnchors.get(name);
          if (schema && !cells.has(resource)) cells.set(resource, this.#cell({ schema, resource }));
        }
      }
    } while (this.#compiled() > before);
  }

  #compiled(): number {
    let count = 0;
    for (const cells of this.#dynamic.values()) count += cells.size + 1;
    return count;
  }

  #format(name: string, resource: Resource): ((text: string) => boolean) | undefined {
    const { formats } = this.#options;
    if (formats && Object.hasOwn(formats, name)) return formats[name];
    if (!resource.dialect.assertsFormat) return undefined;
    throw new SchemaError(
      `The schema's dialect asserts formats, but no check for ${shown(name)} was given in formats.`,
    );
  }
}

const accept: Rule = () => true;
const refuse: Rule = (_value, run) => run.fail("false", "is not allowed");

/** The rule in `cell`; while it is still to be compiled, one that will find it later. */
function ruleOf(cell: Cell): Rule {
  return cell.rule ?? ((value, run, seen) => compiled(cell)(value, run, seen));
}

function compiled(cell: Cell): Rule {
  return cell.rule ?? (cell.later as () => Rule)();
}

/** A reference: the only way a schema can apply itself again, so depth and work are counted here. */
function bounded(cell: Cell): Rule {
  return (value, run, seen) => {
    run.spend(1);
    run.depth += 1;
    if (run.depth > run.maxDepth) throw new LimitReached("is nested too deeply to check");
    const ok = compiled(cell)(value, run, seen);
    run.depth -= 1;
    return ok;
  };
}

/** Applies `rule` with `resource` on the dynamic scope. */
function entering(resource: Resource, rule: Rule): Rule {
  return (value, run: Run, seen) => {
    const outer = run.scope;
    run.scope = { resource, outer };
    const ok = rule(value, run, seen);
    run.scope = outer;
    return ok;
  };
}
