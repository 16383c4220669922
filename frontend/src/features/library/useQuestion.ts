import { useDeferredValue, useMemo } from "react";
import { useSearchParams } from "wouter";
import { paramsOf, type Question, questionOf } from "./question";

/** What the address asks for, and how to ask otherwise; `settled` follows when typing allows. */
export const useQuestion = () => {
  const [params, setParams] = useSearchParams();
  const question = useMemo(() => questionOf(params), [params]);
  const settled = useDeferredValue(question);
  const ask = (change: Partial<Question>) =>
    setParams((before) => paramsOf({ ...questionOf(before), ...change }), { replace: true });
  return { question, settled, ask };
};
