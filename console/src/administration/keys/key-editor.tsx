import { PasswordInput, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useChange } from '../../session/asking.ts';
import { useContractFields } from '../../show/contract-fields.ts';
import { Editor } from '../../show/editor.tsx';
import { useText } from '../../text/catalogue.ts';
import { keyTexts } from './key-texts.ts';
import { NEW_KEY, OPERATIONS, requestOf, SCHEMES, type KeyWithSecret, type Scheme, type Scope } from './keys.ts';

export interface KeyEditorProps {
  readonly scope: Scope;
  readonly onMade: (key: KeyWithSecret) => void;
  readonly onClose: () => void;
}

/** A key that is about to be made. */
export function KeyEditor({ scope, onMade, onClose }: KeyEditorProps) {
  const text = useText(keyTexts);
  const { create, list } = OPERATIONS[scope];
  const { check, typed } = useContractFields(create);
  const make = useChange(create, [list]);
  // Keys of the installation that are no C2 keys need a name that both sides know (4.4).
  const needsName = (scheme: Scheme): boolean => scope === 'installation' && scheme !== 'C2';
  const form = useForm({
    initialValues: NEW_KEY,
    validate: {
      label: check('label'), secret: check('secret'),
      keyId: (keyId, { scheme }) => (keyId === '' && needsName(scheme) ? text.keyIdNeeded : check('keyId', text.keyIdForm)(keyId)),
    },
  });
  const { scheme } = form.values;
  const hints: Partial<Record<Scheme, string>> = scope === 'tenant' ? text.schemeHint : text.installationHint;
  const hasFixedName = scope === 'tenant' && scheme === 'C3';
  const submit = form.onSubmit((draft) => { make.mutate(requestOf(hasFixedName ? { ...draft, keyId: '' } : draft), { onSuccess: onMade }); });
  return (
    <Editor title={text.create} isOpen onClose={onClose} onSubmit={submit} isSaving={make.isPending} error={make.error}>
      <Select
        label={text.scheme} description={hints[scheme]} allowDeselect={false} data-autofocus data={SCHEMES[scope].map((value) => ({ value, label: text.schemes[value] }))}
        {...form.getInputProps('scheme')}
      />
      <TextInput label={text.label} {...typed('label')} {...form.getInputProps('label')} />
      {!hasFixedName && (
        <TextInput label={text.keyId} description={needsName(scheme) ? undefined : text.keyIdHint} {...typed('keyId')} required={needsName(scheme)} {...form.getInputProps('keyId')} />
      )}
      <PasswordInput label={text.secret} description={text.secretHint} autoComplete="new-password" {...typed('secret')} {...form.getInputProps('secret')} />
    </Editor>
  );
}
