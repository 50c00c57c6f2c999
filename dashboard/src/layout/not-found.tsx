import { Button } from "@mantine/core";
import { Link } from "wouter";
import { EmptyState } from "../components/empty-state.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { useLayoutWords } from "./layout-words.ts";

export function NotFound() {
  const words = useLayoutWords();
  return (
    <>
      <PageHeader title={words.notFound} />
      <EmptyState
        title={location.pathname}
        actions={
          <Button component={Link} href="/">
            {words.toHome}
          </Button>
        }
      >
        {words.notFoundHelp}
      </EmptyState>
    </>
  );
}
