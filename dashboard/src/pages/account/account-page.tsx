import { useSession } from "../../api/session.ts";
import { DateTime } from "../../components/moments.tsx";
import { Facts } from "../../components/facts.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { useAccountWords } from "./account-words.ts";

export default function AccountPage() {
  const words = useAccountWords();
  const { user } = useSession();
  return (
    <>
      <PageHeader title={words.title} />
      <Facts
        facts={[
          [words.email, user.email],
          [words.name, user.name ?? "–"],
          [words.since, <DateTime key="since" at={user.created_at} short />],
        ]}
      />
    </>
  );
}
