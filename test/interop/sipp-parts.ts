/**
 * What the scenarios in `sipp/` have in common. A scenario is sipp's XML, in which `{{name arguments}}` stands for one
 * of these; what is left in the file is the behaviour that it is about. Branches follow from the CSeq number, so that a
 * CANCEL and the ACK of a refusal can name their INVITE's (RFC 3261, 9.1 and 17.1.1.3) wherever they stand.
 */

const SDP = `Content-Type: application/sdp
Content-Length: [len]

v=0
o=sipp 1 1 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
`;
const CALLER = "sip:[caller]@[local_ip]:[local_port];transport=[transport]";
const US = "sip:[service]@[remote_ip]:[remote_port]";

/** Headers of a request by the caller: everything but Content-Type and Content-Length. */
function request(method: string, cseq: string, options: { inside?: boolean; branch?: string } = {}): string {
  return `${method} ${US} SIP/2.0
${via(options.branch ?? cseq)}
From: <sip:[caller]@[local_ip]>;tag=them[call_number]
To: <sip:[service]@[remote_ip]>${options.inside ? "[peer_tag_param]" : ""}
Call-ID: [call_id]
CSeq: ${cseq} ${method}
Contact: <${CALLER}>
Max-Forwards: 70`;
}

/** Headers of a request by whom we called: the ends are turned round. */
function turned(method: string, cseq: string, branch = cseq): string {
  return `${method} [$us] SIP/2.0
${via(`turned-${branch}`)}
From: [$their_end];tag=them[call_number]
To: [$our_end]
Call-ID: [call_id]
CSeq: ${cseq} ${method}
Contact: <sip:them@[local_ip]:[local_port];transport=[transport]>
Max-Forwards: 70`;
}

function via(branch: string): string {
  return `Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK-[pid]-[call_number]-${branch};rport`;
}

function send(message: string, attributes = ""): string {
  return `<send ${attributes}><![CDATA[\n\n${message}\n]]></send>`;
}

const EMPTY = "Content-Length: 0\n";
const TRYING = '<recv response="100" optional="true"/><recv response="180" optional="true"/>';

/** The answer to what came last. An INVITE's To has no tag yet. */
function reply(status: string, body = EMPTY, tag = ""): string {
  return `SIP/2.0 ${status}
[last_Via:]
[last_Record-Route:]
[last_From:]
[last_To:]${tag}
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:them@[local_ip]:[local_port];transport=[transport]>
${body}`;
}

const TAG = ";tag=them[call_number]";

const PARTS: Record<string, (...words: string[]) => string> = {
  // Texts
  offer: () => SDP,
  empty: () => EMPTY,
  request: (method, cseq) => request(method, cseq),
  inside: (method, cseq) => request(method, cseq, { inside: true }),
  turned: (method, cseq) => turned(method, cseq),
  via: (branch) => via(branch),
  reply: (...status) => reply(status.join(" "), "").trimEnd(),
  "first-reply": (...status) => reply(status.join(" "), "", TAG).trimEnd(),

  // Elements: the caller's
  "send-invite": () => send(`${request("INVITE", "1")}\n${SDP}`, 'retrans="500"'),
  trying: () => TRYING,
  ack: (cseq) => send(`${request("ACK", cseq, { inside: true, branch: `ack-${cseq}` })}\n${EMPTY}`),
  /** of a refusal: the INVITE's own branch */
  "ack-refusal": (cseq) => send(`${request("ACK", cseq, { inside: true })}\n${EMPTY}`),
  "send-cancel": () => send(`${request("CANCEL", "1")}\n${EMPTY}`, 'retrans="500"'),
  /** INVITE, answer, ACK */
  "answered-call": () =>
    [PARTS["send-invite"]!(), TRYING, '<recv response="200" rrs="true"/>', PARTS["ack"]!("1")].join("\n"),
  "refused-call": (status) =>
    [
      PARTS["send-invite"]!(),
      '<recv response="100" optional="true"/>',
      `<recv response="${status}"/>`,
      PARTS["ack-refusal"]!("1"),
    ].join("\n"),
  "hang-up": (cseq) =>
    `${send(`${request("BYE", cseq, { inside: true })}\n${EMPTY}`, 'retrans="500"')}\n<recv response="200"/>`,

  // Elements: of whom we call
  "recv-invite": () => `<recv request="INVITE">
  <action>
    <ereg regexp="sips?:[^>]*" search_in="hdr" header="Contact:" assign_to="us"/>
    <ereg regexp="[^ ].*" search_in="hdr" header="From:" assign_to="our_end"/>
    <ereg regexp="[^ ].*" search_in="hdr" header="Via:" assign_to="invite_via"/>
    <ereg regexp="[0-9]+" search_in="hdr" header="CSeq:" assign_to="invite_cseq"/>
    <ereg regexp="[^ ].*" search_in="hdr" header="To:" assign_to="their_end"/>
  </action>
</recv>`,
  "send-reply": (...status) => send(reply(status.join(" "))),
  "send-first-reply": (...status) => send(reply(status.join(" "), EMPTY, TAG)),
  /** an answer to the INVITE when something else came after it */
  resend: (...status) =>
    send(`SIP/2.0 ${status.join(" ")}
Via: [$invite_via]
From: [$our_end]
To: [$their_end]${TAG}
[last_Call-ID:]
CSeq: [$invite_cseq] INVITE
${EMPTY}`),
  answer: () => send(reply("200 OK", SDP, TAG), 'retrans="500"'),
  refuse: (...status) =>
    `${send(reply(status.join(" "), EMPTY, TAG), 'retrans="500"')}\n<recv request="ACK"/>`,
  "taken-call": () =>
    [
      PARTS["recv-invite"]!(),
      PARTS["send-first-reply"]!("180", "Ringing"),
      PARTS["answer"]!(),
      '<recv request="ACK"/>',
    ].join("\n"),
  "they-hang-up": (cseq) =>
    `${send(`${turned("BYE", cseq)}\n${EMPTY}`, 'retrans="500"')}\n<recv response="200"/>`,
  /** our ACK may come between their BYE and its answer, or before */
  "they-hang-up-early": (cseq) =>
    `${send(`${turned("BYE", cseq)}\n${EMPTY}`, 'retrans="500"')}\n<recv request="ACK" optional="true"/>\n<recv response="200"/>`,
  "turned-ack": (cseq) => send(`${turned("ACK", cseq, `ack-${cseq}`)}\n${EMPTY}`),
  /** of either side: we hang up */
  "we-hang-up": () => `<recv request="BYE"/>\n${send(reply("200 OK"))}`,
};

/**
 * @param keys  words that stand for something else: sipp's own keys may not be part of a status line
 * @throws on a part that does not exist: a mistake in the scenario
 */
export function expandScenario(xml: string, keys: Readonly<Record<string, string>> = {}): string {
  const named = xml.replaceAll(/\[(\w+)\]/g, (whole, key: string) => keys[key] ?? whole);
  const expanded = named.replaceAll(/\{\{([^}]+)\}\}/g, (_whole, words: string) => {
    const [name, ...more] = words.trim().split(/\s+/);
    const part = PARTS[name!];
    if (!part) throw new Error(`a scenario names an unknown part: ${name}`);
    return part(...more);
  });
  // sipp refuses a variable that is set and not used.
  const reference = expanded.includes('assign_to="us"')
    ? '<Reference variables="us,our_end,their_end,invite_via,invite_cseq"/>\n'
    : "";
  return expanded.replace("</scenario>", `${reference}</scenario>`);
}

/** The scenario of one who is asked by OPTIONS too, in a dialog of its own, which sipp takes for another call. */
export function withOptions(xml: string): string {
  return xml
    .replace(
      /<scenario [^>]+>/,
      (start) => `${start}\n<recv request="OPTIONS" optional="true" next="asked"/>`,
    )
    .replace(
      "</scenario>",
      `<nop next="done"/>\n<label id="asked"/>\n{{send-first-reply 200 OK}}\n<label id="done"/>\n</scenario>`,
    );
}

export function scenarioName(xml: string): string {
  return /<scenario name="([^"]+)"/.exec(xml)![1]!;
}
