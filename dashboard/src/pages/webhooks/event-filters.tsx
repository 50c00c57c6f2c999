import { Button, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSearchParams } from "wouter";
import { isId } from "../../api/ids.ts";
import { useEventStateWords } from "../../components/event-state-words.ts";
import { PERIODS, type EventFilter } from "./event-filter.ts";
import { EVENT_STATES, EVENT_TYPES } from "./event-kinds.ts";
import { useEventsWords } from "./events-words.ts";
import { useEndpoints } from "./use-endpoints.ts";
import classes from "./webhooks.module.css";

const ANY = "";
const CUSTOM = "custom";

/** Every one is a part of the address, so that what one sees can be sent to somebody. */
export function EventFilters({ filter }: { filter: EventFilter }) {
  const words = useEventsWords();
  const states = useEventStateWords();
  const [search, setSearch] = useSearchParams();
  const [isCustom, setCustom] = useState(filter.since !== undefined || filter.until !== undefined);
  const [clears, setClears] = useState(0);
  const endpoints = useEndpoints();

  const change = (changes: Record<string, string>) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value === ANY) after.delete(name);
          else after.set(name, value);
        }
        return after;
      },
      { replace: true },
    );

  const periods = [
    { value: ANY, label: words.anyTime },
    ...(Object.keys(PERIODS) as (keyof typeof PERIODS)[]).map((value) => ({ value, label: words[value] })),
    { value: CUSTOM, label: words.custom },
  ];
  return (
    <search className={classes.filters}>
      <Select
        aria-label={words.type}
        data={[{ value: ANY, label: words.anyType }, ...EVENT_TYPES]}
        value={filter.type ?? ANY}
        onChange={(type) => change({ type: type ?? ANY })}
      />
      <Select
        aria-label={words.state}
        data={[
          { value: ANY, label: words.anyState },
          ...EVENT_STATES.map((value) => ({ value, label: states[value] })),
        ]}
        value={filter.state ?? ANY}
        onChange={(state) => change({ state: state ?? ANY })}
      />
      <Select
        aria-label={words.endpoint}
        data={[
          { value: ANY, label: words.anyEndpoint },
          ...(endpoints.data ?? []).map(({ id, url }) => ({ value: id, label: url })),
        ]}
        value={filter.endpointId ?? ANY}
        onChange={(endpoint) => change({ endpoint: endpoint ?? ANY })}
        comboboxProps={{ width: "max-content", position: "bottom-start" }}
      />
      <Select
        aria-label={words.period}
        data={periods}
        value={isCustom ? CUSTOM : (filter.period ?? ANY)}
        onChange={(period) => {
          setCustom(period === CUSTOM);
          change({ since: ANY, until: ANY, period: period === CUSTOM || period === null ? ANY : period });
        }}
      />
      <CallIdInput key={clears} value={search.get("call") ?? ""} onChange={(call) => change({ call })} />
      {isCustom &&
        (["since", "until"] as const).map((name) => (
          <TextInput
            key={name}
            type="datetime-local"
            aria-label={words[name]}
            leftSection={<span className={classes.dim}>{words[name]}</span>}
            leftSectionWidth={48}
            value={toLocalInput(filter[name])}
            onChange={({ currentTarget: { value } }) =>
              change({ [name]: value === "" ? ANY : new Date(value).toISOString() })
            }
          />
        ))}
      {search.size > 0 && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => {
            setCustom(false);
            setClears(clears + 1);
            setSearch({}, { replace: true });
          }}
        >
          {words.clear}
        </Button>
      )}
    </search>
  );
}

/** Filters once there is a whole id: nobody remembers half of one. */
function CallIdInput({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const words = useEventsWords();
  const [typed, setTyped] = useState("");
  // While it is half typed; else the address says it.
  const text = typed === "" || isId(typed.trim()) ? value : typed;
  return (
    <TextInput
      aria-label={words.callId}
      placeholder={words.callId}
      value={text}
      error={text !== "" && !isId(text.trim()) && words.callIdWrong}
      onChange={({ currentTarget: { value: now } }) => {
        setTyped(now);
        const id = now.trim();
        if (now === "" || isId(id)) onChange(id);
      }}
    />
  );
}

/** What `datetime-local` takes: the reader's own time, to the minute. */
function toLocalInput(instant: string | undefined): string {
  if (instant === undefined) return "";
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
