// Go's time zone database, a zip file whose files are not compressed, as zones.ts of the host reads it.
import { crc32 } from 'node:zlib';

// Of the zip format (APPNOTE.TXT, 4.3).
const endRecord = 0x06054b50, directoryEntry = 0x02014b50, endBytes = 22, entryBytes = 46, localBytes = 30;

/** A line of JSON: the checksum of the rest, and by the zone's name where in that it is and how long; then the rest. */
export function zoneDatabase(zip) {
  const end = zip.length - endBytes;
  if (zip.readUInt32LE(end) !== endRecord) throw new Error('zoneinfo.zip: no end of the directory where it should be');
  const places = {}, parts = [];
  let size = 0;
  for (let at = zip.readUInt32LE(end + 16), left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (zip.readUInt32LE(at) !== directoryEntry || zip.readUInt16LE(at + 10) !== 0) throw new Error('zoneinfo.zip: compressed, or damaged');
    const [bytes, nameBytes, extraBytes, remarkBytes] = [zip.readUInt32LE(at + 24), ...[28, 30, 32].map((field) => zip.readUInt16LE(at + field))];
    const name = zip.toString('utf8', at + entryBytes, at + entryBytes + nameBytes);
    const file = zip.readUInt32LE(at + 42);
    const begin = file + localBytes + zip.readUInt16LE(file + 26) + zip.readUInt16LE(file + 28);
    if (!name.endsWith('/')) {
      places[name] = [size, bytes];
      parts.push(zip.subarray(begin, begin + bytes));
      size += bytes;
    }
    at += entryBytes + nameBytes + extraBytes + remarkBytes;
  }
  const rest = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(`${JSON.stringify({ sum: crc32(rest), places })}\n`), rest]);
}
