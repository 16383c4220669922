import { render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { PageBoundary } from "./PageBoundary";

afterEach(() => vi.restoreAllMocks());

const Broken = () => {
  throw new Error("a chunk that did not arrive");
};

it("says what to do when a page cannot be shown", () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  render(
    <PageBoundary>
      <Broken />
    </PageBoundary>,
  );
  expect(screen.getByRole("alert").textContent).toContain("This page could not be shown");
  expect(screen.getByRole("button", { name: "Load it again" })).toBeTruthy();
});
