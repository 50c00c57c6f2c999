/** RTCP on the RTP port, by its second byte (RFC 5761, 4): that much of a packet is never encrypted. */
export function isRtcpPacket(bytes: Buffer): boolean {
  return bytes.length > 1 && bytes[1]! >= 192 && bytes[1]! <= 223;
}
