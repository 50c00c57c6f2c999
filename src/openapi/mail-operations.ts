import { z } from "zod";
import { emailListQuery } from "../mail/email-routes.ts";
import type { Operation } from "./operation.ts";
import { emailShape } from "./mail-shapes.ts";
import { paginationShape } from "./shapes.ts";

export const mailOperations: Operation[] = [
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
