import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import type { Wire } from "../../api/wire.ts";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { usageCsv } from "./usage-csv.ts";
import { useUsageWords } from "./usage-words.ts";

const PAGE_ROWS = 100;

/** All of it, as a file for a spreadsheet, made in the browser. */
export function UsageExport() {
  const words = useUsageWords();
  const exporting = useMutation({
    mutationFn: async () => {
      const csv = usageCsv(await allLogs());
      const url = URL.createObjectURL(new Blob([csv], { type: "text/csv;charset=utf-8" }));
      const link = document.createElement("a");
      link.href = url;
      link.download = "usage.csv";
      link.click();
      URL.revokeObjectURL(url);
    },
  });
  return (
    <>
      <Button variant="default" loading={exporting.isPending} onClick={() => exporting.mutate()}>
        {words.exportCsv}
      </Button>
      {exporting.error && <ErrorNotice error={exporting.error} />}
    </>
  );
}

async function allLogs(): Promise<Wire<"UsageLog">[]> {
  const logs: Wire<"UsageLog">[] = [];
  for (;;) {
    const query = { limit: PAGE_ROWS, offset: logs.length };
    const answer = await need(api.GET("/api/v1/usage", { params: { query } }));
    logs.push(...answer.logs);
    if (answer.logs.length < PAGE_ROWS) return logs;
  }
}
