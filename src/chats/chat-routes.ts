import type { FastifyInstance } from "fastify";
import { ApiError } from "../errors.ts";

/**
 * The four operations of the product's text chats, which are deprecated there, undescribed, and not in its client
 * (facts 2.14). Here nobody chats: lists are empty, and nothing pretends to have been made.
 */
export function chatRoutes(server: FastifyInstance): void {
  server.addHook("onSend", (_request, reply, _payload, done) => {
    void reply.header("Deprecation", "true");
    done();
  });
  server.get("/chats", () => ({ chats: [] }));
  server.get("/chats/context", () => ({ context: null }));
  server.post("/chats", () => {
    throw new ApiError("chats_gone", { message: "Text chats are deprecated and not part of this server" });
  });
  server.delete("/chats/:id", () => {
    throw new ApiError("chat_not_found");
  });
}
