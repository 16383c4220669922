import type { ComponentProps } from "react";
import styles from "@/components/Button.module.css";
import { Icon, type IconName } from "@/components/Icon";

type Kind = "primary" | "quiet" | "plain";

type ButtonProps = ComponentProps<"button"> & { kind?: Kind; icon?: IconName };

export const Button = ({ kind = "quiet", icon, children, className, ...rest }: ButtonProps) => (
  <button
    type="button"
    className={[styles.button, styles[kind], className].filter(Boolean).join(" ")}
    {...rest}
  >
    {icon && <Icon name={icon} size={18} />}
    {children}
  </button>
);

type IconButtonProps = Omit<ComponentProps<"button">, "children"> & {
  icon: IconName;
  label: string;
  size?: "small" | "normal" | "large";
  kind?: Kind;
};

const ICON_SIZES = { small: 18, normal: 20, large: 26 } as const;

export const IconButton = ({
  icon,
  label,
  size = "normal",
  kind = "plain",
  className,
  ...rest
}: IconButtonProps) => (
  <button
    type="button"
    aria-label={label}
    title={label}
    className={[styles.button, styles.icon, styles[size], styles[kind], className]
      .filter(Boolean)
      .join(" ")}
    {...rest}
  >
    <Icon name={icon} size={ICON_SIZES[size]} />
  </button>
);
