// What the programs share: the address of the server, and a comparison.
export const base = process.argv[2] ?? "";

export function same(what: string, got: unknown, want: unknown) {
  if (JSON.stringify(got) !== JSON.stringify(want)) {
    throw new Error(`${what}: ${JSON.stringify(got)} is not ${JSON.stringify(want)}`);
  }
}
