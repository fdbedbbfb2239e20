import { Center, Loader, Stack } from '@mantine/core';
import { FaultAlert } from './show/fault-alert.tsx';
import { Frame } from './frame/frame.tsx';
import { find, useStanding } from './session/session.ts';
import { SignInPage } from './session/sign-in-page.tsx';
import { PasswordPage } from './session/password-page.tsx';

/** Who is nobody signs in; everybody else finds their places. */
export function App() {
  const standing = useStanding();
  switch (standing.state) {
    case 'unknown':
      return (
        <Center h="100vh">
          {standing.error === undefined
            ? <Loader aria-label="Parley" />
            : <Stack maw={480}><FaultAlert error={standing.error} onRetry={() => { void find(); }} /></Stack>}
        </Center>
      );
    case 'signedOut':
      return <SignInPage />;
    case 'signedIn':
    case 'expired':
      return standing.session.passwordExpired ? <PasswordPage /> : <Frame isExpired={standing.state === 'expired'} />;
  }
}
