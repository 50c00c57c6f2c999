import { Button, Group, Text, Title } from "@mantine/core";
import IconCheck from "@tabler/icons-react/icons/IconCheck";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { assistantsQuery, numbersQuery } from "../../api/lists.ts";
import { useMay } from "../../api/session.ts";
import classes from "./first-steps.module.css";
import { useHomeWords } from "./home-words.ts";

/** Instead of figures, as long as nobody has called: what to do next. What is done is ticked off. */
export function FirstSteps() {
  const words = useHomeWords();
  const mayChange = useMay("change");
  const assistants = useQuery(assistantsQuery);
  const numbers = useQuery(numbersQuery);
  const steps = [
    {
      title: words.stepAssistant,
      help: words.stepAssistantHelp,
      isDone: (assistants.data?.length ?? 0) > 0,
      to: { href: "/assistants", label: words.toAssistants },
    },
    {
      title: words.stepNumber,
      help: words.stepNumberHelp,
      isDone: (numbers.data?.length ?? 0) > 0,
      to: { href: "/numbers", label: words.toNumbers },
    },
    { title: words.stepCall, help: words.stepCallHelp, isDone: false, to: undefined },
  ];
  // Who has no number yet can talk in the browser: that is a call, too.
  const assistant = assistants.data?.[0];
  const next = steps.findIndex(({ isDone }) => !isDone);
  return (
    <section className={classes.steps}>
      <Title order={2}>{words.firstTitle}</Title>
      <Text c="dimmed">{words.firstHelp}</Text>
      <ol>
        {steps.map((step, index) => (
          <li key={step.title} data-next={index === next}>
            <span className={classes.place} data-done={step.isDone}>
              {step.isDone ? <IconCheck size={15} aria-label={words.done} /> : index + 1}
            </span>
            <div>
              <Title order={3}>{step.title}</Title>
              <Text c="dimmed">{step.help}</Text>
              {index === next && (
                <Group gap="xs" mt="sm">
                  {step.to && (
                    <Button component={Link} href={step.to.href}>
                      {step.to.label}
                    </Button>
                  )}
                  {assistant && mayChange && (
                    <Button
                      component={Link}
                      href={`/assistants/${assistant.id}/playground`}
                      variant="default"
                    >
                      {words.toPlayground}
                    </Button>
                  )}
                </Group>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
