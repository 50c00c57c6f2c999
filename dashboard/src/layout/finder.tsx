import { Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import IconSearch from "@tabler/icons-react/icons/IconSearch";
import { useState } from "react";
import { useLocation } from "wouter";
import { isId } from "../api/ids.ts";
import { sections } from "../routes.tsx";
import { finderStore } from "./finder-store.ts";
import { useLayoutWords } from "./layout-words.ts";

/** Ctrl K: every page by its name, and a call by its id, which is what logs and webhooks have of it. */
export function Finder() {
  const words = useLayoutWords();
  const [, navigate] = useLocation();
  const [query, setQuery] = useState("");
  const pages: SpotlightActionGroupData = {
    group: words.pages,
    actions: sections.flat().map(({ path, word, icon: Icon }) => ({
      id: path,
      label: words[word],
      leftSection: <Icon size={17} stroke={1.6} aria-hidden />,
      onClick: () => navigate(path),
    })),
  };
  const id = query.trim();
  const calls: SpotlightActionGroupData = {
    group: words.calls,
    actions: [
      { id: `call-${id}`, label: words.openCall(id), onClick: () => navigate(`/calls/${id.toLowerCase()}`) },
    ],
  };
  return (
    <Spotlight
      store={finderStore}
      actions={isId(id) ? [calls] : [pages]}
      query={query}
      onQueryChange={setQuery}
      nothingFound={words.findNothing}
      shortcut={["mod + K"]}
      highlightQuery
      title={words.findPlaceholder}
      classNames={{ header: "visually-hidden" }}
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      scrollable
      maxHeight={440}
      searchProps={{
        leftSection: <IconSearch size={17} aria-hidden />,
        placeholder: words.findPlaceholder,
        "aria-label": words.findPlaceholder,
      }}
    />
  );
}
