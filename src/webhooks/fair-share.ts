/** One endpoint that has something due. Endpoints that share a receiver share its places too. */
export interface Claimant {
  endpointId: string;
  receiver: string;
}

/**
 * Divides free places among endpoints: one each in turn until places or needs run out (round robin; with requests of
 * equal cost the same as deficit round robin). The turn begins after the endpoint that was served last, so that with
 * fewer places than endpoints each gets its turn. Pure.
 *
 * @param placesOf  how many more requests a receiver may have in flight
 * @param after     where the last turn ended; unknown: at the beginning
 * @returns places by endpoint, and where this turn ended
 */
export function shareFairly(
  claimants: readonly Claimant[],
  room: number,
  placesOf: (receiver: string) => number,
  after: string | undefined,
): { shares: Map<string, number>; last: string | undefined } {
  const start = claimants.findIndex(({ endpointId }) => endpointId === after) + 1;
  let turn = [...claimants.slice(start), ...claimants.slice(0, start)];
  const left = new Map<string, number>();
  const shares = new Map<string, number>();
  let last: string | undefined;
  let rest = room;
  while (rest > 0 && turn.length > 0) {
    const again: Claimant[] = [];
    for (const claimant of turn) {
      if (rest === 0) break;
      const places = left.get(claimant.receiver) ?? placesOf(claimant.receiver);
      if (places <= 0) continue;
      left.set(claimant.receiver, places - 1);
      shares.set(claimant.endpointId, (shares.get(claimant.endpointId) ?? 0) + 1);
      last = claimant.endpointId;
      rest--;
      again.push(claimant);
    }
    turn = again;
  }
  return { shares, last };
}
