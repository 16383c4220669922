import { useState } from "react";

export type Layout = "list" | "grid";

const STORAGE_KEY = "studio.library";

/** How the library is laid out; remembered on this device. */
export const useLayout = (): readonly [Layout, (layout: Layout) => void] => {
  const [layout, setLayout] = useState<Layout>(() =>
    localStorage.getItem(STORAGE_KEY) === "grid" ? "grid" : "list",
  );
  const choose = (next: Layout) => {
    localStorage.setItem(STORAGE_KEY, next);
    setLayout(next);
  };
  return [layout, choose];
};
