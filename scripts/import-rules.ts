// Who may import whom. The reasons are in AGENTS.md, "Import rules".

import type { IForbiddenRuleType } from "dependency-cruiser";

// Every folder of src but these is a domain.
const DOMAINS = "(?!(?:db|http|cli|openapi)/)[a-z-]+";

export const forbidden: IForbiddenRuleType[] = [
  { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
  {
    name: "only-serve-boot-and-tests-import-app",
    severity: "error",
    from: { path: "^src/", pathNot: "^src/(serve|boot)\\.ts$" },
    to: { path: "^src/app\\.ts$" },
  },
  {
    name: "only-main-reads-the-environment",
    severity: "error",
    from: { path: `^src/(${DOMAINS}|db|http)/` },
    to: { path: "^src/(main|serve)\\.ts$" },
  },
  {
    name: "db-and-http-know-no-domain",
    severity: "error",
    from: { path: "^src/(db|http)/" },
    to: { path: `^src/(${DOMAINS})/` },
  },
  {
    name: "no-foreign-stores-or-routes",
    comment: "a domain reaches another's tables and HTTP only through a function that app.ts hands in",
    severity: "error",
    from: { path: `^src/(${DOMAINS})/` },
    to: { path: `^src/(${DOMAINS})/.*-(store|routes)\\.ts$`, pathNot: "^src/$1/" },
  },
  {
    name: "cli-uses-the-public-api",
    comment:
      "commands talk HTTP; they share what receivers share with us, and start the server, or rotate its key, by one function; the doctor asks STUN and the database's clock",
    severity: "error",
    from: { path: "^src/cli/" },
    to: {
      path: "^src/",
      pathNot:
        "^src/(cli/|(serve|secret-rotation|logger|config|clock|errors|ids)\\.ts$|webhooks/(signature|event|assistant-request)\\.ts$|telephony/nat/|db/database-clock\\.ts$)",
    },
  },
  {
    name: "nobody-imports-cli",
    severity: "error",
    from: { path: "^src/", pathNot: "^src/cli/" },
    to: { path: "^src/cli/" },
  },
  {
    name: "commander-only-in-cli",
    severity: "error",
    from: { path: "^src/", pathNot: "^src/cli/" },
    to: { path: "node_modules/commander/" },
  },
  {
    name: "pg-only-in-db",
    severity: "error",
    from: { path: "^src/", pathNot: "^src/db/" },
    to: { path: "node_modules/pg/" },
  },
  {
    name: "livekit-only-behind-conversation-and-speech",
    severity: "error",
    from: { path: "^src/", pathNot: "^src/(conversation|speech)/" },
    to: { path: "node_modules/@livekit/(?!protocol/)" },
  },
  {
    name: "webrtc-only-in-the-gateway",
    comment:
      "rooms, LiveKit's messages and all of WebRTC are the gateway process's; from outside only its program reaches them",
    severity: "error",
    from: { path: "^src/", pathNot: "^src/web-calls/gateway/" },
    to: { path: "^src/web-calls/gateway/|node_modules/(werift|@livekit/protocol)/" },
  },
  {
    name: "join-tokens-have-one-home",
    severity: "error",
    from: { path: "^src/", pathNot: "^src/web-calls/join-token(\\.test)?\\.ts$" },
    to: { path: "node_modules/jose/" },
  },
  {
    name: "conversations-run-in-workers",
    comment:
      "the main process loads neither LiveKit nor a provider: from outside only the worker's program reaches them",
    severity: "error",
    from: { path: "^src/", pathNot: "^src/(conversation|speech)/|^src/call-workers/worker-main\\.ts$" },
    to: {
      path: "^src/(conversation|speech)/",
      pathNot:
        "^src/(conversation/(conversation|extract|sentences|turn-latency|voicemail)|speech/(default-providers|organization-providers|provider-availability|llm/script)|speech/tts/espeak)\\.ts$",
    },
  },
  {
    name: "sip-only-in-telephony",
    severity: "error",
    from: { path: "^src/", pathNot: "^src/telephony/" },
    to: { path: "node_modules/(sip\\.js|rtp\\.js|alawmulaw|libopus-wasm)/" },
  },
  {
    name: "sdp-where-audio-is-negotiated",
    severity: "error",
    from: { path: "^src/", pathNot: "^src/(telephony|web-calls/gateway)/" },
    to: { path: "node_modules/sdp-transform/" },
  },
  {
    name: "nodemailer-only-in-mail",
    severity: "error",
    from: { path: "^src/", pathNot: "^src/mail/" },
    to: { path: "node_modules/nodemailer/" },
  },
  {
    name: "web-sdk-stands-alone",
    comment: "for pages: LiveKit's client, and nothing else",
    severity: "error",
    from: { path: "^sdk/web/src/" },
    to: { pathNot: "^sdk/web/src/|node_modules/livekit-client/" },
  },
  {
    name: "sdk-stands-alone",
    comment:
      "it is a package of its own, for browsers and edge runtimes too: nothing of Node's, nothing of ours",
    severity: "error",
    from: { path: "^sdk/src/" },
    to: { pathNot: "^sdk/src/" },
  },
  {
    name: "dashboard-stands-alone",
    comment: "it knows the server by the public API, whose generated types are the SDK's",
    severity: "error",
    from: { path: "^dashboard/src/" },
    to: { path: "^(src|sdk|demo|test|scripts)/", pathNot: "^sdk/src/generated/api\\.ts$" },
  },
  {
    name: "editors-and-charts-only-in-pages",
    comment: "they are large: only the pages that need them load them",
    severity: "error",
    from: { path: "^dashboard/src/", pathNot: "^dashboard/src/pages/" },
    to: { path: "node_modules/(@codemirror|codemirror|@uiw|uplot|wavesurfer\\.js|livekit-client|diff)/" },
  },
  {
    name: "pages-do-not-import-pages",
    comment: "each is a chunk; what two share is in components/ or api/",
    severity: "error",
    from: { path: "^dashboard/src/pages/([a-z-]+)/" },
    to: { path: "^dashboard/src/pages/", pathNot: "^dashboard/src/pages/$1/" },
  },
  {
    name: "server-does-not-use-sdk-or-dashboard",
    severity: "error",
    from: { path: "^src/" },
    to: { path: "^(sdk|dashboard)/" },
  },
  {
    name: "one-dialer",
    comment: "every outgoing webhook goes through the dialer that vets addresses",
    severity: "error",
    from: { path: "^src/", pathNot: "^src/webhooks/" },
    to: { path: "node_modules/undici/" },
  },
];
