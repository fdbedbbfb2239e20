import { ActionIcon, Button, Fieldset, Group, NumberInput, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { Plus, X } from 'lucide-react';
import { useText } from '../../text/catalogue.ts';
import { trunkTexts } from './trunk-texts.ts';
import { FORMS, NEW_RULE, PLANS, type PlanName, type TrunkDraft } from './trunks.ts';

interface TrunkNumbersProps {
  readonly form: UseFormReturnType<TrunkDraft>;
}

function Plan({ form, name }: TrunkNumbersProps & { readonly name: PlanName }) {
  const text = useText(trunkTexts);
  const rules = `plans.${name}.rules`;
  return (
    <Fieldset legend={text.plans[name]}>
      <Stack gap="xs">
        <Select label={text.form} allowDeselect={false} data={FORMS.map((one) => ({ value: one, label: text.forms[one] }))} {...form.getInputProps(`plans.${name}.form`)} />
        {form.values.plans[name].rules.map((_rule, row) => (
          <Group key={row} align="flex-start" wrap="nowrap" gap="xs">
            <TextInput label={text.pattern} flex={1} required maxLength={41} {...form.getInputProps(`${rules}.${row}.pattern`)} />
            <NumberInput label={text.strip} w={100} min={0} max={40} allowDecimal={false} placeholder="0" {...form.getInputProps(`${rules}.${row}.strip`)} />
            <TextInput label={text.prepend} w={110} maxLength={41} {...form.getInputProps(`${rules}.${row}.prepend`)} />
            <ActionIcon variant="subtle" color="gray" mt={28} aria-label={text.removeRule} onClick={() => { form.removeListItem(rules, row); }}><X size={16} /></ActionIcon>
          </Group>
        ))}
        <Group><Button size="xs" variant="light" leftSection={<Plus size={14} />} onClick={() => { form.insertListItem(rules, NEW_RULE); }}>{text.addRule}</Button></Group>
      </Stack>
    </Fieldset>
  );
}

/** How numbers are written on a trunk, in both directions. */
export function TrunkNumbers({ form }: TrunkNumbersProps) {
  const text = useText(trunkTexts);
  return (
    <Stack>
      <Fieldset legend={text.numbering}>
        <SimpleGrid cols={3}>
          <TextInput label={text.country} placeholder={text.countryHint} inputMode="numeric" maxLength={4} {...form.getInputProps('numbering.country')} />
          <TextInput label={text.national} placeholder="0" inputMode="numeric" maxLength={4} {...form.getInputProps('numbering.national')} />
          <TextInput label={text.international} placeholder="00" inputMode="numeric" maxLength={6} {...form.getInputProps('numbering.international')} />
        </SimpleGrid>
      </Fieldset>
      <Text size="sm" c="dimmed">{text.patternHint}</Text>
      {PLANS.map((name) => <Plan key={name} form={form} name={name} />)}
    </Stack>
  );
}
