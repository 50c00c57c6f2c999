import { startApp, type App } from "./app.ts";
import type { Watch } from "./calls/call-timeline.ts";
import type { Config } from "./config.ts";
import { openInstallation } from "./installation.ts";
import type { Logger } from "./logger.ts";
import type { TraceSip } from "./telephony/sip/sip-endpoint.ts";

export type BootResult = { outcome: "started"; app: App } | { outcome: "in-use"; dataDirectory: string };

/** From a configuration to a running server: data folder, database, lock, app. */
export async function boot(options: {
  config: Config;
  logger: Logger;
  /** somebody else has taken the folder over while the database was away: this process has to end */
  onLockLost: () => void;
  watch?: Watch | undefined;
  traceSip?: TraceSip | undefined;
}): Promise<BootResult> {
  const { config, logger } = options;
  const opened = await openInstallation(options);
  if (opened.outcome === "in-use") return opened;
  const { connectionString, dataDirectory, notice, close } = opened.installation;
  try {
    const app = await startApp({
      config,
      connectionString,
      dataDirectory,
      logger,
      watch: options.watch,
      traceSip: options.traceSip,
    });
    const stop = async () => {
      await app.stop();
      await close();
    };
    const notices = notice ? [notice, ...app.notices] : app.notices;
    return { outcome: "started", app: { ...app, notices, stop } };
  } catch (error) {
    await close();
    throw error;
  }
}
