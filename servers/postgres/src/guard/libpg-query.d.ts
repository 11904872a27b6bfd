/** The compiled parser itself: unlike the package's own entry, each call makes a fresh instance. */
declare module "libpg-query/wasm/libpg-query.js" {
  /** An instance: its memory, and the C functions that work on it. Pointers are byte offsets. */
  export interface ParserModule {
    _malloc(bytes: number): number;
    _free(pointer: number): void;
    _wasm_parse_query_raw(text: number): number;
    _wasm_free_parse_result(result: number): void;
    _wasm_scan(text: number): number;
    _wasm_free_string(text: number): void;
    getValue(pointer: number, type: "i32"): number;
    lengthBytesUTF8(text: string): number;
    stringToUTF8(text: string, pointer: number, bytes: number): void;
    UTF8ToString(pointer: number): string;
  }
  export default function instantiate(): Promise<ParserModule>;
}
