import { SwitchhookCallElement } from "./call-element.ts";

// Two copies of this on a page are one element: the first counts.
if (!customElements.get("switchhook-call")) customElements.define("switchhook-call", SwitchhookCallElement);
