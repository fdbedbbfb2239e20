import { ctiPasswordErrors as errors, modifyAccountPwdEx } from '@parley/contract/gateway/agent-password.ts';
import { gatewayErrors } from '@parley/contract/gateway/family.ts';
import { handle, type Handler } from '@parley/contract/handler.ts';
import { refuse, type Refusal } from '@parley/contract/refusal.ts';
import { checkCtiPassword, CTI_PASSWORD } from '@parley/core/account/cti-password.ts';
import type { Engine } from '../../engine/engine.ts';
import type { FailureLock } from '../../security/failure-lock.ts';
import type { CtiPasswords } from '../agent/index.ts';

export interface PasswordDependencies {
  readonly engine: Pick<Engine, 'send'>;
  readonly passwordLock: FailureLock;
  readonly changePassword: CtiPasswords['change'];
}

/** 6.1.1.16. The session goes on, and so does signing in while old passwords are being guessed: the lock is on this operation. */
export function passwordHandlers({ engine, passwordLock, changePassword }: PasswordDependencies): readonly Handler[] {
  const used = `it must not be one of the last ${CTI_PASSWORD.remembered}`;
  return [
    handle(modifyAccountPwdEx, async ({ agentid, oldPassword, newPassword }, { vdnId, by, now }) => {
      const wrong = (message: string): Refusal => refuse(errors.ctiPasswordRefused, { message });
      const weak = checkCtiPassword(newPassword, agentid);
      if (weak !== undefined) return wrong(weak);
      const attempt = `${vdnId}:${agentid}`;
      if (passwordLock.lockedFor(attempt, now) > 0) return refuse(gatewayErrors.locked, { message: 'too many wrong passwords; try again later' });
      // Counted before it is known, so that many at once are not tried at once.
      passwordLock.fail(attempt, now);
      const outcome = await changePassword(by, vdnId, agentid, oldPassword, newPassword);
      switch (outcome) {
        case 'changed':
          passwordLock.succeed(attempt);
          // The agent may call again whose password was too old.
          await engine.send(vdnId, { kind: 'adjust', agent: agentid, change: { mustChangePassword: false } });
          return {};
        case 'used':
          passwordLock.succeed(attempt);
          return wrong(used);
        // What is in use elsewhere is not to be found out by trying: it counts as a wrong password does.
        case 'taken':
          return wrong('it is too easy to guess');
        case 'wrong':
          return refuse(errors.ctiPasswordWrong);
        default:
          return outcome satisfies never;
      }
    }),
  ];
}
