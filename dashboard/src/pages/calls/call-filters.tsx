import { Button, Select, TextInput } from "@mantine/core";
import IconSearch from "@tabler/icons-react/icons/IconSearch";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { assistantsQuery } from "../../api/lists.ts";
import { statusText, useStatusWords } from "../../components/call-status.ts";
import { DIRECTIONS, isFiltered, STATUSES, type CallFilter } from "./call-filter.ts";
import classes from "./call-filters.module.css";
import { useCallsWords } from "./calls-words.ts";

const TYPED_MS = 300;

/** Over the list of calls. */
export function CallFilters(props: { filter: CallFilter; onChange: (filter: CallFilter) => void }) {
  const { filter, onChange } = props;
  const words = useCallsWords();
  const statusWords = useStatusWords();
  const assistants = useQuery(assistantsQuery);
  const choose = (name: keyof CallFilter) => (value: string | null) =>
    onChange({ ...filter, [name]: value ?? "" });
  return (
    <search className={classes.filters}>
      <SearchField value={filter.search} onChange={choose("search")} />
      <Select
        aria-label={words.status}
        placeholder={words.anyStatus}
        clearable
        value={filter.status || null}
        onChange={choose("status")}
        data={STATUSES.map((status) => ({ value: status, label: statusText(status, statusWords) }))}
      />
      <Select
        aria-label={words.direction}
        placeholder={words.anyDirection}
        clearable
        value={filter.direction || null}
        onChange={choose("direction")}
        data={DIRECTIONS.map((direction) => ({ value: direction, label: words[direction] }))}
      />
      <Select
        aria-label={words.assistant}
        placeholder={words.anyAssistant}
        clearable
        searchable
        value={filter.assistant || null}
        onChange={choose("assistant")}
        data={(assistants.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextInput
        type="date"
        aria-label={words.from}
        title={words.from}
        value={filter.from}
        max={filter.to}
        onChange={(event) => choose("from")(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        aria-label={words.to}
        title={words.to}
        value={filter.to}
        min={filter.from}
        onChange={(event) => choose("to")(event.currentTarget.value)}
      />
      {isFiltered(filter) && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => onChange({ search: "", status: "", direction: "", assistant: "", from: "", to: "" })}
        >
          {words.clear}
        </Button>
      )}
    </search>
  );
}

/** Asks once the typing pauses, however often the page is drawn meanwhile by calls that come and go. */
function SearchField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const words = useCallsWords();
  const [text, setText] = useState(value);
  const [asked, setAsked] = useState(value);
  // Cleared, or gone back: the address has changed by other means than typing.
  if (value !== asked) {
    setAsked(value);
    setText(value);
  }
  const ask = useEffectEvent(onChange);
  useEffect(() => {
    if (text === value) return;
    const timer = window.setTimeout(() => {
      setAsked(text);
      ask(text);
    }, TYPED_MS);
    return () => window.clearTimeout(timer);
  }, [text, value]);
  return (
    <TextInput
      type="search"
      className={classes.search}
      aria-label={words.search}
      placeholder={words.search}
      maxLength={200}
      leftSection={<IconSearch size={15} aria-hidden />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}
