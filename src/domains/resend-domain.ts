import { z } from "zod";
import { ApiError } from "../errors.ts";
import type { Resend, ResendAnswer } from "../mail/resend.ts";

const dnsRecord = z.object({
  record: z.string(),
  name: z.string(),
  type: z.string(),
  ttl: z.string(),
  status: z.string(),
  value: z.string(),
  priority: z.number().optional(),
});
const listed = z.object({ id: z.string(), name: z.string(), status: z.string(), region: z.string() });
const single = listed.extend({ records: z.array(dnsRecord).nullish() });
const page = z.object({ data: z.array(listed), has_more: z.boolean().optional() });

export type ListedDomain = z.output<typeof listed>;
export interface ResendDomain extends ListedDomain {
  /** null: Resend did not say */
  records: z.output<typeof dnsRecord>[] | null;
}

/** Where the data of the voices' customers mostly are; the API has no field for it, and Resend's default is the USA. */
const REGION = "eu-west-1";
const PAGE = 100;
const MOST_PAGES = 20;

/** An organization's domains at Resend. Each function throws what the caller of our API gets to read. */
export interface ResendDomains {
  create(name: string): Promise<ResendDomain>;
  find(id: string): Promise<ResendDomain>;
  list(): Promise<ListedDomain[]>;
  /** Has the DNS looked at again: Resend does that in its own time. */
  verify(id: string): Promise<void>;
  /** Gone is gone, whoever did it. */
  remove(id: string): Promise<void>;
}

export function createResendDomains(resend: Resend, key: string): ResendDomains {
  const pathOf = (id: string) => `/domains/${encodeURIComponent(id)}`;
  return {
    create: async (name) =>
      readDomain(await resend.call(key, "POST", "/domains", { body: { name, region: REGION } })),
    find: async (id) => readDomain(await resend.call(key, "GET", pathOf(id))),
    async list() {
      const domains: ListedDomain[] = [];
      for (let pages = 0; pages < MOST_PAGES; pages++) {
        const last = domains.at(-1);
        const after = last ? `&after=${encodeURIComponent(last.id)}` : "";
        const { data, has_more: hasMore } = read(
          page,
          await resend.call(key, "GET", `/domains?limit=${PAGE}${after}`),
        );
        domains.push(...data);
        if (!hasMore || data.length === 0) break;
      }
      return domains;
    },
    async verify(id) {
      read(z.object({}), await resend.call(key, "POST", `${pathOf(id)}/verify`));
    },
    async remove(id) {
      const answer = await resend.call(key, "DELETE", pathOf(id));
      if (answer.outcome === "refused" && answer.status === 404) return;
      read(z.object({}), answer);
    },
  };
}

function readDomain(answer: ResendAnswer): ResendDomain {
  const domain = read(single, answer);
  return { ...domain, records: domain.records ?? null };
}

/** @throws ApiError; a 401 of theirs is never one of ours: our caller's key is good */
function read<Schema extends z.ZodType>(schema: Schema, answer: ResendAnswer): z.output<Schema> {
  switch (answer.outcome) {
    case "ok": {
      const result = schema.safeParse(answer.value);
      if (result.success) return result.data;
      throw new ApiError("resend_unavailable", {
        message: "Resend answered something that is not understood",
      });
    }
    case "refused":
      throw new ApiError(answer.status === 404 ? "resend_domain_not_found" : "resend_refused", {
        message: `Resend: ${answer.message}`,
      });
    case "unavailable":
      throw new ApiError("resend_unavailable", { message: `Resend: ${answer.message}` });
  }
}
