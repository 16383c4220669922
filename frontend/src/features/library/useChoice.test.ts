import { act, renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { useChoice } from "./useChoice";
import type { Entry } from "./useLibrary";

it("chooses several songs, lets one go, and forgets them at the end", () => {
  const [a, b] = ["a", "b"].map((id) => ({ id }) as Entry) as [Entry, Entry];
  const { result } = renderHook(useChoice);
  expect(result.current.entries).toBeNull();
  act(() => result.current.begin());
  act(() => result.current.choose(a, true));
  act(() => result.current.choose(b, true));
  act(() => result.current.choose(a, false));
  expect([...(result.current.entries?.keys() ?? [])]).toEqual(["b"]);
  act(() => result.current.end());
  expect(result.current.entries).toBeNull();
});
