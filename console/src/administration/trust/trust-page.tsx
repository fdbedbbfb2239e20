import { Tabs } from '@mantine/core';
import { useSession } from '../../session/session.ts';
import { Page } from '../../show/page.tsx';
import { useText } from '../../text/catalogue.ts';
import { CallbackAddresses } from './callback-addresses.tsx';
import { SharedKeys } from './shared-keys.tsx';
import { trustTexts } from './trust-texts.ts';
import { TrustedUrls } from './trusted-urls.tsx';

/** Where Parley may send to for the tenant, and how the other side knows that it was Parley. */
export function TrustPage() {
  const text = useText(trustTexts);
  const mayChange = useSession().permissions.includes('tenant.write');
  return (
    <Page title={text.title} about={text.about}>
      <Tabs defaultValue="urls" keepMounted={false}>
        <Tabs.List aria-label={text.parts}>
          <Tabs.Tab value="urls">{text.urls}</Tabs.Tab>
          <Tabs.Tab value="addresses">{text.addresses}</Tabs.Tab>
          <Tabs.Tab value="keys">{text.keys}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="urls" pt="md"><TrustedUrls isChangeable={mayChange} /></Tabs.Panel>
        <Tabs.Panel value="addresses" pt="md"><CallbackAddresses isChangeable={mayChange} /></Tabs.Panel>
        <Tabs.Panel value="keys" pt="md"><SharedKeys isChangeable={mayChange} /></Tabs.Panel>
      </Tabs>
    </Page>
  );
}
