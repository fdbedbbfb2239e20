import { Center, Loader, Stack } from '@mantine/core';
import { FaultAlert } from './show/fault-alert.tsx';
import { Frame } from './frame/frame.tsx';
import { find, useStanding } from './session/session.ts';
import { SignInPage } from './session/sign-in-page.tsx';
import { PasswordPage } from './session/password-page.tsx';

/** Who is nobody signs in; everybody else finds their places. */
export function App() {
  const standing = useStanding();
  if (standing.state === 'signedOut') return <SignInPage />;
  if (standing.state !== 'unknown') return standing.session.passwordExpired ? <PasswordPage /> : <Frame isExpired={standing.state === 'expired'} />;
  return (
    <Center h="100vh">
      {standing.error === undefined
        ? <Loader role="status" aria-label="Parley" />
        : <Stack maw={480}><FaultAlert error={standing.error} onRetry={() => { void find(); }} /></Stack>}
    </Center>
  );
}
