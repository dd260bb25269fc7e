// Go counts columns in bytes of UTF-8, editors in UTF-16 units.

/** The UTF-16 offset in `line` of the byte column `column` (from 1), at most the line's end. */
export function offsetOfColumn(line: string, column: number): number {
  let bytes = 1;
  let offset = 0;
  for (const char of line) {
    if (bytes >= column) break;
    bytes += utf8Length(char.codePointAt(0)!);
    offset += char.length;
  }
  return offset;
}

const utf8Length = (codePoint: number): number =>
  codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
