// The time zone database as the build leaves it (zones.data): a line of JSON, where in the rest each zone's file is, and the rest.

type Places = Record<string, [at: number, bytes: number]>;

/** What its file holds; null if there is no such zone. Throws if these are not the database's bytes. */
export function zoneIn(database: Uint8Array, name: string): Uint8Array | null {
  const end = database.indexOf(0x0a);
  const places = JSON.parse(new TextDecoder().decode(database.subarray(0, Math.max(end, 0)))) as Places;
  if (!Object.hasOwn(places, name)) return null;
  const [at, bytes] = places[name]!;
  return database.subarray(end + 1 + at, end + 1 + at + bytes);
}
