import { createCallView, type CallView } from "./call-view.ts";
import { wordsIn, type CallWords } from "./call-words.ts";
import { createWebCall, type WebCall, type WebCallOptions, type WebCallToken } from "./web-call.ts";

const LEVEL_EVERY_MS = 100;

/**
 * `<switchhook-call token-url="/call">`: a button, and all that a call needs once it was pressed.
 *
 * - `token-url`: of your backend; a POST to it answers what `POST /v1/web-calls` did
 * - `getToken`: a function instead of it, as a property
 * - `server-url` and `token`: instead of both, for one call
 * - `lang`: `en` or `nl`; without it the page's. `words` as a property replaces some or all of them
 *
 * Fires `switchhook-change` after each change; `call` has the rest.
 */
export class SwitchhookCallElement extends HTMLElement {
  /** asks your backend for a call */
  getToken: (() => Promise<WebCallToken>) | undefined;
  words: Partial<CallWords> = {};
  #call: WebCall | undefined;
  #view: CallView | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #forget: () => void = () => undefined;

  /** undefined: none was begun */
  get call(): WebCall | undefined {
    return this.#call;
  }

  connectedCallback(): void {
    this.#view ??= createCallView(this.attachShadow({ mode: "open" }), this.#words(), {
      start: () => this.#start(),
      end: () => void this.#call?.end(),
      mute: () => void this.#call?.mute(!this.#call.isMuted),
      playSound: () => void this.#call?.playSound(),
      send: (text) => void this.#call?.send(text).catch(() => undefined),
    });
    this.#view.show(this.#call);
  }

  /** Taken out of the page, it hangs up. */
  disconnectedCallback(): void {
    void this.#call?.end();
  }

  #start(): void {
    this.#forget();
    const call = createWebCall(this.#options());
    this.#call = call;
    this.#forget = call.subscribe(() => this.#changed(call));
    void call.start();
  }

  #changed(call: WebCall): void {
    this.#view?.show(call);
    const isLive = call.state === "live";
    if (isLive)
      this.#timer ??= setInterval(() => this.#view?.showLevel(call.level("caller")), LEVEL_EVERY_MS);
    else {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    this.dispatchEvent(new CustomEvent("switchhook-change", { bubbles: true, composed: true }));
  }

  #options(): WebCallOptions {
    const [serverUrl, token] = [this.getAttribute("server-url"), this.getAttribute("token")];
    if (serverUrl !== null && token !== null) return { serverUrl, token };
    return { getToken: this.getToken ?? (() => fetchToken(this.getAttribute("token-url"))) };
  }

  #words(): CallWords {
    const language = this.closest<HTMLElement>("[lang]")?.lang ?? navigator.language;
    return { ...wordsIn(language), ...this.words };
  }
}

async function fetchToken(url: string | null): Promise<WebCallToken> {
  if (url === null) throw new Error("<switchhook-call> needs token-url, or getToken.");
  const response = await fetch(url, { method: "POST" });
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return (await response.json()) as WebCallToken;
}
