import { generate } from "selfsigned";

export interface TestCertificate {
  cert: string;
  key: string;
}

/** A certificate that signs itself, for one name and perhaps one address, good for a day. */
export async function makeCertificate(name: string, ip?: string): Promise<TestCertificate> {
  const now = Date.now();
  const made = await generate([{ name: "commonName", value: name }], {
    keyType: "ec",
    notBeforeDate: new Date(now - 3_600_000),
    notAfterDate: new Date(now + 86_400_000),
    extensions: [
      { name: "basicConstraints", cA: true },
      {
        name: "subjectAltName",
        altNames: [{ type: 2, value: name }, ...(ip === undefined ? [] : [{ type: 7 as const, ip }])],
      },
    ],
  });
  return { cert: made.cert, key: made.private };
}
