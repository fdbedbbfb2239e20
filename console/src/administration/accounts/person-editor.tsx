import { Alert, Button, Fieldset, Group, PasswordInput, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useContractFields } from '../../show/contract-fields.ts';
import { Editor } from '../../show/editor.tsx';
import { useNotice } from '../../show/notice.ts';
import { showRefusal } from '../../show/refused-fields.ts';
import { useText } from '../../text/catalogue.ts';
import { useFormat } from '../../text/format.ts';
import { accountTexts } from './account-texts.ts';
import { PasswordReset } from './password-reset.tsx';
import { isStrong } from './passwords.ts';
import { draftOf, NEW_PERSON, settingsOf, TENANT_ROLES, type PeopleChanges, type Person } from './people.ts';
import { roleTexts } from './role-texts.ts';
import type { Told } from './told-password.tsx';

export interface PersonEditorProps {
  /** The account that is changed; undefined for a new one. */
  readonly person: Person | undefined;
  /** What a new one is called. */
  readonly newTitle: string;
  readonly changes: PeopleChanges;
  readonly isChangeable: boolean;
  readonly onClose: () => void;
  /** A password was made up, which is to be told. */
  readonly onTold: (told: Told) => void;
}

/** How somebody gets in: the lock of the account, and another password. */
function PersonSignIn({ person: { account, lockedUntil }, changes: { unlock, reset } }: { readonly person: Person; readonly changes: PeopleChanges }) {
  const text = useText(accountTexts);
  const format = useFormat();
  const notice = useNotice();
  const open = async (): Promise<void> => {
    try {
      await unlock?.mutateAsync({ account });
      notice.done(text.unlocked(account));
    } catch (error) {
      notice.failed(error);
    }
  };
  return (
    <Fieldset legend={text.signIn}>
      <Stack gap="xs">
        {lockedUntil > 0 && (
          <Alert color="yellow" title={text.lockedUntil(format.moment(lockedUntil))}>
            {unlock !== undefined && (
              <Button size="xs" variant="light" loading={unlock.isPending} onClick={() => { void open(); }}>{text.unlock}</Button>
            )}
          </Alert>
        )}
        <Group>
          <PasswordReset
            who={account} isBusy={reset.isPending} error={reset.error} onOpen={reset.reset}
            onSet={(password) => reset.mutateAsync({ account, ...(password === undefined ? {} : { password }) })}
          />
        </Group>
      </Stack>
    </Fieldset>
  );
}

/** An account, new or as it is. */
export function PersonEditor({ person, newTitle, changes, isChangeable, onClose, onTold }: PersonEditorProps) {
  const text = useText(accountTexts);
  const roles = useText(roleTexts);
  const notice = useNotice();
  const { create, change, createOperation, hasRoles } = changes;
  const { check, typed } = useContractFields(createOperation);
  const form = useForm({
    initialValues: person === undefined ? NEW_PERSON : draftOf(person),
    validate: {
      account: (account) => (person === undefined ? check('account', text.accountForm)(account) : null),
      name: check('name', text.nameForm), email: check('email'), phone: check('phone', text.phoneForm),
      password: (password) => (person !== undefined || password === '' || isStrong(password) ? null : text.passwordWeak),
    },
  });
  const submit = form.onSubmit(async (draft) => {
    const settings = settingsOf(draft);
    try {
      if (person === undefined) {
        const { account, password } = await create.mutateAsync({ ...settings, ...(draft.password === '' ? {} : { password: draft.password }) });
        if (password !== undefined) onTold({ who: account, password });
      } else {
        await change.mutateAsync({ ...settings, enabled: draft.enabled });
      }
      notice.done(text.saved(draft.name));
      onClose();
    } catch (error) {
      showRefusal(form, error, { fieldOf: ({ code }) => (code === 'exists' ? 'account' : undefined) });
    }
  });
  return (
    <Editor
      title={person === undefined ? newTitle : person.name} isOpen onClose={onClose} onSubmit={submit} isChangeable={isChangeable}
      isSaving={create.isPending || change.isPending} error={create.error ?? change.error}
    >
      <TextInput label={text.account} description={person === undefined ? text.accountHint : undefined} disabled={person !== undefined} autoComplete="off" data-autofocus {...typed('account')} {...form.getInputProps('account')} />
      <TextInput label={text.name} autoComplete="off" {...typed('name')} {...form.getInputProps('name')} />
      {hasRoles && (
        <Select
          label={roles.role} description={roles.hints[form.values.role]} allowDeselect={false} data={TENANT_ROLES.map((role) => ({ value: role, label: roles.roles[role] }))}
          {...form.getInputProps('role')}
        />
      )}
      <TextInput label={text.email} type="email" autoComplete="off" {...typed('email')} {...form.getInputProps('email')} />
      <TextInput label={text.phone} autoComplete="off" {...typed('phone')} {...form.getInputProps('phone')} />
      {person === undefined && <PasswordInput label={text.password} description={text.passwordHint} autoComplete="new-password" {...form.getInputProps('password')} />}
      {person !== undefined && <Switch label={text.enabled} description={text.enabledHint} {...form.getInputProps('enabled', { type: 'checkbox' })} />}
      {person !== undefined && isChangeable && <PersonSignIn person={person} changes={changes} />}
    </Editor>
  );
}
