import type { Language } from "../../language/language.ts";
import type { Document } from "./document.ts";
import { withProvider, type BlockKind, type Catalog, type CatalogProvider } from "./provider-block.ts";

export const STARTING_POINTS = ["receptionist", "appointments", "hello"] as const;
export type StartingPoint = (typeof STARTING_POINTS)[number];

/** What is spoken, in the language of who makes it: it is a first draft, to be made one's own. */
const TEXTS = {
  en: {
    receptionist: {
      first: "Good day, you are speaking with the virtual receptionist. How can I help you?",
      prompt:
        "You answer the telephone of a company. Find out who is calling and what they need. Answer short questions about opening hours and the address from what you know below; for everything else take a message: name, telephone number, and what it is about. Repeat the number to check it. Speak in short sentences, one question at a time. Say goodbye when the caller has nothing more to ask.\n\nOpening hours: Monday to Friday, nine to five.\nAddress: …",
    },
    appointments: {
      first: "Good day! I can make, move or cancel an appointment for you. What would you like?",
      prompt:
        "You make appointments by telephone. Ask which day and time would suit, look whether it is free with find_slots, offer at most two times, and book with book_appointment once the caller has chosen. Ask the name, and repeat day, time and name before booking. Never promise a time that find_slots did not give. Speak in short sentences, one question at a time.",
      slots: "Free times on a day. Use it before offering a time.",
      day: "The day, as YYYY-MM-DD",
      book: "Books a time that the caller has chosen and confirmed.",
      time: "The time, as HH:MM",
      name: "Who it is for",
    },
    hello: {
      first: "Hello, this is Switchhook. Say or type something, and I answer.",
      greet: "Hello to you too. All of this works without a key: a scripted model and a built-in voice.",
      bye: "Goodbye!",
      other: "I heard you. I follow a script; give me a language model, and we can really talk.",
      heard: "Hello",
      voice: "en-us",
    },
  },
  nl: {
    receptionist: {
      first: "Goedendag, u spreekt met de digitale receptie. Waarmee kan ik u helpen?",
      prompt:
        "U neemt de telefoon aan van een bedrijf. Vraag wie er belt en waarvoor. Beantwoord korte vragen over openingstijden en adres met wat hieronder staat; neem voor al het andere een boodschap aan: naam, telefoonnummer en waar het over gaat. Herhaal het nummer ter controle. Spreek in korte zinnen, stel één vraag tegelijk. Neem afscheid als de beller niets meer te vragen heeft.\n\nOpeningstijden: maandag tot en met vrijdag, negen tot vijf.\nAdres: …",
    },
    appointments: {
      first: "Goedendag! Ik kan een afspraak voor u maken, verzetten of afzeggen. Wat wilt u?",
      prompt:
        "U maakt afspraken per telefoon. Vraag welke dag en tijd schikken, kijk met find_slots of die vrij zijn, bied hooguit twee tijden aan en boek met book_appointment zodra de beller heeft gekozen. Vraag de naam en herhaal dag, tijd en naam voordat u boekt. Beloof nooit een tijd die find_slots niet gaf. Spreek in korte zinnen, stel één vraag tegelijk.",
      slots: "Vrije tijden op een dag. Gebruik dit voordat u een tijd aanbiedt.",
      day: "De dag, als JJJJ-MM-DD",
      book: "Boekt een tijd die de beller heeft gekozen en bevestigd.",
      time: "De tijd, als UU:MM",
      name: "Voor wie het is",
    },
    hello: {
      first: "Hallo, dit is Switchhook. Zeg of typ iets, en ik antwoord.",
      greet: "Ook hallo. Dit werkt allemaal zonder sleutel: een model met een script en een ingebouwde stem.",
      bye: "Tot ziens!",
      other: "Ik heb u gehoord. Ik volg een script; geef me een taalmodel, en we kunnen echt praten.",
      heard: "Hallo",
      voice: "nl",
    },
  },
} as const;

/** The body of `POST /assistants`. */
export function startingPoint(
  point: StartingPoint,
  options: { name: string; language: Language; catalog: Catalog },
): Document {
  const { name, language, catalog } = options;
  const texts = TEXTS[language];
  if (point === "hello") return { name, ...hello(texts.hello) };
  const llm = blockOf(catalog, "llm", preferred(catalog, "llm"));
  const { first, prompt } = texts[point];
  return {
    name,
    first_message: first,
    llm_config: {
      ...llm,
      messages: [{ role: "system", content: prompt }],
      tools: point === "appointments" ? appointmentTools(texts.appointments) : [{ type: "end_call" }],
    },
    stt_config: { ...blockOf(catalog, "stt", preferred(catalog, "stt")), language },
    tts_config: {
      ...blockOf(catalog, "tts", preferred(catalog, "tts")),
      ...localVoice(catalog, texts.hello.voice),
    },
    ...(point === "receptionist" && { autonomous_silence_handling: true }),
  };
}

/** Whether a call with a language model could be held now: what the dialog says before one is made. */
export function hasLanguageModel(catalog: Catalog): boolean {
  return catalog.llm.some(
    ({ id, is_configured: isConfigured }) => isConfigured === true && id !== "scripted",
  );
}

/** What this server can run; else what the product is usually run with, whose key then has to be added. */
function preferred(catalog: Catalog, kind: "llm" | "stt" | "tts"): CatalogProvider {
  const offered = catalog[kind].filter(({ id, kind: type }) => id !== "scripted" && type !== "realtime");
  const usual = { llm: "openai", stt: "deepgram", tts: "local" }[kind];
  const isLocal = ({ id }: CatalogProvider) => id === "local" || id === "voicedock";
  return (
    offered.find((entry) => entry.is_configured === true && !isLocal(entry)) ??
    offered.find(({ id }) => id === usual) ??
    catalog[kind][0]!
  );
}

function blockOf(catalog: Catalog, kind: BlockKind, provider: CatalogProvider): Document {
  const block = withProvider(catalog, kind, undefined, provider.id);
  const free = provider.id === "openai" ? OPENAI[kind as keyof typeof OPENAI] : undefined;
  return { ...block, ...free };
}

/** The catalog takes any model of an OpenAI-compatible server: these are OpenAI's own. */
const OPENAI = {
  llm: {},
  stt: { model: "gpt-4o-mini-transcribe" },
  tts: { model: "gpt-4o-mini-tts", voice_id: "alloy" },
} as const;

function localVoice(catalog: Catalog, voice: string): Document {
  return preferred(catalog, "tts").id === "local" ? { voice_id: voice } : {};
}

function hello(texts: (typeof TEXTS)[Language]["hello"]): Document {
  return {
    first_message: texts.first,
    llm_config: {
      provider: "scripted",
      model: "script-1",
      script: [
        { on: "user", match: "\\b(bye|goodbye|tot ziens|doei|dag)\\b", say: texts.bye, end: true },
        { on: "user", match: "\\b(hello|hi|hallo|hoi|goedendag)\\b", say: texts.greet },
        { on: "user", match: ".*", say: texts.other },
      ],
    },
    stt_config: {
      provider: "scripted",
      model: "script-1",
      language: texts.voice === "nl" ? "nl" : "en",
      utterances: [texts.heard],
    },
    tts_config: { provider: "local", voice_id: texts.voice },
  };
}

function appointmentTools(texts: (typeof TEXTS)[Language]["appointments"]): Document[] {
  const day = { type: "string", format: "date", description: texts.day };
  return [
    {
      name: "find_slots",
      description: texts.slots,
      parameters: { type: "object", properties: { day }, required: ["day"] },
    },
    {
      name: "book_appointment",
      description: texts.book,
      parameters: {
        type: "object",
        properties: {
          day,
          time: { type: "string", description: texts.time },
          name: { type: "string", description: texts.name },
        },
        required: ["day", "time", "name"],
      },
    },
    { type: "end_call" },
  ];
}
