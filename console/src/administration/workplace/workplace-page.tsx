import { Tabs } from '@mantine/core';
import { useSession } from '../../session/session.ts';
import { Page } from '../../show/page.tsx';
import { useText } from '../../text/catalogue.ts';
import { ReasonsEditor } from './reasons-editor.tsx';
import { RolesEditor } from './roles-editor.tsx';
import { workplaceTexts } from './workplace-texts.ts';

/** What agents choose from at their desks, and what their roles allow. */
export function WorkplacePage() {
  const text = useText(workplaceTexts);
  const mayChange = useSession().permissions.includes('tenant.write');
  return (
    <Page title={text.title} about={text.about}>
      <Tabs defaultValue="rest" keepMounted={false}>
        <Tabs.List aria-label={text.parts}>
          <Tabs.Tab value="rest">{text.tabs.rest}</Tabs.Tab>
          <Tabs.Tab value="busy">{text.tabs.busy}</Tabs.Tab>
          <Tabs.Tab value="roles">{text.tabs.roles}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="rest" pt="md"><ReasonsEditor kind="rest" isChangeable={mayChange} /></Tabs.Panel>
        <Tabs.Panel value="busy" pt="md"><ReasonsEditor kind="busy" isChangeable={mayChange} /></Tabs.Panel>
        <Tabs.Panel value="roles" pt="md"><RolesEditor isChangeable={mayChange} /></Tabs.Panel>
      </Tabs>
    </Page>
  );
}
