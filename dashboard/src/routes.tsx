import IconAffiliate from "@tabler/icons-react/icons/IconAffiliate";
import IconChartBar from "@tabler/icons-react/icons/IconChartBar";
import IconHash from "@tabler/icons-react/icons/IconHash";
import IconHome from "@tabler/icons-react/icons/IconHome";
import IconNetwork from "@tabler/icons-react/icons/IconNetwork";
import IconPhone from "@tabler/icons-react/icons/IconPhone";
import IconSettings from "@tabler/icons-react/icons/IconSettings";
import IconSpeakerphone from "@tabler/icons-react/icons/IconSpeakerphone";
import IconMessageChatbot from "@tabler/icons-react/icons/IconMessageChatbot";
import type { ComponentType } from "react";
import { deferred, type Deferred } from "./components/deferred.tsx";
import type { useLayoutWords } from "./layout/layout-words.ts";

export interface PageRoute {
  /** of wouter: `/calls/:id`; a page reads its parameters with `useParams` */
  path: string;
  /** a chunk of its own, which is fetched when one points at its link */
  page: Deferred;
}

function route(path: string, fetchPage: () => Promise<{ default: ComponentType }>): PageRoute {
  return { path, page: deferred(fetchPage) };
}

/** Inside the frame, for people who are signed in. Every page is a chunk of its own. The first that matches is shown. */
export const routes: readonly PageRoute[] = [
  route("/", () => import("./pages/home/home-page.tsx")),
  route("/calls", () => import("./pages/calls/calls-page.tsx")),
  route("/calls/:id", () => import("./pages/calls/call-page.tsx")),
  route("/assistants", () => import("./pages/assistants/assistants-page.tsx")),
  route("/assistants/:id/:view?", () => import("./pages/assistants/assistant-page.tsx")),
  route("/numbers", () => import("./pages/numbers/numbers-page.tsx")),
  route("/numbers/:id", () => import("./pages/numbers/number-page.tsx")),
  route("/trunks", () => import("./pages/trunks/trunks-page.tsx")),
  route("/trunks/new", () => import("./pages/trunks/trunk-create-page.tsx")),
  route("/trunks/:id", () => import("./pages/trunks/trunk-page.tsx")),
  route("/campaigns", () => import("./pages/campaigns/campaigns-page.tsx")),
  route("/webhooks/events/:id", () => import("./pages/webhooks/event-page.tsx")),
  route("/webhooks/endpoints/:id", () => import("./pages/webhooks/endpoint-page.tsx")),
  route("/webhooks/:section?", () => import("./pages/webhooks/webhooks-page.tsx")),
  route("/usage", () => import("./pages/usage/usage-page.tsx")),
  route("/account", () => import("./pages/account/account-page.tsx")),
  route("/settings/:section?", () => import("./pages/settings/settings-page.tsx")),
];

/** Fetches the chunk of the page at an address, while who reads it is still being looked up. */
export async function preload(address: string): Promise<void> {
  const found = [...publicRoutes, ...routes].find(({ path }) => patternOf(path).test(address));
  await found?.page.load();
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\/:\w+\?/g, "(?:/[^/]+)?").replaceAll(/:\w+/g, "[^/]+")}$`);
}

/** At every address but the public ones, for who has not signed in. */
export const SignInPage = deferred(() => import("./pages/session/sign-in-page.tsx"));

/** For who has not signed in. At every other address the sign-in page stands first. */
export const publicRoutes: readonly PageRoute[] = [
  route("/welcome", () => import("./pages/session/welcome-page.tsx")),
];

type WordOf<Words> = { [Key in keyof Words]: Words[Key] extends string ? Key : never }[keyof Words];

export interface Section {
  path: string;
  word: WordOf<ReturnType<typeof useLayoutWords>>;
  icon: typeof IconHome;
}

/** The navigation, in its groups. */
export const sections: readonly (readonly Section[])[] = [
  [
    { path: "/", word: "home", icon: IconHome },
    { path: "/calls", word: "calls", icon: IconPhone },
    { path: "/assistants", word: "assistants", icon: IconMessageChatbot },
    { path: "/webhooks", word: "webhooks", icon: IconAffiliate },
  ],
  [
    { path: "/numbers", word: "numbers", icon: IconHash },
    { path: "/trunks", word: "trunks", icon: IconNetwork },
    { path: "/campaigns", word: "campaigns", icon: IconSpeakerphone },
  ],
  [
    { path: "/usage", word: "usage", icon: IconChartBar },
    { path: "/settings", word: "settings", icon: IconSettings },
  ],
];
