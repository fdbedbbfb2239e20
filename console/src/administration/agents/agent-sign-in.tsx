import { Alert, Button, Fieldset, Group, Stack } from '@mantine/core';
import { resetPhonePassword, unlockAccount } from '@parley/contract/admin/agent-account.ts';
import { listUsers, resetUserPassword, showUser } from '@parley/contract/admin/user.ts';
import { checkPhonePassword } from '@parley/core/account/password.ts';
import { useAsked, useChange } from '../../session/asking.ts';
import { useNotice } from '../../show/notice.ts';
import { useText } from '../../text/catalogue.ts';
import { useFormat } from '../../text/format.ts';
import { accountTexts } from '../accounts/account-texts.ts';
import { PasswordReset } from '../accounts/password-reset.tsx';
import { agentTexts } from './agent-texts.ts';
import type { Agent } from './agents.ts';

/** How an agent gets in: whether its account is locked, and other passwords for it and its telephone. */
export function AgentSignIn({ agent: { userAccount, workNo, sipAccount } }: { readonly agent: Agent }) {
  const text = useText(agentTexts);
  const words = useText(accountTexts);
  const format = useFormat();
  const notice = useNotice();
  const account = useAsked(showUser, { account: userAccount });
  const unlock = useChange(unlockAccount, [showUser, listUsers]);
  const reset = useChange(resetUserPassword, [showUser, listUsers]);
  const resetPhone = useChange(resetPhonePassword);
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
          <PasswordReset
            who={text.phone(sipAccount)} label={text.phonePassword} consequence={text.phonePasswordMeans} isBusy={resetPhone.isPending} error={resetPhone.error} onOpen={resetPhone.reset}
            flawOf={(password) => (checkPhonePassword(password) === undefined ? null : text.phonePasswordForm)}
            onSet={(password) => resetPhone.mutateAsync({ workNo, ...(password === undefined ? {} : { password }) })}
          />
        </Group>
      </Stack>
    </Fieldset>
  );
}
