/** An address as packets have it: 4 bytes, or 16; an IPv4 one in the form of IPv6 is 4. Pure. */
export function addressBytes(address: string): Buffer {
  const bare = address.split("%", 1)[0]!.replace(/^::ffff:(?=\d+\.)/i, "");
  if (bare.includes(".")) return Buffer.from(bare.split(".").map(Number));
  const [head = "", tail] = bare.split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":").map((group) => parseInt(group, 16)));
  const [first, last] = [groups(head), groups(tail ?? "")];
  const all = [...first, ...Array<number>(Math.max(0, 8 - first.length - last.length)).fill(0), ...last];
  const bytes = Buffer.alloc(16);
  for (const [index, group] of all.slice(0, 8).entries()) bytes.writeUInt16BE(group || 0, index * 2);
  return bytes;
}
