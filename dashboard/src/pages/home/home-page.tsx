import { PageHeader } from "../../components/page-header.tsx";
import { useLayoutWords } from "../../layout/layout-words.ts";

export default function HomePage() {
  return <PageHeader title={useLayoutWords().home} />;
}
