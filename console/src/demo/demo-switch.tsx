import { Menu, Modal } from '@mantine/core';
import { UsersRound } from 'lucide-react';
import { deskNow, leaveDesk } from '../desk/desk.ts';
import { useSession } from '../session/session.ts';
import { useText } from '../text/catalogue.ts';
import { useDemo } from './demo.ts';
import { demoTexts } from './demo-texts.ts';
import { askWhom, useDemoLink } from './link.ts';
import { PeopleList } from './people-list.tsx';

/** An agent who has gone must get no calls; in the middle of one nobody goes. */
async function leave(): Promise<void> {
  if (deskNow().standing === 'open') await leaveDesk();
}

/** In the user's menu, where the page was opened by the link of the demo. */
export function DemoMenuItem() {
  const text = useText(demoTexts);
  const { token } = useDemoLink();
  const { data } = useDemo(token);
  if (data == null) return null;
  return <Menu.Item leftSection={<UsersRound size={16} />} onClick={() => { askWhom(true); }}>{text.other}</Menu.Item>;
}

/** Lets whoever is signed in be somebody else. */
export function DemoDialog() {
  const text = useText(demoTexts);
  const { account } = useSession();
  const { token, isAsked } = useDemoLink();
  const { data } = useDemo(token);
  if (token === undefined || data == null) return null;
  return (
    <Modal opened={isAsked} onClose={() => { askWhom(false); }} title={text.other}>
      <PeopleList token={token} demo={data} own={account} onLeave={leave} />
    </Modal>
  );
}
