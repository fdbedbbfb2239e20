import { Button, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { createSampleRequest, SAMPLE_METHODS } from '@parley/contract/admin/sample-request.ts';
import { useChange } from '../session/asking.ts';
import { useContractFields } from '../show/contract-fields.ts';
import { FaultAlert } from '../show/fault-alert.tsx';
import { useText } from '../text/catalogue.ts';
import { requestTexts } from './developer-texts.ts';
import type { MadeRequest } from './request-reply.tsx';
import { draftOf, hasBody, inputOf, isJson, SAMPLES, sectionOf, type Known, type SampleId, type SampleScheme } from './samples.ts';

export interface UsableKey {
  readonly scheme: SampleScheme;
  readonly keyId: string;
  readonly label: string;
}

export interface RequestFormProps {
  readonly keys: readonly [UsableKey, ...UsableKey[]];
  readonly known: Known;
  /** Undefined once the request that was made is no longer the one that stands in the form. */
  readonly onMade: (request: MadeRequest | undefined) => void;
}

const OWN = 'own';
const nameOf = ({ scheme, keyId }: UsableKey): string => `${scheme}:${keyId}`;

/** What is to be sent, and with which key. */
export function RequestForm({ keys, known, onMade }: RequestFormProps) {
  const text = useText(requestTexts);
  const { check } = useContractFields(createSampleRequest);
  const make = useChange(createSampleRequest);
  const [chosen, setChosen] = useState(nameOf(keys[0]));
  const key = keys.find((one) => nameOf(one) === chosen) ?? keys[0];
  const firstOf = (scheme: SampleScheme): SampleId => SAMPLES[scheme][0] ?? 'cmsPing';
  const [sample, setSample] = useState<SampleId | typeof OWN>(firstOf(key.scheme));
  const form = useForm({
    initialValues: draftOf(firstOf(key.scheme), known, Date.now()), onValuesChange: () => { onMade(undefined); },
    validate: { path: check('path', text.pathForm), query: check('query', text.queryForm), body: check('body') },
  });
  const take = (id: SampleId | typeof OWN): void => {
    setSample(id);
    if (id !== OWN) form.setValues(draftOf(id, known, Date.now()));
  };
  const choose = (name: string | null): void => {
    const next = keys.find((one) => nameOf(one) === name);
    if (next === undefined) return;
    setChosen(nameOf(next));
    onMade(undefined);
    if (next.scheme !== key.scheme && sample !== OWN) take(firstOf(next.scheme));
  };
  const submit = form.onSubmit((draft) => {
    make.mutate(inputOf(key.scheme, key.keyId, draft), {
      onSuccess: ({ url, authorization, expiresAt }) => {
        onMade({ scheme: key.scheme, origin: location.origin, method: draft.method, url, authorization, expiresAt, body: hasBody(draft) ? draft.body : undefined });
      },
    });
  });
  const { body } = form.values;
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Select label={text.key} allowDeselect={false} data={keys.map((one) => ({ value: nameOf(one), label: text.keyOf(one.scheme, one.keyId, one.label) }))} value={nameOf(key)} onChange={choose} />
        <Select
          label={text.operation} allowDeselect={false} value={sample} onChange={(id) => { if (id !== null) take(id); }}
          data={[...SAMPLES[key.scheme].map((id) => ({ value: id, label: `${text.samples[id]} (${sectionOf(id)})` })), { value: OWN, label: text.own }]}
        />
        <Group align="flex-start" wrap="nowrap">
          <Select label={text.method} w={110} allowDeselect={false} data={SAMPLE_METHODS} {...form.getInputProps('method')} />
          <TextInput label={text.path} flex={1} required {...form.getInputProps('path')} />
        </Group>
        <TextInput label={text.query} {...form.getInputProps('query')} />
        {form.values.method !== 'GET' && (
          <div>
            <Textarea label={text.body} autosize minRows={6} maxRows={16} spellCheck={false} styles={{ input: { fontFamily: 'monospace' } }} {...form.getInputProps('body')} />
            {body.trim() !== '' && !isJson(body) && <Text size="xs" mt={4} role="status">{text.noJson}</Text>}
          </div>
        )}
        {make.error !== null && <FaultAlert error={make.error} />}
        <Group justify="flex-end"><Button type="submit" loading={make.isPending}>{text.make}</Button></Group>
      </Stack>
    </form>
  );
}
