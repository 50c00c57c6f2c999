import { z } from "zod";
import { readAddressRange } from "./address-range.ts";
import { readTrunkAddress } from "./trunk-address.ts";

const text = z.string().max(255).regex(/\S/, "must not be empty");
const secret = z.string().min(1).max(255).nullish();

/** The shape of older documentation (`host`, `port`, `username`, `password`; facts 2.5) said in the words of today's. */
function inTodaysWords(body: unknown): unknown {
  if (typeof body !== "object" || body === null || !("host" in body) || "address" in body) return body;
  const { host, port, username, password, ...rest } = body as Record<string, unknown>;
  return {
    provider: "sip",
    ...rest,
    address: typeof host === "string" && typeof port === "number" ? `${host}:${port}` : host,
    auth_username: username,
    auth_password: password,
  };
}

const fields = {
  name: text,
  provider: text,
  address: z.string().max(255),
  transport: z.enum(["udp", "tcp", "tls"]),
  auth_username: secret,
  auth_password: secret,
  register: z.boolean(),
  inbound_addresses: z
    .array(
      z
        .string()
        .max(50)
        .refine(
          (entry) => readAddressRange(entry) !== undefined,
          "must be an IP address or CIDR range: 192.0.2.0/24",
        ),
    )
    .max(100),
  inbound_auth: z.enum(["address", "digest"]),
  calls_per_second: z.int().min(1).max(1_000).nullish(),
  srtp: z.enum(["off", "offer", "require"]),
  refer: z.enum(["auto", "never"]),
};

export const trunkCreateBody = z.preprocess(
  inTodaysWords,
  z
    .object({
      ...fields,
      transport: fields.transport.default("udp"),
      register: fields.register.default(false),
      inbound_addresses: fields.inbound_addresses.default([]),
      inbound_auth: fields.inbound_auth.default("address"),
      srtp: fields.srtp.default("off"),
      refer: fields.refer.default("auto"),
    })
    .superRefine((trunk, context) => {
      const refuse = (field: string, message: string) =>
        context.addIssue({ code: "custom", path: [field], message });
      if (!readTrunkAddress(trunk.address, trunk.transport)) {
        refuse(
          "address",
          "must be a host name or an IP address, with or without a port: sip.example.com:5060",
        );
      }
      const hasCredentials = Boolean(trunk.auth_username && trunk.auth_password);
      if (trunk.register && !hasCredentials) refuse("register", "needs auth_username and auth_password");
      if (trunk.inbound_auth === "digest" && !hasCredentials) {
        refuse("inbound_auth", "digest needs auth_username and auth_password");
      }
    }),
);

/** What is not named stays; the whole is then checked as at its creation. */
export const trunkChangeBody = z.object({ ...fields, is_active: z.boolean() }).partial();
