import type { PortRange } from "../config.ts";

/** A leg takes an even port and leaves the odd one after it free. */
const FEWEST_PORTS = 4;

/**
 * The range of ports, cut into a share for each worker, so that none has to ask another which are free. Fewer shares
 * than asked for where the range is too small. Pure.
 */
export function shareOfPorts(range: PortRange, count: number): PortRange[] {
  const ports = range.last - range.first + 1;
  const shares = Math.max(1, Math.min(count, Math.floor(ports / FEWEST_PORTS)));
  // Even, so that no share begins in the middle of a pair.
  const size = Math.floor(ports / shares / 2) * 2;
  return Array.from({ length: shares }, (_, index) => ({
    first: range.first + index * size,
    last: index === shares - 1 ? range.last : range.first + (index + 1) * size - 1,
  }));
}
