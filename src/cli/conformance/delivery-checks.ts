import { describeAnswer, isSuccess } from "../forward.ts";
import { expectAccepted, expectAllAccepted, type Check, type CheckGroup } from "./check.ts";

const SLOW = { parts: 4, pauseMs: 500 };
/** about 0.6 MB: the report of a long call */
const LARGE_MESSAGES = 9_000;

export const deliveryChecks: CheckGroup = {
  title: "Delivery",
  checks: [
    {
      id: "repeat",
      title: "answers 2xx to the same event twice",
      async run(kit) {
        const call = kit.newCall();
        const answers = [];
        for (const type of kit.accepted) {
          const event = kit.event(type, call);
          answers.push(await kit.send(event), await kit.send(event));
        }
        return expectAllAccepted(
          answers,
          "An event may come twice, with the same X-Webhook-Id: answer 2xx again, and do nothing the second time.",
        );
      },
    },
    {
      id: "out-of-order",
      title: "takes a call's events in the wrong order",
      async run(kit) {
        if (!kit.accepted.includes("status-update"))
          return { verdict: "skip", seen: "it does not take status-update" };
        const call = kit.newCall();
        const second = kit.event("status-update", call, { sequence: 2, status: "ended" });
        const first = kit.event("status-update", call, { sequence: 1, status: "in-progress" });
        return expectAllAccepted(
          [await kit.send(second), await kit.send(first)],
          "After a failed delivery an earlier event can come later: compare `sequence`, and answer 2xx to both.",
        );
      },
    },
    {
      id: "previous-secret",
      title: "takes the previous secret while it is rotated",
      async run(kit) {
        if (kit.previousSecret === undefined)
          return { verdict: "skip", seen: "--previous-secret was not given" };
        return expectAccepted(
          await kit.send(kit.event(kit.carrier), { secret: kit.previousSecret }),
          "While a secret is rotated accept both: try the new one first, then the previous one.",
        );
      },
    },
    {
      id: "slow-body",
      title: "waits for a body that comes slowly",
      async run(kit) {
        return expectAccepted(
          await kit.send(kit.event(kit.carrier), { pace: SLOW }),
          "Read the body to its end before you parse or verify it.",
        );
      },
    },
    {
      id: "lost-connection",
      title: "bears a connection that is lost in mid-request",
      async run(kit) {
        await kit.sendHalf(kit.event(kit.carrier));
        const answer = await kit.send(kit.event(kit.carrier));
        const seen = `then ${describeAnswer(answer)}`;
        if (isSuccess(answer)) return { verdict: "pass", seen };
        const advice = "A body that ends too early must not end the process: catch the error of reading it.";
        return { verdict: "fail", seen, advice };
      },
    },
    {
      id: "large-body",
      title: "takes a large report",
      async run(kit) {
        if (!kit.accepted.includes("end-of-call-report"))
          return { verdict: "skip", seen: "it does not take end-of-call-report" };
        const event = kit.event("end-of-call-report", kit.newCall(), { messageCount: LARGE_MESSAGES });
        const finding = expectAccepted(
          await kit.send(event),
          "Raise the limit for the body's size: the transcript of a long call is in its report.",
        );
        const size = `${Math.round(event.body.length / 1_024)} KiB`;
        return { ...finding, seen: `${finding.seen} to ${size}` };
      },
    },
  ],
};

export const endpointChecks: CheckGroup = {
  title: "The endpoint itself",
  checks: [
    answersMethod("GET"),
    answersMethod("HEAD"),
    {
      id: "still-there",
      title: "still takes events after all this",
      async run(kit) {
        return expectAccepted(
          await kit.send(kit.event(kit.carrier)),
          "Something above has broken it: its log should say what.",
        );
      },
    },
  ],
};

function answersMethod(method: "GET" | "HEAD"): Check {
  return {
    id: `answers-${method.toLowerCase()}`,
    title: `does not break on ${method}`,
    isBasic: true,
    async run(kit) {
      const answer = await kit.plain({ method, headers: {} });
      const seen = describeAnswer(answer);
      if (answer.outcome === "answered" && answer.status < 500) return { verdict: "pass", seen };
      const advice = "Answer 405 or 200: browsers, monitors and scanners ask like this.";
      return { verdict: "fail", seen, advice };
    },
  };
}
