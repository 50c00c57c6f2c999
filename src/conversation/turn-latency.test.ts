import { describe, expect, test } from "vitest";
import { createTurnLatencies, turnLatency, type TurnLatency, type TurnMoments } from "./turn-latency.ts";

const plain: TurnMoments = {
  endOfSpeechAt: 1_000,
  transcriptAt: 1_200,
  endOfTurnAt: 1_500,
  tools: [],
  firstTokenAt: 1_900,
  firstAudioAt: 2_050,
  playoutAt: 2_070,
};

test.each<[string, Partial<TurnMoments>, number[]]>([
  // speech recognition, end of turn, tool, model, voice, playout
  ["all in order", {}, [200, 300, 0, 400, 150, 20]],
  [
    "a tool's time is not the model's",
    { tools: [{ startedAt: 1_600, endedAt: 1_800 }] },
    [200, 300, 200, 200, 150, 20],
  ],
  [
    "two tools at once count once",
    {
      tools: [
        { startedAt: 1_600, endedAt: 1_800 },
        { startedAt: 1_700, endedAt: 1_850 },
      ],
    },
    [200, 300, 250, 150, 150, 20],
  ],
  [
    "a tool that goes on behind the first word",
    { tools: [{ startedAt: 1_800, endedAt: 9_000 }] },
    [200, 300, 100, 300, 150, 20],
  ],
  ["a transcript that came while the caller spoke", { transcriptAt: 900 }, [0, 500, 0, 400, 150, 20]],
  ["a model that began before the turn was over", { firstTokenAt: 1_400 }, [200, 300, 0, 0, 550, 20]],
  ["a model that nobody measured", { firstTokenAt: undefined }, [200, 300, 0, 0, 550, 20]],
  [
    "nothing measured",
    { transcriptAt: undefined, endOfTurnAt: undefined, firstTokenAt: undefined, firstAudioAt: undefined },
    [0, 0, 0, 0, 0, 1_070],
  ],
  ["a sound before everything", { playoutAt: 900 }, [0, 0, 0, 0, 0, 0]],
])("%s", (_what, change, stages) => {
  const latency = turnLatency({ ...plain, ...change });
  const { sttFinalMs, endOfTurnWaitMs, toolMs, llmFirstTokenMs, ttsFirstAudioMs, playoutStartMs } =
    latency.stages;
  expect([sttFinalMs, endOfTurnWaitMs, toolMs, llmFirstTokenMs, ttsFirstAudioMs, playoutStartMs]).toEqual(
    stages,
  );
  expect(stages.reduce((sum, ms) => sum + ms, 0)).toBe(latency.totalMs);
});

describe("from what a session tells", () => {
  function session() {
    const turns: TurnLatency[] = [];
    const clock = { nowMs: 0 };
    return {
      turns,
      clock,
      told: createTurnLatencies({ nowMs: () => clock.nowMs, onTurn: (turn) => turns.push(turn) }),
    };
  }
  const eou = {
    type: "eou_metrics",
    lastSpeakingTimeMs: 1_000,
    transcriptionDelayMs: 200,
    endOfUtteranceDelayMs: 500,
  };
  const llm = (timestamp: number, durationMs: number, ttftMs: number) => ({
    type: "llm_metrics",
    timestamp,
    durationMs,
    ttftMs,
  });
  const tts = (timestamp: number, durationMs: number, ttfbMs: number) => ({
    type: "tts_metrics",
    timestamp,
    durationMs,
    ttfbMs,
  });

  test("a turn with a tool; metrics that come while it is heard count too", async () => {
    const { turns, clock, told } = session();
    told.measured(eou);
    told.measured(llm(1_700, 200, 100));
    clock.nowMs = 1_700;
    await told.during(async () => void (clock.nowMs = 1_900));
    clock.nowMs = 2_200;
    told.assistantSpeaks();
    told.measured(llm(2_400, 500, 100));
    told.measured(tts(2_600, 500, 60));
    told.measured(tts(3_600, 500, 60));
    told.measured({ type: "vad_metrics" });
    told.assistantIsSilent();
    expect(turns).toEqual([
      {
        endOfSpeechAt: 1_000,
        totalMs: 1_200,
        stages: {
          sttFinalMs: 200,
          endOfTurnWaitMs: 300,
          toolMs: 200,
          llmFirstTokenMs: 300,
          ttsFirstAudioMs: 160,
          playoutStartMs: 40,
        },
      },
    ]);
  });

  test("a greeting is no answer, nor is a turn that was never answered, nor one that nobody spoke", () => {
    const { turns, told } = session();
    told.assistantSpeaks();
    told.assistantIsSilent();
    told.measured(eou);
    const unspoken = { ...eou, lastSpeakingTimeMs: 0 };
    told.measured(unspoken);
    told.assistantSpeaks();
    told.end();
    expect(turns).toEqual([]);
  });

  test("what was heard last is told at the end", () => {
    const { turns, clock, told } = session();
    told.measured(eou);
    clock.nowMs = 1_800;
    told.assistantSpeaks();
    told.end();
    told.end();
    expect(turns.map(({ totalMs }) => totalMs)).toEqual([800]);
  });
});
