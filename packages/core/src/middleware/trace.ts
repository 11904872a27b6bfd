import {
  type Attributes,
  trace as api,
  type Context,
  context,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
} from "@opentelemetry/api";
import type { Call, TraceContext } from "../kernel/call.ts";
import type { Middleware } from "../kernel/compose.ts";
import type { Outcome } from "../kernel/outcome.ts";
import { traceOf } from "../kernel/trace-of.ts";
import { nameOf, observe, observer, statusOf, uriOf } from "./facts.ts";
import { KnownNames } from "./known-names.ts";
import { printable, printableUri } from "./printable.ts";

/**
 * Makes an OpenTelemetry span of each call, by the semantic conventions for MCP (development status): named
 * `tools/call NAME`, a child of the trace in the request's `_meta`. Where the process has no OpenTelemetry SDK
 * it does nothing. The run of a task is a span of its own under the one of its request. Further in, `call.trace` names this span, so that what a call starts belongs to it.
 */
export function trace(): Middleware {
  const names = new KnownNames();
  const tracer = api.getTracer("@portico/core");
  return observer(function traceCall(call, next) {
    const ambient = context.active();
    const parent = parentOf(call, ambient);
    const link = parent === ambient ? undefined : api.getSpanContext(ambient);
    const span = tracer.startSpan(
      spanName(call.method, nameOf(call)),
      {
        kind: SpanKind.SERVER,
        attributes: attributesOf(call),
        ...(link && { links: [{ context: link }] }),
      },
      parent,
    );
    if (!isSpanContextValid(span.spanContext())) return next(call);
    const inner = api.setSpan(parent, span);
    return context.with(inner, () =>
      observe(within(call, inner), next, (outcome) => {
        names.learn(call, outcome);
        if (outcome.kind === "error") span.updateName(boundedName(call, names));
        finish(span, outcome, call);
      }),
    );
  });
}

/**
 * The context a span belongs in: that of the request, which may have come through several HTTP requests or none;
 * where one tool calls another, that of the tool.
 */
function parentOf(call: Call, ambient: Context): Context {
  if ((call.depth ?? 0) > 0 && api.getSpan(ambient)) return ambient;
  const carried = traceOf(call);
  return carried === undefined ? ambient : propagation.extract(ROOT_CONTEXT, carried);
}

function spanName(method: string, name: string | undefined): string {
  return printable(name === undefined ? method : `${method} ${name}`);
}

/** The name of a span whose call failed: of what callers make up, which has no end, nothing is in it. */
function boundedName(call: Call, names: KnownNames): string {
  const method = names.hasMethod(call.method) ? call.method : "unknown method";
  return spanName(method, names.hasNameOf(call) ? nameOf(call) : undefined);
}

function attributesOf(call: Call): Attributes {
  const name = nameOf(call);
  const uri = uriOf(call);
  const { id } = call;
  const isTool = call.method === "tools/call";
  return {
    "mcp.method.name": printable(call.method),
    "mcp.protocol.version": call.revision,
    ...(isTool && { "gen_ai.operation.name": "execute_tool" }),
    ...(name !== undefined && {
      [isTool ? "gen_ai.tool.name" : "gen_ai.prompt.name"]: printable(name),
    }),
    ...(uri !== undefined && { "mcp.resource.uri": printableUri(uri) }),
    ...(id !== undefined && { "jsonrpc.request.id": printable(String(id)) }),
  };
}

/** The same call, which carries the span's context further in. */
function within(call: Call, inner: Context): Call {
  const trace: TraceContext = {};
  propagation.inject(inner, trace);
  // All else is read from the call itself, when it is needed: it makes some of it on demand.
  return new Proxy(call, {
    get: (target, name) => (name === "trace" ? trace : Reflect.get(target, name)),
  });
}

function finish(span: Span, outcome: Outcome, call: Call): void {
  const status = statusOf(outcome, call);
  if (status === "tool_error") {
    span.setAttribute("error.type", status);
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  if (outcome.kind === "error") {
    const code = String(outcome.error.code);
    span.setAttribute("error.type", status === "cancelled" ? status : code);
    span.setAttribute("rpc.response.status_code", code);
    span.setStatus({ code: SpanStatusCode.ERROR, message: printable(outcome.error.message) });
  }
  span.end();
}
