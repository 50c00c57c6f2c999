/** Figures as benches print them. */
export interface Spread {
  p50: number;
  p90: number;
  p95: number;
  p99: number;
  max: number;
}

export function spreadOf(samples: readonly number[]): Spread {
  const sorted = [...samples].toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99), max: at(1) };
}

export function inMs({ p50, p90, p99, max }: Spread): string {
  const text = (value: number) => value.toFixed(2).padStart(8);
  return `p50${text(p50)}  p90${text(p90)}  p99${text(p99)}  max${text(max)} ms`;
}

export function perSecond(count: number, durationMs: number): number {
  return Math.round((count / durationMs) * 1_000);
}

/** The one call by which a bench speaks: a row of a table. */
export function print(name: string, figures: string): void {
  process.stdout.write(`${name.padEnd(58)} ${figures}\n`);
}
