import { z } from "zod";
import { domainCreateBody, domainSyncBody } from "../domains/domain-routes.ts";
import { emailListQuery } from "../mail/email-routes.ts";
import { domainShape, emailShape, resendDomainShape } from "./mail-shapes.ts";
import type { Operation } from "./operation.ts";
import { deleted, wrapped } from "./resource-operations.ts";
import { paginationShape } from "./shapes.ts";

const tag = "Domains";
const resend = ["resend_key_missing", "resend_refused", "resend_unavailable"] as const;
const ofOne = [...resend, "domain_not_found", "resend_domain_not_found"] as const;

/** Where e-mails come from, and what became of them. */
export const mailOperations: Operation[] = [
  {
    method: "get",
    path: "/domains",
    tag,
    summary: "The organization's domain, or null",
    answers: wrapped("domain", domainShape.nullable()),
  },
  {
    method: "post",
    path: "/domains",
    tag,
    summary: "Create the organization's domain at Resend, with the DNS records that it wants",
    body: domainCreateBody,
    errors: [...resend, "domain_exists"],
    answers: wrapped("domain", domainShape, 201),
  },
  {
    method: "delete",
    path: "/domains",
    tag,
    summary: "Delete the domain, here and at Resend",
    errors: [...resend, "domain_not_found"],
    answers: deleted,
  },
  {
    method: "post",
    path: "/domains/verify",
    tag,
    summary: "Have Resend look at the DNS again; `refresh` tells what came of it",
    errors: ofOne,
    answers: wrapped("domain", domainShape),
  },
  {
    method: "post",
    path: "/domains/refresh",
    tag,
    summary: "Fetch the domain's state from Resend",
    errors: ofOne,
    answers: wrapped("domain", domainShape),
  },
  {
    method: "get",
    path: "/domains/sync",
    tag,
    summary: "The domains of the organization's Resend account",
    errors: resend,
    answers: {
      200: {
        description: "All of them",
        schema: z.object({ domains: z.array(resendDomainShape), selected_domain_id: z.string().nullable() }),
      },
    },
  },
  {
    method: "post",
    path: "/domains/sync",
    tag,
    summary: "Choose one of them, in the place of the one before",
    body: domainSyncBody,
    errors: [...resend, "resend_domain_not_found"],
    answers: {
      200: { description: "Done", schema: z.object({ domain: domainShape, message: z.string() }) },
    },
  },
  {
    method: "get",
    path: "/emails",
    tag: "E-mail",
    summary: "Reports by e-mail and what became of them, the newest first",
    isExtension: true,
    query: emailListQuery,
    answers: {
      200: {
        description: "A page",
        schema: z.object({ emails: z.array(emailShape), pagination: paginationShape }),
      },
    },
  },
];
