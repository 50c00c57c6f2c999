import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { Facts } from "../../components/facts.tsx";
import { useFormats } from "../../language/use-formats.ts";
import { useOrganizationWords } from "./organization-words.ts";

export default function OrganizationSection() {
  const words = useOrganizationWords();
  const formats = useFormats();
  const { data, error, refetch } = useQuery({
    queryKey: ["organization"],
    queryFn: ({ signal }) => need(api.GET("/api/v1/organizations", { signal })),
  });
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={220} />;
  return (
    <Facts
      facts={[
        [words.name, data.name],
        [words.balance, data.minutes_unlimited ? words.unlimited : formats.number(data.minutes_balance)],
        [words.usage, formats.number(data.monthly_usage_minutes)],
        [words.assistants, formats.number(data.active_agents)],
        [words.numbers, formats.number(data.active_numbers)],
        [words.calls, formats.number(data.active_calls)],
      ]}
    />
  );
}
