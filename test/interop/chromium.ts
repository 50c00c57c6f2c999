import { existsSync } from "node:fs";

const SHELL = "/usr/bin/chromium-headless-shell";

/** Debian's Chromium; where there is its build without a window, that one: it takes a sixth less of the processor. */
export const CHROMIUM = existsSync(SHELL) ? SHELL : "/usr/bin/chromium";
