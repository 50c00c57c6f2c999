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
