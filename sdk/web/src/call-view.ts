import { STYLES } from "./call-styles.ts";
import type { CallWords } from "./call-words.ts";
import type { TranscriptLine } from "./transcript.ts";
import type { WebCall } from "./web-call.ts";

/** What somebody does to the element. */
export interface CallActions {
  start(): void;
  end(): void;
  mute(): void;
  playSound(): void;
  send(text: string): void;
}

export interface CallView {
  /** @param call  undefined: none has been begun */
  show(call: WebCall | undefined): void;
  /** @param level  0 to 1 */
  showLevel(level: number): void;
}

const IS_RUNNING = new Set(["connecting", "live", "reconnecting"]);

/**
 * The element's inside. What was said is a log, which screen readers read line by line as it grows; words that are still
 * growing stand beside it, for the eye alone, because they would be read again with each word.
 */
export function createCallView(root: ShadowRoot, words: CallWords, actions: CallActions): CallView {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLES);
  root.adoptedStyleSheets = [sheet];

  const button = (className: string, text: string, onClick: () => void) => {
    const made = make("button", className, text);
    made.type = "button";
    made.addEventListener("click", onClick);
    return made;
  };
  const start = button("start", words.start, actions.start);
  const end = button("end", words.end, actions.end);
  const mute = button("mute", words.mute, actions.mute);
  const playSound = button("play-sound", words.playSound, actions.playSound);
  const buttons = make("div", "buttons");
  buttons.append(start, end, mute, playSound);

  const status = make("p", "status");
  status.setAttribute("role", "status");
  const error = make("p", "error");
  error.setAttribute("role", "alert");

  const bar = make("span");
  const level = make("div", "level");
  level.setAttribute("role", "meter");
  level.setAttribute("aria-label", words.microphoneLevel);
  level.setAttribute("aria-valuemin", "0");
  level.setAttribute("aria-valuemax", "100");
  level.append(bar);

  const transcript = make("div", "transcript");
  transcript.setAttribute("role", "log");
  transcript.setAttribute("aria-label", words.transcript);
  // It scrolls: who has no mouse must be able to, too.
  transcript.tabIndex = 0;
  const growing = make("p", "growing");
  growing.setAttribute("aria-hidden", "true");

  const input = make("input");
  input.id = "text";
  input.maxLength = 4_000;
  input.autocomplete = "off";
  input.placeholder = words.typeHere;
  const label = make("label", "", words.typeHere);
  label.htmlFor = input.id;
  const send = make("button", "send", words.send);
  const form = make("form");
  form.append(label, input, send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim() !== "") actions.send(input.value);
    input.value = "";
  });

  const panel = make("div", "panel");
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", words.call);
  panel.append(status, error, level, transcript, growing, form, buttons);
  for (const part of [panel, status, error, level, transcript, form, start, end, mute, input, send])
    part.setAttribute("part", part.className || part.localName);
  root.append(panel);

  let shown = new Set<string>();

  function showTranscript(lines: readonly TranscriptLine[]): void {
    if (lines.length === 0) {
      transcript.replaceChildren();
      shown = new Set();
    }
    for (const line of lines) {
      const key = `${line.speaker} ${line.id}`;
      if (!line.isFinal || shown.has(key)) continue;
      shown.add(key);
      const paragraph = make("p");
      paragraph.append(make("strong", "", words[line.speaker]), line.text);
      transcript.append(paragraph);
      transcript.scrollTop = transcript.scrollHeight;
    }
    transcript.hidden = transcript.childElementCount === 0;
    const last = lines.filter(({ isFinal }) => !isFinal).at(-1);
    growing.textContent = last ? `${words[last.speaker]}: ${last.text}` : "";
    growing.hidden = !last;
  }

  function show(call: WebCall | undefined): void {
    const state = call?.state ?? "idle";
    const isRunning = IS_RUNNING.has(state);
    const isLive = state === "live" || state === "reconnecting";
    // The button that is pressed goes away with it; the keyboard's place must not.
    const hadFocus = root.activeElement;
    start.hidden = isRunning;
    end.hidden = !isRunning;
    mute.hidden = !isLive || !call?.hasMicrophone;
    mute.textContent = call?.isMuted ? words.unmute : words.mute;
    playSound.hidden = !isLive || !call?.isSilenced;
    level.hidden = mute.hidden;
    form.hidden = !isLive;
    const note = isLive && !call?.hasMicrophone ? ` ${words.noMicrophone}` : "";
    const text = words.states[state] + note;
    if (status.textContent !== text) status.textContent = text;
    error.textContent = state === "failed" ? (call?.error?.message ?? "") : "";
    error.hidden = error.textContent === "";
    showTranscript(call?.transcript ?? []);
    if (hadFocus instanceof HTMLElement && hadFocus.offsetParent === null) (isRunning ? end : start).focus();
  }

  return {
    show,
    showLevel(value) {
      bar.style.transform = `scaleX(${value.toFixed(2)})`;
      level.setAttribute("aria-valuenow", String(Math.round(value * 100)));
    },
  };
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = "",
  text = "",
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}
