import { Skeleton, Stack, Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Suspense, useEffect, useMemo } from "react";
import { useLocation, useParams } from "wouter";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { numbersQuery } from "../../api/lists.ts";
import { useMay } from "../../api/session.ts";
import { BackLink } from "../../components/back-link.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { deferred } from "../../components/deferred.tsx";
import { ErrorNotice } from "../../components/error-notice.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { RoleNote } from "../../components/role-note.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useLeaveGuard } from "../../layout/leave-guard.ts";
import { NotFound } from "../../layout/not-found.tsx";
import { AssistantForm } from "./assistant-form.tsx";
import { AssistantMenu } from "./assistant-menu.tsx";
import { useCatalogQuery } from "./catalog-query.ts";
import { discardDraft, takeSaved, useDraft, useIsChanged } from "./drafts.ts";
import { EditorProvider } from "./editor.ts";
import { usePageWords } from "./page-words.ts";
import { SaveBar } from "./save-bar.tsx";

const VIEWS = {
  form: AssistantForm,
  json: deferred(() => import("./json-view.tsx")),
  versions: deferred(() => import("./versions-view.tsx")),
  playground: deferred(() => import("./playground-view.tsx")),
};
type View = keyof typeof VIEWS;

/** One assistant: its form, the same as JSON, its versions, and a place to try it. All show one draft. */
export default function AssistantPage() {
  const words = usePageWords();
  const { id, view = "form" } = useParams<{ id: string; view?: string }>();
  const [, navigate] = useLocation();
  const mayChange = useMay("change");
  const {
    data: assistant,
    error,
    refetch,
  } = useQuery({
    queryKey: ["assistant", id],
    queryFn: async ({ signal }) =>
      (await need(api.GET("/api/v1/assistants/{id}", { params: { path: { id } }, signal }))).assistant,
  });
  const catalog = useCatalogQuery();
  const { data: numbers } = useQuery(numbersQuery);
  const draft = useDraft(id);
  const isChanged = useIsChanged(id);
  const leaving = useLeaveGuard({
    isActive: isChanged,
    isWithin: (path) => path === `/assistants/${id}` || path.startsWith(`/assistants/${id}/`),
  });

  useEffect(() => {
    if (assistant) takeSaved(id, assistant);
  }, [id, assistant]);

  const editor = useMemo(() => catalog.data && { id, catalog: catalog.data }, [id, catalog.data]);
  if (!(view in VIEWS)) return <NotFound />;
  const Shown = VIEWS[view as View];
  const failure = error ?? catalog.error;
  const answered = (numbers ?? []).filter((number) => number.agent_id === id);
  const numberTexts = answered.map((number) => number.phone_number);
  const whatItAnswers =
    numberTexts.length > 0
      ? words.answers(numberTexts.join(", "))
      : numbers === undefined
        ? "\u00a0"
        : words.answersNothing;

  return (
    <>
      <PageHeader
        title={assistant?.name ?? "…"}
        above={<BackLink href="/assistants">{words.all}</BackLink>}
        description={
          <>
            {assistant?.is_active === false && <StatusBadge tone="neutral">{words.inactive}</StatusBadge>}{" "}
            {whatItAnswers}
          </>
        }
        actions={
          assistant && mayChange && <AssistantMenu assistant={assistant} numbers={numberTexts} size="lg" />
        }
      />
      <Tabs
        value={view}
        onChange={(name) => navigate(name === "form" ? `/assistants/${id}` : `/assistants/${id}/${name}`)}
      >
        <Tabs.List mb="xl" aria-label={words.views}>
          {(Object.keys(VIEWS) as View[]).map((name) => (
            <Tabs.Tab key={name} value={name}>
              {words[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={view}>
          {failure && !(editor && draft) ? (
            <ErrorNotice error={failure} onRetry={() => void Promise.all([refetch(), catalog.refetch()])} />
          ) : editor && draft ? (
            <EditorProvider value={editor}>
              <RoleNote needs="change" />
              <Suspense fallback={<FormSkeleton />}>
                <Shown id={id} isReadOnly={!mayChange} />
              </Suspense>
              {mayChange && <SaveBar id={id} />}
            </EditorProvider>
          ) : (
            <FormSkeleton />
          )}
        </Tabs.Panel>
      </Tabs>
      {leaving && (
        <ConfirmDialog
          title={words.leaveTitle}
          confirmLabel={words.leaveConfirm}
          isDangerous
          onConfirm={() => {
            discardDraft(id);
            leaving.go();
            return Promise.resolve();
          }}
          onClose={leaving.stay}
        >
          {words.leave}
        </ConfirmDialog>
      )}
    </>
  );
}

function FormSkeleton() {
  return (
    <Stack gap="lg" maw={720}>
      <Skeleton height={58} />
      <Skeleton height={58} />
      <Skeleton height={180} />
      <Skeleton height={58} />
    </Stack>
  );
}
