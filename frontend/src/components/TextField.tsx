import { type ComponentProps, useId } from "react";
import styles from "@/components/TextField.module.css";

type TextFieldProps = Omit<ComponentProps<"input">, "onChange" | "value"> & {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What is wrong with it, in words; it is shown and read with the field. */
  problem?: string | null;
  lines?: number;
};

/** A field with its name above and what is wrong below. */
export const TextField = ({ label, value, onChange, problem, lines, ...rest }: TextFieldProps) => {
  const id = useId();
  const shared = {
    id,
    value,
    "aria-invalid": Boolean(problem),
    "aria-describedby": problem ? `${id}-problem` : undefined,
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {lines ? (
        <textarea {...shared} rows={lines} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input {...rest} {...shared} onChange={(event) => onChange(event.target.value)} />
      )}
      {problem && (
        <p id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
};
