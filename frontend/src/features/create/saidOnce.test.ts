import { expect, it } from "vitest";
import { saidOnce } from "./saidOnce";

it("shows once what was said twice, in the order of the sentence", () => {
  const facets = [
    { name: "mood", label: "slow" },
    { name: "genre", label: "Ballad" },
    { name: "tempo", label: "slow" },
    { name: "genre", label: "ballad" },
    { name: "key", label: "D minor" },
  ];
  expect(saidOnce(facets).map(({ name }) => name)).toEqual(["mood", "genre", "key"]);
});
