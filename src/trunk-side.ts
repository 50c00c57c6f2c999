import { randomBytes } from "node:crypto";
import { lookup } from "node:dns/promises";
import type { Registry } from "prom-client";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Database } from "./db/database.ts";
import type { Logger } from "./logger.ts";
import type { SecretBox } from "./secret-box.ts";
import type { CallSource, Carrier, LegMedia } from "./telephony/carrier.ts";
import { createAdmission, type Admission } from "./telephony/sip/admission.ts";
import { createNonces } from "./telephony/sip/digest-nonce.ts";
import { createRefusalLimit } from "./telephony/sip/refusal-limit.ts";
import type { SipCarrier } from "./telephony/sip/sip-carrier.ts";
import { registerSipMetrics } from "./telephony/sip/sip-metrics.ts";
import { admitCall, createPacedPlaceCall, type Admittance } from "./trunks/call-pace.ts";
import { createTrunkDirectory } from "./trunks/trunk-directory-loop.ts";
import { createTrunkKeeper, type TrunkKeeper } from "./trunks/trunk-keeper.ts";
import {
  downSince,
  keepTrunks,
  listActiveTrunks,
  releaseTrunks,
  saveReachability,
  saveRegistration,
  takeCallSlot,
  trunksVersion,
  type SealedTrunk,
} from "./trunks/trunk-keeping-store.ts";
import type { Trunk } from "./trunks/trunk.ts";

/** A shutdown's patience with registrars that do not answer. */
const UNREGISTER_WITHIN_MS = 2_000;

/** Everything about trunks that runs, on both sides of the carrier: it asks `admission`, and the keeper asks it. */
export interface TrunkSide {
  admission: Admission;
  admit(source: CallSource, organizationId: string): Promise<Admittance>;
  /** the carrier's, no faster than trunks take calls */
  paced(placeCall: Carrier<LegMedia>["placeCall"]): Carrier<LegMedia>["placeCall"];
  /** Before the carrier takes calls. @throws Error when the database cannot be read */
  load(): Promise<void>;
  /** Once the carrier runs. */
  start(carrier: SipCarrier<LegMedia>, registry: Registry): void;
  /** While the carrier still sends. */
  stop(): Promise<void>;
}

export function joinTrunks(options: {
  config: Config;
  db: Database;
  clock: Clock;
  logger: Logger;
  nodeId: string;
  secretBox: SecretBox;
}): TrunkSide {
  const { config, db, clock, logger, nodeId, secretBox } = options;
  const nowMs = () => clock.monotonicMs();
  const takeSlot = (trunkId: string, direction: "inbound" | "outbound", mostMs: number) =>
    takeCallSlot(db, trunkId, direction, mostMs);
  let keeper: TrunkKeeper | undefined;

  const directory = createTrunkDirectory({
    ports: {
      version: () => trunksVersion(db),
      list: async () => (await listActiveTrunks(db)).map((trunk) => unseal(trunk, secretBox)),
      keep: () => keepTrunks(db, nodeId),
      onKept: (trunks) => keeper?.keep(trunks),
      resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
    },
    clock,
    logger,
  });
  const admission = createAdmission({
    trunks: {
      knows: (address) => directory.inbound.knows(address),
      at: (address, port) => directory.inbound.at(address, port),
      named: (username, address) => directory.inbound.named(username, address),
      get haveDigest() {
        return directory.inbound.haveDigest;
      },
    },
    allowed: config.sip.allowedSources,
    nonces: createNonces({ secret: randomBytes(32), nowMs }),
    limit: createRefusalLimit(nowMs),
  });

  return {
    admission,
    admit: (source, organizationId) => admitCall(source, organizationId, takeSlot),
    paced: (placeCall) =>
      createPacedPlaceCall({
        takeSlot,
        downSince: (trunkId) => downSince(db, trunkId),
        placeCall,
        clock,
        logger,
      }),
    load: () => directory.load(),
    start(carrier, registry) {
      registerSipMetrics(registry, { counters: carrier.counters, admission: admission.counters });
      keeper = createTrunkKeeper({
        ports: {
          requests: carrier.requests,
          saveReachability: (id, reachability) => saveReachability(db, nodeId, id, reachability),
          saveRegistration: (id, registration) => saveRegistration(db, nodeId, id, registration),
          random: Math.random,
        },
        clock,
        logger,
      });
      directory.start();
    },
    async stop() {
      await directory.stop();
      await keeper?.stop(UNREGISTER_WITHIN_MS);
      await releaseTrunks(db, nodeId).catch(() => undefined);
    },
  };
}

export function unseal({ sealedPassword, ...trunk }: SealedTrunk, secretBox: SecretBox): Trunk {
  return { ...trunk, password: sealedPassword && secretBox.open(sealedPassword) };
}
