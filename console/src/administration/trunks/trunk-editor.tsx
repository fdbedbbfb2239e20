import { Accordion, Fieldset, MultiSelect, NumberInput, PasswordInput, SimpleGrid, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import { createTrunk, listTrunks, replaceTrunk, showTrunkStatus } from '@parley/contract/admin/trunk.ts';
import { useChange } from '../../session/asking.ts';
import { useContractFields } from '../../show/contract-fields.ts';
import { Editor } from '../../show/editor.tsx';
import { useNotice } from '../../show/notice.ts';
import { showRefusal } from '../../show/refused-fields.ts';
import { useText } from '../../text/catalogue.ts';
import { TrunkNumbers } from './trunk-numbers.tsx';
import { TrunkPeers } from './trunk-peers.tsx';
import { trunkTexts } from './trunk-texts.ts';
import { CODECS, draftOf, NEW_TRUNK, settingsOf, type Trunk, type TrunkDraft } from './trunks.ts';

const TOUCHED = [listTrunks, showTrunkStatus];
const SECTIONS = ['incoming', 'numbers', 'limits'] as const;
const DIGITS = /^[0-9]*$/;

interface SignInProps {
  readonly form: UseFormReturnType<TrunkDraft>;
  readonly name: 'registration' | 'credentials' | 'inbound';
  readonly isKept: boolean;
}

/** A user name with its password, which is written only. */
function SignIn({ form, name, isKept }: SignInProps) {
  const text = useText(trunkTexts);
  return (
    <SimpleGrid cols={2}>
      <TextInput label={text.user} autoComplete="off" maxLength={64} {...form.getInputProps(`${name}.user`)} />
      <PasswordInput label={text.password} placeholder={isKept ? text.passwordKept : undefined} autoComplete="new-password" maxLength={128} {...form.getInputProps(`${name}.password`)} />
    </SimpleGrid>
  );
}

export interface TrunkEditorProps {
  /** The trunk that is changed; undefined for a new one. */
  readonly trunk: Trunk | undefined;
  readonly onClose: () => void;
}

/** A way to the telephone network: what nearly every trunk needs stands open, the rest folds out. */
export function TrunkEditor({ trunk, onClose }: TrunkEditorProps) {
  const text = useText(trunkTexts);
  const notice = useNotice();
  const [sections, setSections] = useState<string[]>([]);
  const create = useChange(createTrunk, TOUCHED);
  const replace = useChange(replaceTrunk, TOUCHED);
  const { check, typed, numeric } = useContractFields(createTrunk);
  const digits = (value: string): string | null => (DIGITS.test(value) ? null : text.digitsOnly);
  /** The user name of a sign-in may be left empty, which means that there is none. */
  const user = (name: SignInProps['name']) => (value: string): string | null => (value.trim() === '' ? null : check(`${name}.user`, text.userForm)(value));
  const rules = { rules: { pattern: (pattern: string) => (pattern.trim() === '' ? text.patternMissing : null) } };
  const form = useForm<TrunkDraft>({
    initialValues: trunk === undefined ? NEW_TRUNK : draftOf(trunk),
    validate: {
      name: check('name', text.nameForm), priority: check('priority'), domain: check('domain', text.domainForm),
      peers: { host: (host) => (host.trim() === '' ? text.hostMissing : null), port: check('peers.0.port') },
      registration: { user: user('registration'), domain: check('registration.domain', text.domainForm), account: check('registration.account', text.userForm) },
      credentials: { user: user('credentials') }, inbound: { user: user('inbound') },
      numbering: { country: digits, national: digits, international: digits },
      plans: { called: rules, caller: rules, incomingCalled: rules, incomingCaller: rules },
      limits: { calls: check('limits.calls'), callsPerSecond: check('limits.callsPerSecond') },
    },
  });
  /** What is wrong may be in what is folded away. */
  const unfold = (): void => { setSections([...SECTIONS]); };
  const submit = form.onSubmit((draft) => {
    const outcome = {
      onSuccess: () => { notice.done(text.saved(draft.name)); onClose(); },
      onError: (error: unknown) => {
        if (showRefusal(form, error, { fieldOf: ({ code }) => (code === 'exists' ? 'name' : undefined) })) unfold();
      },
    };
    if (trunk === undefined) create.mutate(settingsOf(draft), outcome);
    else replace.mutate({ ...settingsOf(draft), id: trunk.id }, outcome);
  }, unfold);

  return (
    <Editor
      title={trunk === undefined ? text.create : trunk.name} isOpen onClose={onClose} onSubmit={submit} isSaving={create.isPending || replace.isPending} error={create.error ?? replace.error}
    >
      <TextInput label={text.name} data-autofocus {...typed('name')} {...form.getInputProps('name')} />
      <TrunkPeers form={form} />
      <Fieldset legend={text.credentials}>
        <Stack gap="xs"><Text size="sm" c="dimmed">{text.credentialsHint}</Text><SignIn form={form} name="credentials" isKept={trunk?.credentials !== undefined} /></Stack>
      </Fieldset>
      <Fieldset legend={text.registration}>
        <Stack gap="xs">
          <Text size="sm" c="dimmed">{text.registrationHint}</Text>
          <SignIn form={form} name="registration" isKept={trunk?.registration !== undefined} />
          {form.values.registration.user.trim() !== '' && (
            <SimpleGrid cols={3}>
              <TextInput label={text.domain} placeholder={text.domainHint} maxLength={255} {...form.getInputProps('registration.domain')} />
              <TextInput label={text.account} placeholder={text.accountHint} maxLength={64} {...form.getInputProps('registration.account')} />
              <NumberInput label={text.minutes} placeholder="10" suffix={text.minuteUnit} min={0.5} max={1440} {...form.getInputProps('registration.minutes')} />
            </SimpleGrid>
          )}
        </Stack>
      </Fieldset>
      <Accordion variant="separated" multiple value={sections} onChange={setSections}>
        <Accordion.Item value="incoming">
          <Accordion.Control>{text.incoming}</Accordion.Control>
          <Accordion.Panel>
            <Stack>
              <TagsInput label={text.networks} description={text.networksHint} splitChars={[',', ' ', ';']} {...form.getInputProps('networks')} />
              <Fieldset legend={text.inbound}><Stack gap="xs"><Text size="sm" c="dimmed">{text.inboundHint}</Text><SignIn form={form} name="inbound" isKept={trunk?.inbound !== undefined} /></Stack></Fieldset>
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
        <Accordion.Item value="numbers">
          <Accordion.Control>{text.numbers}</Accordion.Control>
          <Accordion.Panel><TrunkNumbers form={form} /></Accordion.Panel>
        </Accordion.Item>
        <Accordion.Item value="limits">
          <Accordion.Control>{text.limits}</Accordion.Control>
          <Accordion.Panel>
            <SimpleGrid cols={2}>
              <NumberInput label={text.priority} description={text.priorityHint} placeholder="0" {...numeric('priority')} {...form.getInputProps('priority')} />
              <TextInput label={text.domain} description={text.domainHint} {...typed('domain')} {...form.getInputProps('domain')} />
              <NumberInput label={text.maxCalls} placeholder={text.unlimited} {...numeric('limits.calls')} {...form.getInputProps('limits.calls')} />
              <NumberInput label={text.callsPerSecond} placeholder={text.unlimited} {...numeric('limits.callsPerSecond')} {...form.getInputProps('limits.callsPerSecond')} />
              <MultiSelect label={text.codecs} description={text.codecsHint} data={[...CODECS]} {...form.getInputProps('codecs')} />
              <NumberInput label={text.health} description={text.healthHint} suffix={text.secondUnit} min={0} max={86_400} {...form.getInputProps('healthSeconds')} />
            </SimpleGrid>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Editor>
  );
}
