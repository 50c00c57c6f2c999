import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose_gc");
const collect = runInNewContext("gc") as () => void;

/** What is in use afterwards is in use: without it, a measurement says when the collector last ran. */
export function collectGarbage(): void {
  collect();
}
