import { Anchor } from "@mantine/core";
import { Link } from "wouter";

/** Over the title of a page about one thing: the way back to all of them. */
export function BackLink({ href, children }: { href: string; children: string }) {
  return (
    <Anchor component={Link} href={href} size="sm">
      {children}
    </Anchor>
  );
}
