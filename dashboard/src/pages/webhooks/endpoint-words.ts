import { defineWords } from "../../language/language.ts";

export const useEndpointWords = defineWords({
  en: {
    list: "Endpoints",
    endpoint: "Endpoint",
    health: "Health",
    level: "Configured at",
    waiting: "Waiting",
    waitingNow: "Waiting now",
    inFlight: "Being sent now",
    created: "First used",
    healthy: "Healthy",
    failing: (count: string) => `${count} failures in a row`,
    failingOne: "The last request failed",
    resting: (until: string, count: string) => `Resting until ${until}, ${count} failures in a row`,
    probing: (count: string) => `One request as a trial, ${count} failures in a row`,
    disabled: "Disabled",
    disabledBecause: "Why disabled",
    disabledAt: "Disabled",
    failingSince: "Nothing but failures since",
    healthyHelp: "Everything that was sent lately was taken.",
    failingHelp:
      "What failed is tried again by itself, later each time. After five failures in a row it gets a rest.",
    restingHelp:
      "Nothing is sent until then; then one request, to see whether it is back. What waits is kept, and other endpoints do not notice.",
    probingHelp:
      "Its rest is over. The next request shows whether it is back; if it is, what waits follows, if not, it rests longer.",
    disabledHelp:
      "Nothing is sent to it. Switch it on when the receiver is back; then send again what it missed, from the events in the state “Cancelled”.",
    disable: "Switch off",
    disableTitle: "Switch this endpoint off",
    disableHelp: (pending: string) =>
      `Nothing is sent to it any more. What waits for it (${pending}) is cancelled; it can be sent again later.`,
    enable: "Switch on",
    enabled: "It is on again",
    events: "Its events",
    missed: "What it missed",
    emptyTitle: "No endpoints yet",
    empty: "An endpoint comes into being with the first webhook that is sent to its address.",
  },
  nl: {
    list: "Eindpunten",
    endpoint: "Eindpunt",
    health: "Gezondheid",
    level: "Ingesteld bij",
    waiting: "Wachtend",
    waitingNow: "Wacht nu",
    inFlight: "Wordt nu verzonden",
    created: "Eerst gebruikt",
    healthy: "Gezond",
    failing: (count: string) => `${count} keer achtereen mislukt`,
    failingOne: "Het laatste verzoek mislukte",
    resting: (until: string, count: string) => `Rust tot ${until}, ${count} keer achtereen mislukt`,
    probing: (count: string) => `Eén verzoek als proef, ${count} keer achtereen mislukt`,
    disabled: "Uitgeschakeld",
    disabledBecause: "Waarom uitgeschakeld",
    disabledAt: "Uitgeschakeld",
    failingSince: "Alleen nog mislukkingen sinds",
    healthyHelp: "Alles wat er de laatste tijd heen ging is aangenomen.",
    failingHelp:
      "Wat mislukte wordt vanzelf opnieuw geprobeerd, telkens later. Na vijf mislukkingen achtereen krijgt het rust.",
    restingHelp:
      "Tot dan wordt er niets verzonden; dan één verzoek, om te zien of het terug is. Wat wacht blijft bewaard, en andere eindpunten merken niets.",
    probingHelp:
      "De rust is voorbij. Het volgende verzoek wijst uit of het terug is; zo ja, dan volgt wat wacht, zo nee, dan rust het langer.",
    disabledHelp:
      "Er wordt niets heen gezonden. Schakel het in als de ontvanger terug is; verzend dan opnieuw wat het miste, uit de gebeurtenissen in de toestand “Geannuleerd”.",
    disable: "Uitschakelen",
    disableTitle: "Dit eindpunt uitschakelen",
    disableHelp: (pending: string) =>
      `Er wordt niets meer heen gezonden. Wat erop wacht (${pending}) wordt geannuleerd; het kan later opnieuw worden verzonden.`,
    enable: "Inschakelen",
    enabled: "Het is weer ingeschakeld",
    events: "De gebeurtenissen ervan",
    missed: "Wat het miste",
    emptyTitle: "Nog geen eindpunten",
    empty: "Een eindpunt ontstaat met de eerste webhook die naar zijn adres gaat.",
  },
});
