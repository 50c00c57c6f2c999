import {
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from "@mantine/core";
import type { Language } from "./language/language.ts";

// One accent, and greys. Status colours (green, red, amber) mean a status and nothing else.

const accent: MantineColorsTuple = [
  "#eff3fd",
  "#dde5fa",
  "#bccbf4",
  "#98afec",
  "#7b98e6",
  "#6283de",
  "#4c70d4",
  "#3a5cc0",
  "#2f4da6",
  "#243c85",
];

const dark: MantineColorsTuple = [
  "#dcdee2",
  "#b9bdc4",
  "#979ca6",
  "#6a6f79",
  "#3b3f46",
  "#2c2f35",
  "#212327",
  "#16171a",
  "#111215",
  "#0b0c0e",
];

const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, dark },
  fontFamily:
    'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  lineHeights: { xs: "1.4", sm: "1.5", md: "1.55", lg: "1.5", xl: "1.4" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "1.5rem", lineHeight: "1.3" },
      h2: { fontSize: "1rem", lineHeight: "1.5" },
      h3: { fontSize: "0.875rem", lineHeight: "1.5" },
    },
  },
  defaultRadius: "md",
  radius: { sm: "4px", md: "6px", lg: "10px" },
  cursorType: "pointer",
  respectReducedMotion: true,
  focusRing: "auto",
  components: {
    Button: { defaultProps: { size: "sm" } },
    // Forms mark what may be left out, not what must be there: nearly everything must.
    InputWrapper: { defaultProps: { withAsterisk: false } },
    TextInput: { defaultProps: { size: "sm" } },
    PasswordInput: { defaultProps: { size: "sm" } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
    Modal: {
      defaultProps: { centered: true, radius: "lg", overlayProps: { backgroundOpacity: 0.35 } },
      styles: { title: { fontWeight: 600 } },
    },
    Select: { defaultProps: { size: "sm", allowDeselect: false } },
  },
});

/** What the components themselves say: the crosses that close them have no other name. */
const CLOSE: Record<Language, string> = { en: "Close", nl: "Sluiten" };

export function themeIn(language: Language): MantineThemeOverride {
  const CloseButton = { defaultProps: { "aria-label": CLOSE[language] } };
  return { ...theme, components: { ...theme.components, CloseButton } };
}

/** Mantine's grey for lesser text has a contrast of 3.3 on white; people with weaker eyes need 4.5 (WCAG 1.4.3). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#5c636c",
    "--mantine-color-placeholder": "#6c737c",
    "--mantine-color-error": "#c92a2a",
    "--mantine-color-text": "#1b1d21",
    "--line": "#e6e8eb",
    "--surface": "#ffffff",
    "--surface-quiet": "#f8f9fa",
    "--surface-hover": "#f3f4f6",
    "--accent-text": "#2f4da6",
    "--good": "#1e7a3c",
    "--bad": "#c22a2a",
    "--warn": "#8f5b00",
    "--warn-area": "#dba328",
  },
  dark: {
    "--mantine-color-dimmed": "#979ca6",
    "--mantine-color-placeholder": "#8a909a",
    "--mantine-color-error": "#ff8787",
    "--mantine-color-text": "#e4e6ea",
    "--line": "#2a2d32",
    "--surface": "#16171a",
    "--surface-quiet": "#1a1b1f",
    "--surface-hover": "#202226",
    "--accent-text": "#98afec",
    "--good": "#69db8f",
    "--bad": "#ff8787",
    "--warn": "#f2b84b",
    "--warn-area": "#c98f2b",
  },
});
