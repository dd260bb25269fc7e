// The time zone database as the build leaves it (zones.data): a line of JSON, where in the rest each zone's file is, and the rest.

type Places = Record<string, [at: number, bytes: number]>;

export type Zones = (name: string) => Uint8Array | null;

/** What holds of each zone its file; null if there is no such zone. Throws if these are not the database's bytes, undamaged. */
export function zonesIn(database: Uint8Array): Zones {
  const end = database.indexOf(0x0a);
  const { sum, places } = JSON.parse(new TextDecoder().decode(database.subarray(0, Math.max(end, 0)))) as { sum: number; places: Places };
  const rest = database.subarray(end + 1);
  if (crc32(rest) !== sum) throw new Error('the time zone database is damaged');
  return (name) => {
    if (!Object.hasOwn(places, name)) return null;
    const [at, bytes] = places[name]!;
    return rest.subarray(at, at + bytes);
  };
}

/** As zip files have it. */
export function crc32(bytes: Uint8Array): number {
  const table = Int32Array.from({ length: 256 }, (_, byte) => {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    return sum;
  });
  let sum = -1;
  for (const byte of bytes) sum = table[(sum ^ byte) & 0xff]! ^ (sum >>> 8);
  return ~sum >>> 0;
}
