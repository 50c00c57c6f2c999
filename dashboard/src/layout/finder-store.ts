import { createSpotlight } from "@mantine/spotlight";

/** What Ctrl K opens, from anywhere. */
export const [finderStore, finder] = createSpotlight();

export function openFinder(): void {
  finder.open();
}
