import { Tabs } from '@mantine/core';
import { useSession } from '../../session/session.ts';
import { Page } from '../../show/page.tsx';
import { useText } from '../../text/catalogue.ts';
import { VoiceFiles } from './voice-files.tsx';
import { VoiceTemplates } from './voice-templates.tsx';
import { voiceTexts } from './voice-texts.ts';

/** What flows play and notifications say, and its review. */
export function VoicePage() {
  const text = useText(voiceTexts);
  const mayChange = useSession().permissions.includes('tenant.write');
  return (
    <Page title={text.title} about={text.about}>
      <Tabs defaultValue="files" keepMounted={false}>
        <Tabs.List aria-label={text.parts}>
          <Tabs.Tab value="files">{text.files}</Tabs.Tab>
          <Tabs.Tab value="templates">{text.templates}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="files" pt="md"><VoiceFiles isChangeable={mayChange} /></Tabs.Panel>
        <Tabs.Panel value="templates" pt="md"><VoiceTemplates isChangeable={mayChange} /></Tabs.Panel>
      </Tabs>
    </Page>
  );
}
