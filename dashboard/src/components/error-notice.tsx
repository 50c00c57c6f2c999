import { Alert, Button, Code, List, Text } from "@mantine/core";
import { ApiFailure } from "../api/failure.ts";
import { useComponentWords } from "./component-words.ts";

/** What went wrong, and what to do about it. */
export function ErrorNotice({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const words = useComponentWords();
  const { title, help, lines } = explain(error, words);
  return (
    <Alert color="red" variant="light" title={title} role="alert">
      {help !== undefined && <Text component="div">{help}</Text>}
      {lines.length > 0 && (
        <List size="sm" mt={help === undefined ? 0 : 4}>
          {lines.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      )}
      {error instanceof ApiFailure && error.status >= 500 && error.requestId !== undefined && (
        <Code>{error.requestId}</Code>
      )}
      {onRetry && (
        <div>
          <Button mt="sm" size="xs" variant="default" onClick={onRetry}>
            {words.tryAgain}
          </Button>
        </div>
      )}
    </Alert>
  );
}

interface Explanation {
  title: string;
  help?: string;
  lines: readonly string[];
}

/** The server's own words where it refused: they name the field and the range. */
function explain(error: Error, words: ReturnType<typeof useComponentWords>): Explanation {
  if (!(error instanceof ApiFailure)) return { title: words.serverFault, help: error.message, lines: [] };
  const { status, message, details } = error;
  if (status === 0) return { title: words.unreachable, help: words.unreachableHelp, lines: [] };
  if (status >= 500) return { title: words.serverFault, help: words.serverFaultHelp, lines: [] };
  if (status === 403) return { title: words.forbidden, help: words.forbiddenHelp, lines: [message] };
  if (status === 404) return { title: words.notFound, help: words.notFoundHelp, lines: [] };
  if (status === 429) return { title: words.tooMany, help: words.tooManyHelp, lines: [] };
  return { title: words.refused, lines: details.length > 0 ? details : [message] };
}
