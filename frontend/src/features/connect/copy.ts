import { toast } from "@/lib/toast";

/** Put a text on the clipboard and say so. */
export const copy = async (text: string, what: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text);
    toast(`${what} copied`);
  } catch {
    toast("The browser did not allow copying. Mark the text and copy it by hand.");
  }
};
