import { createSecretBox } from "../../src/secret-box.ts";
import { createOrganization, createTestApi, type TestApi, type TestResponse, type Transport } from "./api.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";

export const TRANSPORTS: readonly Transport[] = ["socket", "memory"];

type Call = (method: string, path: string, body?: unknown) => Promise<TestResponse>;

interface TestOrganization {
  id: string;
  key: string;
  call: Call;
}

/** The API on a database of its own with two organizations: whoever has a key must not see the other's things. */
export interface TwoOrganizations {
  database: TestDatabase;
  api: TestApi;
  mine: TestOrganization;
  theirs: TestOrganization;
  close(): Promise<void>;
}

export async function startTwoOrganizations(
  transport: Transport,
  options: Omit<NonNullable<Parameters<typeof createTestApi>[2]>, "transport"> = {},
): Promise<TwoOrganizations> {
  const database = await createTestDatabase();
  const secretBox = createSecretBox(Buffer.alloc(32, 3));
  const api = await createTestApi(database.db, secretBox, { transport, ...options });

  async function add(name: string): Promise<TestOrganization> {
    const key = `fl_${name}_0123456789abcdef`;
    const id = await createOrganization(database.db, secretBox, key);
    return { id, key, call: (method, path, body) => api.request(method, path, { key, body }) };
  }

  return {
    database,
    api,
    mine: await add("mine"),
    theirs: await add("theirs"),
    async close() {
      await api.close();
      await database.close();
    },
  };
}
