/** Bytes there is room for at first. */
const USUAL_BYTES = 2048;

/**
 * Messages of PostgreSQL's extended query protocol, one after the other in one piece of memory: to hand the network a
 * dozen small ones costs more than to run what they ask for. All values travel as text.
 */
export class Messages {
  #bytes = Buffer.allocUnsafe(USUAL_BYTES);
  #end = 0;

  /** All messages so far. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#end);
  }

  /** Parses a statement and keeps it under a name, or without one until the next. */
  parse(name: string, sql: string): void {
    this.#begin("P", textBytes(name) + textBytes(sql) + 2);
    this.#text(name);
    this.#text(sql);
    this.#count(0);
  }

  /** Gives a parsed statement values. */
  bind(portal: string, statement: string, values: readonly (string | null)[]): void {
    const bytes = values.reduce((sum, value) => sum + 4 + (value === null ? 0 : bytesOf(value)), 0);
    this.#begin("B", textBytes(portal) + textBytes(statement) + bytes + 6);
    this.#text(portal);
    this.#text(statement);
    this.#count(0);
    this.#count(values.length);
    for (const value of values) this.#value(value);
    this.#count(0);
  }

  /** Asks for the columns that a bound statement will give. */
  describe(portal: string): void {
    this.#begin("D", 1 + textBytes(portal));
    this.#letter("P");
    this.#text(portal);
  }

  /** Runs a bound statement, or goes on with it, until it has given so many rows; 0 is all. */
  execute(portal: string, rows: number): void {
    this.#begin("E", textBytes(portal) + 4);
    this.#text(portal);
    this.#number(rows);
  }

  /** Ends a bound statement. */
  close(portal: string): void {
    this.#begin("C", 1 + textBytes(portal));
    this.#letter("P");
    this.#text(portal);
  }

  /** Lets a statement go that was kept under a name. */
  forget(name: string): void {
    this.#begin("C", 1 + textBytes(name));
    this.#letter("S");
    this.#text(name);
  }

  /** Has the server send what it has to say so far. */
  flush(): void {
    this.#begin("H", 0);
  }

  /** Ends what is answered, and skipped, in one piece. */
  sync(): void {
    this.#begin("S", 0);
  }

  #begin(type: string, bytes: number): void {
    this.#makeRoom(5 + bytes);
    this.#letter(type);
    this.#number(4 + bytes);
  }

  #makeRoom(bytes: number): void {
    const needed = this.#end + bytes;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }

  #letter(letter: string): void {
    this.#end = this.#bytes.writeUInt8(letter.charCodeAt(0), this.#end);
  }

  #count(value: number): void {
    this.#end = this.#bytes.writeUInt16BE(value, this.#end);
  }

  #number(value: number): void {
    this.#end = this.#bytes.writeInt32BE(value, this.#end);
  }

  #text(text: string): void {
    this.#end += this.#bytes.write(text, this.#end);
    this.#end = this.#bytes.writeUInt8(0, this.#end);
  }

  #value(value: string | null): void {
    if (value === null) return this.#number(-1);
    this.#number(bytesOf(value));
    this.#end += this.#bytes.write(value, this.#end);
  }
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

/** A text in a message ends with a NUL. */
function textBytes(text: string): number {
  return bytesOf(text) + 1;
}
