import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

// What jsdom lacks; the studio only reads these.
globalThis.matchMedia ??= (query: string) =>
  Object.assign(new EventTarget(), {
    matches: false,
    media: query,
    onchange: null,
  }) as MediaQueryList;

afterEach(cleanup);
