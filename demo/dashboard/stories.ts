/** What is said in the demo's calls. `{name}` and the like are filled in; the caller speaks lines that begin with `>`. */
export interface Story {
  assistant: "shop" | "restaurant" | "reminders";
  direction: "inbound" | "outbound" | "web";
  lines: (string | Tool)[];
  summary: string;
  /** as the plan of the assistant asks for it */
  analysis?: Record<string, unknown>;
  end: End;
  /** how often, beside the others */
  weight: number;
}

export interface Tool {
  tool: string;
  arguments: Record<string, string>;
  result: unknown;
  /** its webhook did not answer well */
  error?: string;
}

export type End =
  | "user_hangup"
  | "assistant_hangup"
  | "transferred"
  | "voicemail"
  | "silence_timeout"
  | "connection_lost"
  | "error"
  | "rejected_by_webhook"
  | "user_cancelled"
  | "no_answer"
  | "busy";

export const NAMES = [
  "Ada",
  "Grace",
  "Edsger",
  "Barbara",
  "Alan",
  "Margaret",
  "Dennis",
  "Radia",
  "Tim",
  "Hedy",
];
export const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
export const DAGEN = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"];
export const FLOWERS = ["tulips", "roses", "sunflowers", "peonies", "white lilies", "dahlias"];

export const STORIES: Story[] = [
  {
    assistant: "shop",
    direction: "inbound",
    weight: 7,
    lines: [
      "Hello, Bloom flower shop, how can I help?",
      "> Hi, when do you close on {day}?",
      { tool: "opening_hours", arguments: { day: "{day}" }, result: { opens: "9:00", closes: "17:30" } },
      "On {day} we are open from nine until half past five.",
      "> Great, thank you. Bye!",
      "You are welcome. Goodbye!",
    ],
    summary: "The caller asked for the opening hours on {day}.",
    end: "assistant_hangup",
  },
  {
    assistant: "shop",
    direction: "inbound",
    weight: 6,
    lines: [
      "Hello, Bloom flower shop, how can I help?",
      "> Hello, this is {name}. I would like to order a bouquet of {flowers} for {day}.",
      { tool: "check_stock", arguments: { flower: "{flowers}" }, result: { in_stock: true, price: "24.50" } },
      "We have {flowers}. A bouquet is twenty-four fifty. Shall I have it delivered, or do you pick it up?",
      "> I will pick it up in the morning.",
      {
        tool: "create_order",
        arguments: { name: "{name}", flower: "{flowers}", day: "{day}", delivery: "pick-up" },
        result: { order: "B-1042", ready: "9:30" },
      },
      "Done, {name}. Your {flowers} are ready from half past nine on {day}. Anything else?",
      "> No, that is all. Thank you.",
      "Have a lovely day!",
    ],
    summary: "{name} ordered a bouquet of {flowers}, to be picked up on {day} morning.",
    end: "user_hangup",
  },
  {
    assistant: "shop",
    direction: "inbound",
    weight: 3,
    lines: [
      "Hello, Bloom flower shop, how can I help?",
      "> My {flowers} from last week have wilted already. I am not happy.",
      "I am sorry to hear that. I will put you through to a colleague who can help.",
      { tool: "transfer_call", arguments: { destination: "+31205550143" }, result: "transferred" },
    ],
    summary: "A complaint about {flowers}; transferred to the shop.",
    end: "transferred",
  },
  {
    assistant: "shop",
    direction: "web",
    weight: 4,
    lines: [
      "Hi, you are talking to Bloom. What can I do for you?",
      "> Do you deliver outside of the city?",
      {
        tool: "delivery_area",
        arguments: { question: "outside of the city" },
        result: { radius_km: 25, fee: "7.50" },
      },
      "We deliver up to twenty-five kilometres away, for seven fifty.",
      "> Perfect, and how fast?",
      "Ordered before noon, the same day.",
      "> Thanks!",
    ],
    summary: "A visitor of the website asked about delivery outside of the city.",
    end: "user_hangup",
  },
  {
    assistant: "restaurant",
    direction: "inbound",
    weight: 7,
    lines: [
      "Goedendag, restaurant De Linde. Waarmee kan ik u helpen?",
      "> Goedemiddag, met {name}. Ik wil graag een tafel voor vier reserveren op {dag}.",
      { tool: "find_table", arguments: { day: "{dag}", guests: "4" }, result: { times: ["18:00", "20:15"] } },
      "Op {dag} kan dat om zes uur of om kwart over acht. Wat komt u het beste uit?",
      "> Om zes uur, alstublieft.",
      {
        tool: "book_table",
        arguments: { name: "{name}", day: "{dag}", time: "18:00", guests: "4" },
        result: { confirmation: "L-7731" },
      },
      "Genoteerd: {dag} om zes uur, vier personen, op naam van {name}. Tot dan!",
      "> Dank u wel, tot dan.",
    ],
    summary: "{name} reserveerde een tafel voor vier op {dag} om 18:00.",
    analysis: { wish: "reserve", is_met: true, guests: 4 },
    end: "user_hangup",
  },
  {
    assistant: "restaurant",
    direction: "inbound",
    weight: 2,
    lines: [
      "Goedendag, restaurant De Linde. Waarmee kan ik u helpen?",
      "> Ik wil een reservering wijzigen, op naam van {name}.",
      {
        tool: "find_booking",
        arguments: { name: "{name}" },
        result: null,
        error: "The tool failed: the webhook did not answer within 10000 ms.",
      },
      "Het spijt me, ik kan de reserveringen op dit moment niet inzien. Kunt u over een paar minuten terugbellen?",
      "> Vervelend. Goed, dan bel ik straks.",
    ],
    summary: "{name} wilde een reservering wijzigen; het reserveringssysteem antwoordde niet.",
    analysis: { wish: "change", is_met: false, guests: null },
    end: "user_hangup",
  },
  {
    assistant: "restaurant",
    direction: "web",
    weight: 2,
    lines: [
      "Hallo! Wilt u reserveren of heeft u een vraag?",
      "> Hebben jullie ook veganistische gerechten?",
      "Jazeker, op de kaart staan vier veganistische hoofdgerechten.",
    ],
    summary: "Een bezoeker vroeg naar veganistische gerechten.",
    analysis: { wish: "ask", is_met: true, guests: null },
    end: "silence_timeout",
  },
  {
    assistant: "reminders",
    direction: "outbound",
    weight: 6,
    lines: [
      "Good morning, this is the dental practice at the park. I am calling about your appointment on {day}.",
      "> Yes, that is right, at ten.",
      { tool: "confirm_appointment", arguments: { day: "{day}" }, result: { confirmed: true } },
      "Thank you, your appointment on {day} is confirmed. Goodbye.",
      "> Bye.",
    ],
    summary: "The appointment on {day} was confirmed.",
    end: "assistant_hangup",
  },
  {
    assistant: "reminders",
    direction: "outbound",
    weight: 2,
    lines: [
      "> Hi, this is the voicemail of {name}. Please leave a message after the tone.",
      "This is the dental practice at the park. We remind you of your appointment on {day}. Please call us if it does not suit you.",
    ],
    summary: "A reminder of the appointment on {day} was left on the voicemail.",
    end: "voicemail",
  },
  { assistant: "reminders", direction: "outbound", weight: 3, lines: [], summary: "", end: "no_answer" },
  { assistant: "reminders", direction: "outbound", weight: 1, lines: [], summary: "", end: "busy" },
  { assistant: "shop", direction: "inbound", weight: 1, lines: [], summary: "", end: "user_cancelled" },
  {
    assistant: "restaurant",
    direction: "inbound",
    weight: 1,
    lines: [],
    summary: "",
    end: "rejected_by_webhook",
  },
  {
    assistant: "restaurant",
    direction: "inbound",
    weight: 1,
    lines: ["Goedendag, restaurant De Linde. Waarmee kan ik u helpen?", "> Goedemiddag, ik bel over"],
    summary: "De verbinding viel weg.",
    end: "connection_lost",
  },
  {
    assistant: "shop",
    direction: "inbound",
    weight: 1,
    lines: ["Hello, Bloom flower shop, how can I help?"],
    summary: "The call ended with an error before the caller was understood.",
    end: "error",
  },
];
