import { useQueryClient } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { api } from "../../api/client.ts";
import { need } from "../../api/failure.ts";
import { useMay } from "../../api/session.ts";
import { BackLink } from "../../components/back-link.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { RoleNote } from "../../components/role-note.tsx";
import { TrunkForm } from "./trunk-form.tsx";
import { useTrunkWords } from "./trunk-words.ts";
import { useTrunksWords } from "./trunks-words.ts";

export default function TrunkCreatePage() {
  const words = useTrunkWords();
  const list = useTrunksWords();
  const mayChange = useMay("change");
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  return (
    <>
      <PageHeader title={words.newTitle} above={<BackLink href="/trunks">{list.title}</BackLink>} />
      <RoleNote needs="change" />
      {mayChange && (
        <TrunkForm
          onSave={async (body) => {
            const { trunk } = await need(api.POST("/api/v1/sip-trunks", { body }));
            await queryClient.invalidateQueries({ queryKey: ["trunks"] });
            navigate(`/trunks/${trunk.id}`);
          }}
        />
      )}
    </>
  );
}
