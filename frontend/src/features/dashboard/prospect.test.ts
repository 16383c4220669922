import { expect, it } from "vitest";
import { whatItIsAt } from "./prospect";
import type { Running } from "./useDashboard";

const running = (over: Partial<Running>): Running => ({
  id: "1",
  title: "One",
  status: "RUNNING",
  progress: 0.4,
  currentStage: "RENDERING",
  queuePosition: null,
  etaSeconds: 12,
  ...over,
});

it("says what a song is at and how long it will take", () => {
  expect(whatItIsAt(running({}))).toBe("Rendering, about 12 s left");
  expect(whatItIsAt(running({ etaSeconds: null }))).toBe("Rendering");
});

it("says which place a waiting song has", () => {
  const waiting = { status: "QUEUED", currentStage: "PLANNING", queuePosition: 2 } as const;
  expect(whatItIsAt(running(waiting))).toBe("Number 2 in line, about 12 s left");
});
