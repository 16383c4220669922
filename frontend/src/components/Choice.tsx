import { Select } from "radix-ui";
import styles from "@/components/Choice.module.css";
import { Icon } from "@/components/Icon";

type ChoiceProps = {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
};

/** One of several words. The first option may mean "leave it open". */
export const Choice = ({ label, value, options, onChange }: ChoiceProps) => (
  <Select.Root value={value} onValueChange={onChange}>
    <Select.Trigger className={styles.trigger} aria-label={label}>
      <Select.Value />
      <Select.Icon>
        <Icon name="chevron" size={16} />
      </Select.Icon>
    </Select.Trigger>
    <Select.Portal>
      <Select.Content className={styles.content} position="popper" sideOffset={6}>
        <Select.Viewport>
          {options.map((option) => (
            <Select.Item key={option.value} value={option.value} className={styles.item}>
              <Select.ItemText>{option.label}</Select.ItemText>
              <Select.ItemIndicator>
                <Icon name="check" size={16} />
              </Select.ItemIndicator>
            </Select.Item>
          ))}
        </Select.Viewport>
      </Select.Content>
    </Select.Portal>
  </Select.Root>
);
