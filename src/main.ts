import { serve } from "./serve.ts";

// `npm start`; `switchhook start` calls the same function.

await serve(process.env);
