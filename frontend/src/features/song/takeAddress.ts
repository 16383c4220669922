import { useSearchParams } from "wouter";

/** The take that the address names (`?take=…`); null is the project's current one. */
export const useTakeAddress = (): readonly [string | null, (id: string | null) => void] => {
  const [search, setSearch] = useSearchParams();
  const show = (id: string | null) =>
    setSearch(
      (before) => {
        if (id === null) before.delete("take");
        else before.set("take", id);
        return before;
      },
      { replace: true },
    );
  return [search.get("take"), show];
};
