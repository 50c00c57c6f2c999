import { ActionIcon, Button, Text } from "@mantine/core";
import IconPlus from "@tabler/icons-react/icons/IconPlus";
import IconTrash from "@tabler/icons-react/icons/IconTrash";
import { textOf, type Document } from "./document.ts";
import { useField } from "./editor.ts";
import { ChoiceField, TextField } from "./fields.tsx";
import { Row } from "./section.tsx";
import classes from "./tools.module.css";
import { useToolsWords } from "./tools-words.ts";
import { WarmSwitch } from "./warm-switch.tsx";

/** Where callers can be handed over to. */
export function TransferFields({ path }: { path: string }) {
  const words = useToolsWords();
  const { value, error, set } = useField(`${path}.destinations`);
  const destinations = Array.isArray(value) ? (value as Document[]) : [];
  return (
    <div>
      <Text fw={500}>{words.destinations}</Text>
      {destinations.map((destination, index) => {
        const at = `${path}.destinations[${index}]`;
        const isSip = destination["type"] === "sip";
        const name =
          textOf(destination["description"]) ||
          textOf(destination[isSip ? "sip_uri" : "number"]) ||
          String(index + 1);
        return (
          <div key={index} className={classes.destination} role="group" aria-label={name}>
            <Row>
              <ChoiceField
                path={`${at}.type`}
                label={words.kind}
                placeholder={words.number}
                choices={[
                  { value: "number", label: words.number },
                  { value: "sip", label: words.sip },
                ]}
              />
              {isSip ? (
                <TextField path={`${at}.sip_uri`} label={words.sip} placeholder="sip:desk@pbx.example" />
              ) : (
                <TextField path={`${at}.number`} label={words.number} placeholder="+31850835037" />
              )}
            </Row>
            <Row>
              <TextField path={`${at}.description`} label={words.destinationDescription} />
              <TextField path={`${at}.message`} label={words.destinationMessage} />
            </Row>
            <div className={classes.head}>
              <WarmSwitch path={`${at}.mode`} label={words.warm} help={words.warmHelp} />
              <ActionIcon
                variant="subtle"
                color="gray"
                ml="auto"
                aria-label={words.removeDestination(name)}
                disabled={destinations.length === 1}
                onClick={() => set(destinations.filter((_each, other) => other !== index))}
              >
                <IconTrash size={15} />
              </ActionIcon>
            </div>
          </div>
        );
      })}
      {error !== undefined && destinations.length === 0 && (
        <Text size="sm" c="var(--bad)" role="alert">
          {error}
        </Text>
      )}
      <Button
        variant="default"
        size="xs"
        mt="sm"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => set([...destinations, { type: "number", number: "", description: "" }])}
      >
        {words.addDestination}
      </Button>
    </div>
  );
}
