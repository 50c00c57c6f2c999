import { useQuery } from "@tanstack/react-query";
import { Anchor, Skeleton } from "@mantine/core";
import { Link, useParams } from "wouter";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { JsonView } from "../../components/json-view.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useCallsWords } from "./calls-words.ts";

export default function CallPage() {
  const { id } = useParams<{ id: string }>();
  const words = useCallsWords();
  const { data, error, refetch } = useQuery({
    queryKey: ["call", id],
    queryFn: ({ signal }) => need(api.GET("/api/v1/calls/{id}", { params: { path: { id } }, signal })),
  });
  return (
    <>
      <PageHeader
        title={data?.caller_phone ?? id}
        above={
          <Anchor component={Link} href="/calls" size="sm">
            {words.title}
          </Anchor>
        }
      />
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <JsonView value={data} />
      ) : (
        <Skeleton height={440} />
      )}
    </>
  );
}
