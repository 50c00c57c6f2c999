import { NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import type { Wire } from "../../api/wire.ts";
import { FormDialog } from "../../components/form-dialog.tsx";
import { readHeaderLines } from "./header-lines.ts";
import { useMcpWords } from "./mcp-words.ts";

const DEFAULT_TIMEOUT_SECONDS = 20;

/** A new server, or one that is changed: its headers are written and never read. */
export function McpDialog({ server, onClose }: { server?: Wire<"McpServer">; onClose: () => void }) {
  const words = useMcpWords();
  const queryClient = useQueryClient();
  const form = useForm({
    initialValues: {
      name: server?.name ?? "",
      url: server?.url ?? "",
      transport: server?.transport ?? "streamable_http",
      timeoutSeconds: server?.timeout_seconds ?? DEFAULT_TIMEOUT_SECONDS,
      headers: "",
    },
    validate: {
      headers: (text) => {
        const read = readHeaderLines(text);
        return read.outcome === "wrong" ? words.headersWrong(read.line) : null;
      },
    },
  });
  const save = useMutation({
    mutationFn: async ({ name, url, transport, timeoutSeconds, headers: text }: typeof form.values) => {
      const read = readHeaderLines(text);
      const headers = read.outcome === "read" ? read.headers : {};
      const body = {
        name: name.trim(),
        url: url.trim(),
        transport,
        timeout_seconds: timeoutSeconds,
        ...(Object.keys(headers).length > 0 && { headers }),
      };
      if (server) {
        await need(api.PATCH("/api/v1/mcp-servers/{id}", { params: { path: { id: server.id } }, body }));
      } else await need(api.POST("/api/v1/mcp-servers", { body }));
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ["mcp-servers"] });
      onClose();
    },
  });
  return (
    <FormDialog
      title={server ? words.editNamed(server.name) : words.add}
      size="lg"
      submitLabel={words.save}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      onClose={onClose}
    >
      <TextInput label={words.name} required data-autofocus {...form.getInputProps("name")} />
      <TextInput
        label={words.url}
        description={words.urlHelp}
        required
        inputMode="url"
        {...form.getInputProps("url")}
      />
      <Textarea
        label={words.headers}
        description={
          server && server.header_names.length > 0
            ? words.headersKept(server.header_names.join(", "))
            : words.headersHelp
        }
        autosize
        minRows={2}
        spellCheck={false}
        autoComplete="off"
        {...form.getInputProps("headers")}
      />
      <Select
        label={words.transport}
        data={[
          { value: "streamable_http", label: words.streamable },
          { value: "sse", label: words.sse },
        ]}
        {...form.getInputProps("transport")}
      />
      <NumberInput
        label={words.timeout}
        description={words.timeoutHelp}
        min={5}
        max={60}
        allowDecimal={false}
        {...form.getInputProps("timeoutSeconds")}
      />
    </FormDialog>
  );
}
