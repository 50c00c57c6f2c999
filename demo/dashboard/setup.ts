/** Asks the demo's own API. */
// oxlint-disable-next-line typescript/no-explicit-any -- a script that reads what it has just been told exists
export type Ask = (method: string, path: string, body?: object) => Promise<any>;

export type AssistantName = "shop" | "restaurant" | "reminders";

/** What the demo's organization is made of, made by the API as anybody would. */
export interface Setup {
  assistants: Record<AssistantName, string>;
  numbers: Record<AssistantName, { id: string; phoneNumber: string; name: string }>;
}

const parameters = (...names: string[]) => ({
  type: "object",
  properties: Object.fromEntries(names.map((name) => [name, { type: "string" }])),
  required: names,
});
const tool = (name: string, description: string, ...names: string[]) => ({
  name,
  description,
  parameters: parameters(...names),
});
const prompt = (content: string) => [{ role: "system", content }];
const speech = { provider: "deepgram", model: "nova-3", language: "en" };

/** @param urls  `receiver` answers every webhook, `dead` none */
export async function setUp(ask: Ask, urls: { receiver: string; dead: string }): Promise<Setup> {
  await ask("PATCH", "/settings/webhook", { url: urls.receiver });
  const shop = await assistant(ask, SHOP, [
    {
      llm_config: {
        ...SHOP.llm_config,
        messages: prompt("You answer the telephone of Bloom, a flower shop."),
      },
    },
    { silence_timeout_seconds: 12, max_duration_seconds: 600 },
    { first_message: "Hello, Bloom flower shop, how can I help?", llm_config: SHOP.llm_config },
  ]);
  const restaurant = await assistant(ask, RESTAURANT, [{ max_duration_seconds: 480 }]);
  const reminders = await assistant(ask, remindersOf(urls), [{ voicemail_detection: true }]);
  const number = async (phoneNumber: string, name: string, agentId: string) => {
    const { number: made } = await ask("POST", "/numbers", {
      phone_number: phoneNumber,
      name,
      agent_id: agentId,
    });
    return { id: made.id as string, phoneNumber, name };
  };
  return {
    assistants: { shop, restaurant, reminders },
    numbers: {
      shop: await number("+31850001001", "Bloom flower shop", shop),
      restaurant: await number("+31850001002", "De Linde", restaurant),
      reminders: await number("+31850001003", "Dental practice", reminders),
    },
  };
}

/** After the start that people see: trunks are kept from then on. */
export async function addTrunks(ask: Ask, ownSipPort: number): Promise<void> {
  await ask("POST", "/sip-trunks", {
    name: "Office PBX",
    provider: "pbx",
    // Our own SIP port answers as a trunk would.
    address: `127.0.0.1:${ownSipPort}`,
    inbound_addresses: ["192.0.2.0/24"],
    calls_per_second: 10,
  });
  await ask("POST", "/sip-trunks", {
    name: "Backup carrier",
    provider: "carrier",
    address: "127.0.0.1:9",
    auth_username: "demo",
    auth_password: "demo-password",
    register: true,
  });
}

async function assistant(ask: Ask, body: object, changes: object[]): Promise<string> {
  const { assistant: made } = await ask("POST", "/assistants", body);
  for (const change of changes) await ask("PATCH", `/assistants/${made.id}`, change);
  return made.id;
}

const SHOP = {
  name: "Bloom flower shop",
  business_name: "Bloom",
  first_message: "Hello, Bloom flower shop.",
  llm_config: {
    provider: "scripted",
    model: "script-1",
    messages: prompt(
      "You answer the telephone of Bloom, a flower shop. Be warm and brief. Use opening_hours for opening hours and check_stock before you promise any flower.",
    ),
    tools: [
      tool("opening_hours", "When the shop opens and closes on a day", "day"),
      tool("check_stock", "Whether a flower is in stock, and its price", "flower"),
      tool("create_order", "Orders a bouquet", "name", "flower", "day", "delivery"),
      tool("delivery_area", "Where we deliver to, and for how much", "question"),
      { type: "transfer_call", destinations: [{ number: "+31205550143", description: "the shop's staff" }] },
      { type: "end_call" },
    ],
    script: [
      { on: "user", match: "close|open", tool: { name: "opening_hours", arguments: { day: "today" } } },
      { on: "tool", match: "opening_hours", say: "Today we close at {{result.closes}}." },
      { on: "user", match: "bye|thank", say: "Goodbye, and thank you for calling!", end: true },
    ],
  },
  stt_config: {
    provider: "scripted",
    model: "script-1",
    language: "en",
    utterances: ["When do you close today?", "Do you have tulips?", "And on Saturday, when do you open?"],
  },
  tts_config: { provider: "local", voice_id: "en-gb" },
};

const RESTAURANT = {
  name: "Restaurant De Linde",
  business_name: "De Linde",
  first_message: "Goedendag, restaurant De Linde. Waarmee kan ik u helpen?",
  analysis_plan: {
    structured_data_plan: {
      enabled: true,
      schema: {
        type: "object",
        properties: {
          wish: { enum: ["reserve", "change", "ask", "other"] },
          is_met: { type: "boolean", description: "Whether the guest has what they called for" },
          guests: { type: ["integer", "null"] },
        },
        required: ["wish", "is_met", "guests"],
      },
    },
  },
  llm_config: {
    provider: "openai",
    model: "gpt-5.4-mini",
    temperature: 0.4,
    messages: prompt(
      "Je neemt reserveringen aan voor restaurant De Linde. Vraag naar dag, tijd en aantal gasten.",
    ),
    tools: [
      tool("find_table", "Vrije tijden op een dag", "day", "guests"),
      tool("book_table", "Reserveert een tafel", "name", "day", "time", "guests"),
      tool("find_booking", "Zoekt een reservering op naam", "name"),
    ],
  },
  stt_config: { ...speech, language: "nl" },
  tts_config: { provider: "local", voice_id: "nl" },
};

const remindersOf = (urls: { receiver: string; dead: string }) => ({
  webhook_url: urls.dead,
  name: "Appointment reminders",
  business_name: "Dental practice at the park",
  voicemail_message: "We remind you of your appointment. Please call us if it does not suit you.",
  llm_config: {
    provider: "openai",
    model: "gpt-5.4-mini",
    messages: prompt("You call patients to remind them of their appointment, and confirm or move it."),
    tools: [
      { ...tool("confirm_appointment", "Confirms the appointment", "day"), url: urls.receiver },
      { type: "end_call" },
    ],
  },
  stt_config: speech,
  tts_config: { provider: "local", voice_id: "en-gb" },
});
