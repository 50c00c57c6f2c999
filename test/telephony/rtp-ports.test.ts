import { expect, test } from "vitest";
import { createSocket } from "node:dgram";
import { createRtpPorts, type OpenRtpPort } from "../../src/telephony/rtp/rtp-ports.ts";

test("hands out even ports, each once, until none is left", async () => {
  const ports = createRtpPorts({ first: 21_601, last: 21_609 });
  const opened = await Promise.all(Array.from({ length: 4 }, () => ports.open("127.0.0.1")));
  expect(opened.map((open) => open?.port)).toEqual([21_602, 21_604, 21_606, 21_608]);
  expect(await ports.open("127.0.0.1")).toBeUndefined();
  for (const open of opened) open?.release();
});

test("gives a port back once, and uses it last", async () => {
  const ports = createRtpPorts({ first: 21_610, last: 21_615 });
  const first = (await ports.open("127.0.0.1"))!;
  first.release();
  first.release();
  expect(ports.freePorts).toBe(3);
  const next: OpenRtpPort[] = [];
  for (let count = 0; count < 3; count++) next.push((await ports.open("127.0.0.1"))!);
  expect(next.map(({ port }) => port)).toEqual([21_612, 21_614, 21_610]);
  for (const { release } of next) release();
});

test("skips a port that another program holds", async () => {
  const other = createSocket("udp4");
  await new Promise<void>((resolve) => other.bind(21_620, "127.0.0.1", resolve));
  const ports = createRtpPorts({ first: 21_620, last: 21_623 });
  const opened = (await ports.open("127.0.0.1"))!;
  expect(opened.port).toBe(21_622);
  opened.release();
  await new Promise<void>((resolve) => other.close(() => resolve()));
  expect(ports.freePorts).toBe(2);
});

test("an address that is not ours fails, and costs no port", async () => {
  const ports = createRtpPorts({ first: 21_630, last: 21_633 });
  await expect(ports.open("192.0.2.1")).rejects.toThrow("EADDRNOTAVAIL");
  expect(ports.freePorts).toBe(2);
});
