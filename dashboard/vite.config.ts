import react from "@vitejs/plugin-react";
import mantine from "postcss-preset-mantine";
import { defineConfig } from "vite";

/** Where `npm run dev:dashboard` finds the API: a server of yours. */
const server = process.env["SWITCHHOOK_URL"] ?? "http://127.0.0.1:4000";
const toServer = { target: server, ws: true };

export default defineConfig({
  plugins: [react()],
  css: { postcss: { plugins: [mantine()] } },
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: { "/api": toServer, "/recordings": toServer, "/rtc": toServer, "/docs": toServer },
  },
  build: {
    target: "es2023",
    // Read by scripts/check-first-load.ts.
    manifest: true,
    // Everything comes from a file with a hash in its name: the content security policy has no `data:` for scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
