/**
 * The browser's half of a DTLS handshake in order and once, whatever the network loses, repeats and swaps (RFC 6347,
 * 4.2.2): werift 0.25 takes messages as they come, and when a flight is repeated whole because a part of it was lost, it
 * makes other keys of it than the browser. Pure.
 *
 * A repeated hello, and a repeated end, are let through: at each werift repeats its own flight, which was lost then.
 */
export interface HandshakeOrder {
  /** @returns the records to be taken now */
  take(datagram: Buffer): Buffer[];
}

export const RECORD_HEADER_BYTES = 13;
const MESSAGE_HEADER_BYTES = 12;
export const HANDSHAKE = 22;
export const CLIENT_HELLO = 1;
const CERTIFICATE_VERIFY = 15;
/** A flight has four messages; a long chain of certificates comes in some fragments. */
const MOST_HELD = 32;

export function createHandshakeOrder(): HandshakeOrder {
  const held = new Map<string, Buffer>();
  /** the message, and the byte of it, that comes next */
  let sequence = 0;
  let offset = 0;
  let isProofHere = false;
  /** the end of a flight whose beginning is missing */
  let end: Buffer | undefined;

  function takeMessage(record: Buffer, ready: Buffer[]): void {
    const message = record.subarray(RECORD_HEADER_BYTES);
    const [itsSequence, itsOffset] = [message.readUInt16BE(4), message.readUIntBE(6, 3)];
    const isHelloAgain = message[0] === CLIENT_HELLO && itsSequence === sequence - 1 && offset === 0;
    if (isHelloAgain) ready.push(record);
    if (itsSequence < sequence || (itsSequence === sequence && itsOffset < offset)) return;
    const isNext = itsSequence === sequence && itsOffset === offset;
    if (isNext || held.size < MOST_HELD) held.set(`${itsSequence} ${itsOffset}`, record);
    for (let next = pull(); next; next = pull()) ready.push(next);
  }

  function pull(): Buffer | undefined {
    const key = `${sequence} ${offset}`;
    const record = held.get(key);
    if (!record) return undefined;
    held.delete(key);
    const message = record.subarray(RECORD_HEADER_BYTES);
    const [length, fragmentLength] = [message.readUIntBE(1, 3), message.readUIntBE(9, 3)];
    offset += fragmentLength;
    // A fragment of nothing would be pulled for ever, and one that is too long is no fragment.
    if (offset >= length || fragmentLength === 0) {
      sequence++;
      offset = 0;
      isProofHere ||= message[0] === CERTIFICATE_VERIFY;
    }
    return record;
  }

  return {
    take(datagram) {
      const ready: Buffer[] = [];
      for (const record of recordsOf(datagram)) {
        const isInClear = record.readUInt16BE(3) === 0;
        if (record[0] !== HANDSHAKE) ready.push(record);
        else if (isInClear) for (const each of messagesOf(record)) takeMessage(each, ready);
        else if (isProofHere) ready.push(record);
        else end = record;
      }
      if (isProofHere && end) {
        ready.push(end);
        end = undefined;
      }
      return ready;
    },
  };
}

/** What is cut off is dropped. */
function recordsOf(datagram: Buffer): Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; at + RECORD_HEADER_BYTES <= datagram.length;) {
    const until = at + RECORD_HEADER_BYTES + datagram.readUInt16BE(at + 11);
    if (until > datagram.length) break;
    records.push(datagram.subarray(at, until));
    at = until;
  }
  return records;
}

/** A record may hold several messages: each as a record of its own. */
function messagesOf(record: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  for (let at = RECORD_HEADER_BYTES; at + MESSAGE_HEADER_BYTES <= record.length;) {
    const until = at + MESSAGE_HEADER_BYTES + record.readUIntBE(at + 9, 3);
    if (until > record.length) break;
    const header = Buffer.from(record.subarray(0, RECORD_HEADER_BYTES));
    header.writeUInt16BE(until - at, 11);
    messages.push(Buffer.concat([header, record.subarray(at, until)]));
    at = until;
  }
  return messages;
}
