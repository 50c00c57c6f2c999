import { expect, test } from "vitest";
import { planTransfer, type TransferSituation } from "./transfer-plan.ts";

const peer = { address: "192.0.2.1", port: 5_060, protocol: "UDP" } as const;
const trunk = { address: "192.0.2.9", port: 5_060, protocol: "UDP" } as const;
const plain: TransferSituation = {
  isWarm: false,
  takesTransfers: true,
  refer: undefined,
  transferTrunk: undefined,
  peer,
};
const bridgeBy = (target: object) => ({ way: "bridge", trunk: target });
const refer = { way: "refer" };

test.each<[string, Partial<TransferSituation>, object[]]>([
  ["no transfer trunk: REFER, else a leg back to where the call came from", {}, [refer, bridgeBy(peer)]],
  ["the trunk says auto", { refer: "auto" }, [refer, bridgeBy(peer)]],
  ["the trunk says never", { refer: "never" }, [bridgeBy(peer)]],
  ["the far end does not take REFER", { takesTransfers: false }, [bridgeBy(peer)]],
  ["warm", { isWarm: true }, [bridgeBy(peer)]],
  ["a transfer trunk elsewhere: transfers go out by it", { transferTrunk: trunk }, [bridgeBy(trunk)]],
  [
    "a transfer trunk that the call itself uses; its credentials go along",
    { transferTrunk: { ...peer, credentials: { username: "a", password: "b" } } },
    [refer, bridgeBy({ ...peer, credentials: { username: "a", password: "b" } })],
  ],
  [
    "the same address and another port is another server",
    { transferTrunk: { ...peer, port: 5_070 } },
    [bridgeBy({ ...peer, port: 5_070 })],
  ],
  ["warm by a transfer trunk", { isWarm: true, transferTrunk: trunk }, [bridgeBy(trunk)]],
  ["nobody knows a way back", { peer: undefined, takesTransfers: false }, []],
  ["nobody knows a way back, but the far end may", { peer: undefined }, [refer]],
])("%s", (_sentence, more, ways) => {
  expect(planTransfer({ ...plain, ...more })).toEqual(ways);
});
