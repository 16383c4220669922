import { Slider as Primitive } from "radix-ui";
import styles from "@/components/Slider.module.css";

type SliderProps = {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  valueText: string;
  onChange: (value: number) => void;
  disabled?: boolean;
  /** Nothing is in the middle, not at the left end. */
  fromCentre?: boolean;
  /** Nobody has chosen a value: the thumb only waits where it stands. */
  open?: boolean;
};

export const Slider = ({
  label,
  value,
  valueText,
  onChange,
  fromCentre,
  open,
  ...range
}: SliderProps) => (
  <Primitive.Root
    className={styles.root}
    data-centred={fromCentre || undefined}
    data-open={open || undefined}
    value={[value]}
    onDoubleClick={() => fromCentre && onChange((range.min + range.max) / 2)}
    onValueChange={([next]) => next !== undefined && onChange(next)}
    {...range}
  >
    <Primitive.Track className={styles.track}>
      <Primitive.Range className={styles.range} />
    </Primitive.Track>
    <Primitive.Thumb className={styles.thumb} aria-label={label} aria-valuetext={valueText} />
  </Primitive.Root>
);
