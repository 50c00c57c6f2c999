import { z } from "zod";

const instant = z.iso.datetime();

export const emailShape = z
  .object({
    id: z.uuid(),
    call_id: z.uuid(),
    recipients: z.array(z.string()),
    delivered_to: z.array(z.string()),
    message_id: z.string().meta({ description: "Over SMTP. Resend gives its own." }),
    state: z.enum(["pending", "in-flight", "sent", "failed", "skipped"]),
    attempt_count: z.int(),
    last_error: z
      .string()
      .nullable()
      .meta({ description: "Why the last attempt failed, or why nothing was sent." }),
    transport: z.enum(["smtp", "resend"]).nullable(),
    next_attempt_at: instant.nullable(),
    created_at: instant,
    finished_at: instant.nullable(),
  })
  .meta({ id: "Email" });

export const domainShape = z
  .object({
    id: z.uuid(),
    org_id: z.uuid(),
    domain_name: z.string(),
    resend_domain_id: z.string(),
    status: z
      .string()
      .meta({ description: "not_started, pending, verified, failed and others, as Resend has them." }),
    region: z.string(),
    records: z
      .array(
        z.object({
          record: z.string(),
          name: z.string(),
          type: z.string(),
          ttl: z.string(),
          status: z.string(),
          value: z.string(),
          priority: z.number().optional(),
        }),
      )
      .nullable()
      .meta({ description: "To be put into the domain's DNS." }),
    created_at: instant,
    updated_at: instant,
    verified_at: instant.nullable(),
  })
  .meta({ id: "Domain" });

export const resendDomainShape = z
  .object({ id: z.string(), name: z.string(), status: z.string(), region: z.string() })
  .meta({ id: "ResendDomain" });
