import { Alert, Button, Fieldset, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useState, type FormEvent } from 'react';
import { unlockAccount } from '@parley/contract/admin/agent-account.ts';
import { listUsers, resetUserPassword, showUser } from '@parley/contract/admin/user.ts';
import { updateSipPhonePassword } from '@parley/contract/configuration/sip-phone.ts';
import { useAsked, useChange } from '../../session/asking.ts';
import { FaultAlert } from '../../show/fault-alert.tsx';
import { useNotice } from '../../show/notice.ts';
import { showRefusal } from '../../show/refused-fields.ts';
import { useText } from '../../text/catalogue.ts';
import { useFormat } from '../../text/format.ts';
import { accountTexts } from '../accounts/account-texts.ts';
import { PasswordReset } from '../accounts/password-reset.tsx';
import { makePhonePassword } from '../accounts/passwords.ts';
import { ToldPassword, type Told } from '../accounts/told-password.tsx';
import { agentTexts } from './agent-texts.ts';
import type { Agent } from './agents.ts';

const PHONE_PASSWORD = /^[A-Za-z0-9~@^*_{+}?]{8,16}$/;

/** 5.1.8 asks for the agent's own password: an administrator alone cannot change that of the telephone. */
function PhonePassword({ agent: { userAccount, userName, sipAccount } }: { readonly agent: Agent }) {
  const text = useText(agentTexts);
  const words = useText(accountTexts);
  const [isOpen, { open, close }] = useDisclosure();
  const [told, setTold] = useState<Told>();
  const update = useChange(updateSipPhonePassword);
  const form = useForm({
    initialValues: { accountPwd: '', newPhonePwd: '' },
    validate: { newPhonePwd: (password) => (password === '' || PHONE_PASSWORD.test(password) ? null : text.phonePasswordForm) },
  });
  const submit = form.onSubmit(({ accountPwd, newPhonePwd }) => {
    const password = newPhonePwd === '' ? makePhonePassword() : newPhonePwd;
    update.mutate({ userAccount, accountPwd, newPhonePwd: password }, {
      onSuccess: () => {
        close();
        setTold({ who: userName, password, besides: `${text.sipAccount} ${sipAccount}` });
      },
      onError: (error) => { showRefusal(form, error, { fieldOf: () => 'accountPwd' }); },
    });
  });
  /** Events go on to the editor around it, whose form this one is not a part of. */
  const submitAlone = (event: FormEvent<HTMLFormElement>): void => {
    event.stopPropagation();
    submit(event);
  };
  return (
    <>
      <Button variant="default" onClick={() => { form.reset(); update.reset(); open(); }}>{text.phonePassword}</Button>
      <Modal opened={isOpen} onClose={close} title={text.phonePassword} centered closeButtonProps={{ 'aria-label': words.close }}>
        <form onSubmit={submitAlone} noValidate>
          <Stack>
            <Text size="sm">{text.phonePasswordMeans}</Text>
            <PasswordInput label={text.accountPassword} autoComplete="off" required data-autofocus {...form.getInputProps('accountPwd')} />
            <PasswordInput label={text.newPhonePassword} description={words.passwordHint} autoComplete="new-password" {...form.getInputProps('newPhonePwd')} />
            {update.error !== null && <FaultAlert error={update.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>{words.cancel}</Button>
              <Button type="submit" loading={update.isPending} disabled={form.values.accountPwd === ''}>{words.set}</Button>
            </Group>
          </Stack>
        </form>
      </Modal>
      {told !== undefined && <ToldPassword told={told} onClose={() => { setTold(undefined); }} />}
    </>
  );
}

/** How an agent gets in: whether its account is locked, and other passwords for it and its telephone. */
export function AgentSignIn({ agent }: { readonly agent: Agent }) {
  const { userAccount } = agent;
  const words = useText(accountTexts);
  const format = useFormat();
  const notice = useNotice();
  const account = useAsked(showUser, { account: userAccount });
  const unlock = useChange(unlockAccount, [showUser, listUsers]);
  const reset = useChange(resetUserPassword, [showUser, listUsers]);
  const lockedUntil = account.data?.lockedUntil ?? 0;
  return (
    <Fieldset legend={words.signIn}>
      <Stack gap="xs">
        {lockedUntil > 0 && (
          <Alert color="yellow" title={words.lockedUntil(format.moment(lockedUntil))}>
            <Button
              size="xs" variant="light" loading={unlock.isPending}
              onClick={() => { unlock.mutate({ account: userAccount }, { onSuccess: () => { notice.done(words.unlocked(userAccount)); }, onError: notice.failed }); }}
            >
              {words.unlock}
            </Button>
          </Alert>
        )}
        <Group gap="xs">
          <PasswordReset
            who={userAccount} isBusy={reset.isPending} error={reset.error} onOpen={reset.reset}
            onSet={(password) => reset.mutateAsync({ account: userAccount, ...(password === undefined ? {} : { password }) })}
          />
          <PhonePassword agent={agent} />
        </Group>
      </Stack>
    </Fieldset>
  );
}
