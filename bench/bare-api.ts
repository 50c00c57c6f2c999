import fastify from "fastify";
import type { AddressInfo } from "node:net";
import { openDatabase } from "../src/db/database.ts";

// What the API is compared with: a route that runs one SELECT by primary key, and nothing else.

const { pool } = openDatabase({
  connectionString: process.env["DATABASE_URL"]!,
  maxConnections: 20,
  onIdleError: () => undefined,
});
const server = fastify();
server.get<{ Params: { id: string } }>("/assistants/:id", async (request) => {
  const { rows } = await pool.query("select * from assistants where id = $1", [request.params.id]);
  return { assistant: rows[0] as unknown };
});
await server.listen({ port: 0, host: "127.0.0.1" });
process.send!({ port: (server.server.address() as AddressInfo).port });
