import { useSyncExternalStore } from "react";
import { IconButton } from "@/components/Button";
import { chooseTheme, currentTheme, subscribeTheme } from "@/lib/theme";

export const ThemeSwitch = () => {
  const theme = useSyncExternalStore(subscribeTheme, currentTheme);
  const other = theme === "dark" ? "light" : "dark";
  return (
    <IconButton
      icon={theme === "dark" ? "sun" : "moon"}
      label={`Switch to the ${other} theme`}
      onClick={() => chooseTheme(other)}
    />
  );
};
