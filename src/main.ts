import { keepCompiledCode } from "./compiled-code.ts";

// `npm start`; `switchhook start` calls the same function.

keepCompiledCode();
const { serve } = await import("./serve.ts");
await serve(process.env);
