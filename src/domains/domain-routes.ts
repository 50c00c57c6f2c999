import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import { ApiError } from "../errors.ts";
import { parseBody } from "../http/validation.ts";
import type { Resend } from "../mail/resend.ts";
import {
  chooseDomain,
  deleteDomain,
  findDomain,
  insertDomain,
  isSharedDomain,
  updateDomain,
  type DomainRecord,
} from "./domain-store.ts";
import { createResendDomains, type ResendDomain, type ResendDomains } from "./resend-domain.ts";

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const DOMAIN = new RegExp(`^(?:${LABEL}\\.)+(?=[a-z0-9-]*[a-z])${LABEL}$`);

export const domainCreateBody = z.object({
  domain_name: z
    .string()
    .max(253)
    .transform((name) => name.trim().toLowerCase())
    .refine((name) => DOMAIN.test(name), "must be a domain name, such as mail.example.com"),
});
/** camelCase, the one exception of the contract (facts 2.0). */
export const domainSyncBody = z.object({
  resendDomainId: z.string().regex(/^[\w-]{1,100}$/, "must be the id of a domain, from GET /domains/sync"),
});

export interface DomainRoutesOptions {
  db: Database;
  resend: Resend;
  /** undefined: the organization has none */
  findResendKey(organizationId: string): Promise<string | undefined>;
}

/** The domain that an organization's e-mails come from, through its own Resend account (facts 2.12): one each. */
export function domainRoutes(server: FastifyInstance, options: DomainRoutesOptions): void {
  const { db } = options;

  async function atResend(organizationId: string): Promise<ResendDomains> {
    const key = await options.findResendKey(organizationId);
    if (key !== undefined) return createResendDomains(options.resend, key);
    throw new ApiError("resend_key_missing", {
      message: "Domains are kept at Resend: store the organization's key first (POST /byok, provider resend)",
    });
  }

  async function find(organizationId: string): Promise<DomainRecord> {
    const domain = await findDomain(db, organizationId);
    if (!domain) throw new ApiError("domain_not_found");
    return domain;
  }

  /** Writes down what Resend said. */
  async function save(organizationId: string, domain: ResendDomain) {
    const saved = await updateDomain(db, organizationId, domain);
    if (!saved) throw new ApiError("domain_not_found");
    return { domain: toWire(saved) };
  }

  server.get("/domains", async (request) => {
    const domain = await findDomain(db, request.organizationId);
    return { domain: domain ? toWire(domain) : null };
  });

  server.post("/domains", async (request, reply) => {
    const { organizationId } = request;
    const { domain_name: name } = parseBody(domainCreateBody, request.body);
    const domains = await atResend(organizationId);
    const existing = await findDomain(db, organizationId);
    if (existing) throw alreadyHas(existing);
    const created = await domains.create(name);
    const domain = await insertDomain(db, organizationId, created);
    if (!domain) {
      // Another request was faster. What we have made nobody would find again.
      await domains.remove(created.id);
      throw alreadyHas(await find(organizationId));
    }
    return reply.code(201).send({ domain: toWire(domain) });
  });

  server.delete("/domains", async (request) => {
    const { organizationId } = request;
    const { id, resend_domain_id: resendDomainId } = await find(organizationId);
    const domains = await atResend(organizationId);
    // Organizations of one Resend account may send from one domain: the last of them takes it away there.
    if (!(await isSharedDomain(db, organizationId, resendDomainId))) await domains.remove(resendDomainId);
    await deleteDomain(db, organizationId, id);
    return { success: true };
  });

  server.post("/domains/verify", async (request) => {
    const { organizationId } = request;
    const { resend_domain_id: id } = await find(organizationId);
    const domains = await atResend(organizationId);
    await domains.verify(id);
    return save(organizationId, await domains.find(id));
  });

  server.post("/domains/refresh", async (request) => {
    const { organizationId } = request;
    const { resend_domain_id: id } = await find(organizationId);
    return save(organizationId, await (await atResend(organizationId)).find(id));
  });

  server.get("/domains/sync", async (request) => {
    const { organizationId } = request;
    const domains = await (await atResend(organizationId)).list();
    const selected = await findDomain(db, organizationId);
    return { domains, selected_domain_id: selected?.resend_domain_id ?? null };
  });

  server.post("/domains/sync", async (request) => {
    const { organizationId } = request;
    const { resendDomainId } = parseBody(domainSyncBody, request.body);
    const domain = await (await atResend(organizationId)).find(resendDomainId);
    return {
      domain: toWire(await chooseDomain(db, organizationId, domain)),
      message: "Domain synced successfully from Resend",
    };
  });
}

function alreadyHas({ domain_name: name }: DomainRecord): ApiError {
  return new ApiError("domain_exists", { message: `The organization's domain is ${name}` });
}

function toWire({ organization_id: orgId, ...domain }: DomainRecord) {
  return { ...domain, org_id: orgId };
}
