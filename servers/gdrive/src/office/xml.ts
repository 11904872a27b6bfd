/** What happens on the way through a piece of XML. Names keep their prefix, as `w:p`. */
export interface Visitor {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Goes through XML from beginning to end. No entities but XML's own are known, so that nothing can grow. */
export async function visit(xml: string, visitor: Visitor): Promise<void> {
  const { Parser } = await import("htmlparser2");
  const parser = new Parser(
    {
      onopentag: (name, attributes) => visitor.open?.(name, attributes),
      ontext: (text) => visitor.text?.(text),
      onclosetag: (name) => visitor.close?.(name),
    },
    { xmlMode: true },
  );
  parser.end(xml);
}
