import { mkdirSync, writeFileSync } from "node:fs";
import { renderSdkTypes, SDK_TYPES_URL } from "./sdk-types.ts";

mkdirSync(new URL(".", SDK_TYPES_URL), { recursive: true });
writeFileSync(SDK_TYPES_URL, await renderSdkTypes());
