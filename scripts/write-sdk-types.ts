import { writeFileSync } from "node:fs";
import { renderSdkTypes } from "./sdk-types.ts";

writeFileSync(new URL("../sdk/src/generated/api.ts", import.meta.url), await renderSdkTypes());
