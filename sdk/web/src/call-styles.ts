/** How the element looks; a page sets the variables, or styles the parts. */
export const STYLES = `
:host {
  --_accent: var(--switchhook-accent, #1f5eff);
  --_on-accent: var(--switchhook-on-accent, #fff);
  --_danger: var(--switchhook-danger, #b3261e);
  --_on-danger: var(--switchhook-on-danger, #fff);
  --_background: var(--switchhook-background, #fff);
  --_text: var(--switchhook-text, #1a1a1a);
  --_quiet: var(--switchhook-quiet, #595959);
  --_border: var(--switchhook-border, #8a8a8a);
  --_radius: var(--switchhook-radius, 0.75rem);
  display: block;
  max-width: 26rem;
  color: var(--_text);
  font: var(--switchhook-font, 1rem/1.5 system-ui, sans-serif);
}
@media (prefers-color-scheme: dark) {
  :host {
    --_accent: var(--switchhook-accent, #8ab0ff);
    --_on-accent: var(--switchhook-on-accent, #10131a);
    --_danger: var(--switchhook-danger, #ffb4ab);
    --_on-danger: var(--switchhook-on-danger, #33100c);
    --_background: var(--switchhook-background, #16181d);
    --_text: var(--switchhook-text, #ececec);
    --_quiet: var(--switchhook-quiet, #b5b5b5);
    --_border: var(--switchhook-border, #80858f);
  }
}
:host([hidden]), [hidden] { display: none !important; }
.panel {
  display: grid;
  gap: 0.75rem;
  padding: 1rem;
  border: 1px solid var(--_border);
  border-radius: var(--_radius);
  background: var(--_background);
}
.buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; }
button {
  min-height: 2.75rem;
  padding: 0.25rem 1rem;
  border: 1px solid var(--_border);
  border-radius: calc(var(--_radius) / 1.5);
  background: transparent;
  color: inherit;
  font: inherit;
  cursor: pointer;
}
button:disabled { cursor: default; opacity: 0.6; }
.start { flex: 1; border-color: transparent; background: var(--_accent); color: var(--_on-accent); font-weight: 600; }
.end { flex: 1; border-color: transparent; background: var(--_danger); color: var(--_on-danger); font-weight: 600; }
:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
.status { margin: 0; min-height: 1.5em; color: var(--_quiet); }
.error { margin: 0; color: var(--_danger); }
.level { height: 0.375rem; overflow: hidden; border-radius: 1rem; background: color-mix(in srgb, var(--_border) 30%, transparent); }
.level > span { display: block; height: 100%; width: 100%; background: var(--_accent); transform: scaleX(0); transform-origin: left; transition: transform 80ms linear; }
.transcript { max-height: 16rem; overflow-y: auto; overflow-wrap: anywhere; }
.transcript p { margin: 0 0 0.5rem; }
.transcript strong { display: block; color: var(--_quiet); font-size: 0.875em; font-weight: 600; }
.growing { margin: 0; color: var(--_quiet); }
form { display: flex; gap: 0.5rem; }
label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
input {
  flex: 1;
  min-width: 0;
  min-height: 2.75rem;
  padding: 0 0.75rem;
  border: 1px solid var(--_border);
  border-radius: calc(var(--_radius) / 1.5);
  background: transparent;
  color: inherit;
  font: inherit;
}
input::placeholder { color: var(--_quiet); opacity: 1; }
@media (prefers-reduced-motion: reduce) { .level > span { transition: none; } }
`;
