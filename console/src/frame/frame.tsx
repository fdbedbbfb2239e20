import { AppShell, Avatar, Badge, Burger, Group, Menu, Modal, NavLink, ScrollArea, Stack, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { KeyRound, LogOut } from 'lucide-react';
import { lazy, Suspense, useEffect } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { DemoDialog, DemoMenuItem } from '../demo/demo-switch.tsx';
import { PasswordDialog, usePasswordTitle } from '../session/own-password.tsx';
import { PasswordForm } from '../session/password-form.tsx';
import { signOut, useSession } from '../session/session.ts';
import { catalogue, useText } from '../text/catalogue.ts';
import { CrashGuard } from './crash-guard.tsx';
import { fetchInAdvance, pageOf } from './loading.ts';
import { LanguageMenu } from './language-menu.tsx';
import { Nowhere } from './nowhere.tsx';
import { addressOf, PLACES, placeTexts, SECTIONS, type Place } from './places.ts';
import { SchemeButton } from './scheme-button.tsx';
import { TenantMenu } from './tenant-menu.tsx';
import { Waiting } from './waiting.tsx';

/** Agents have their call on every page. */
const CallBar = lazy(async () => ({ default: (await import('../desk/call-bar.tsx')).CallBar }));

const texts = catalogue({
  en: {
    navigation: 'Places', open: 'Open the places', out: 'Sign out', skip: 'Skip to the page', ended: 'Your session has ended', endedHint: 'Sign in again; the page stays as it is.',
    roles: { agent: 'agent', supervisor: 'supervisor', administrator: 'administrator', operator: 'operator' },
  },
  zh: {
    navigation: '导航', open: '打开导航', out: '退出登录', skip: '跳到正文', ended: '会话已结束', endedHint: '请重新登录，页面内容会保留。',
    roles: { agent: '座席', supervisor: '主管', administrator: '管理员', operator: '系统管理员' },
  },
});

function Places({ places, onGo }: { readonly places: readonly Place[]; readonly onGo: () => void }) {
  const names = useText(placeTexts);
  const [location] = useLocation();
  const here = places.findLast((place) => addressOf(place) !== '/' && (location === addressOf(place) || location.startsWith(`${addressOf(place)}/`)))?.path ?? '/';
  return SECTIONS.map((section) => {
    const inSection = places.filter((place) => place.section === section);
    if (inSection.length === 0) return null;
    return (
      <div key={section}>
        <Text size="xs" fw={600} c="dimmed" px="sm" pt={6} pb={1}>{names.sections[section]}</Text>
        {inSection.map(({ path, name, icon: Icon }) => (
          <NavLink
            key={path} component={Link} href={addressOf({ path })} label={names[name]} py={{ base: 8, sm: 2 }} leftSection={<Icon size={16} aria-hidden />} active={path === here}
            aria-current={path === here ? 'page' : undefined} onClick={onGo}
          />
        ))}
      </div>
    );
  });
}

function UserMenu() {
  const text = useText(texts);
  const { name, account, role } = useSession();
  const passwordTitle = usePasswordTitle();
  const [isChanging, { open, close }] = useDisclosure();
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <UnstyledButton>
            <Group gap="xs" aria-hidden><Avatar name={name} size="sm" color="indigo" variant="filled" /><Text size="sm" visibleFrom="xs">{name}</Text></Group>
            <VisuallyHidden>{name}, {text.roles[role]}</VisuallyHidden>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{account}<Badge ml="xs" size="xs" variant="light">{text.roles[role]}</Badge></Menu.Label>
          <DemoMenuItem />
          <Menu.Item leftSection={<KeyRound size={16} />} onClick={open}>{passwordTitle}</Menu.Item>
          <Menu.Item leftSection={<LogOut size={16} />} onClick={() => { void signOut(); }}>{text.out}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <PasswordDialog isOpen={isChanging} onClose={close} />
    </>
  );
}

/** What is around every page: the places, who one is, and a new sign-in over all of it when the session has ended. */
export function Frame({ isExpired }: { readonly isExpired: boolean }) {
  const text = useText(texts);
  const session = useSession();
  const [isOpen, { toggle, close }] = useDisclosure();
  const places = PLACES.filter(({ isFor }) => isFor(session));
  const { role, workNo } = session;
  useEffect(() => fetchInAdvance(PLACES.filter(({ isFor }) => isFor(session))), [role, workNo]);
  return (
    <AppShell header={{ height: 52 }} navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !isOpen } }} padding={0}>
      <AppShell.Header px="md" component="header">
        <Group h="100%" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={text.open} />
            <Text fw={700} size="lg" c="var(--mantine-color-text)" td="none" component={Link} href="/">Parley</Text>
            <TenantMenu />
          </Group>
          {session.workNo !== null && <Suspense fallback={null}><CallBar /></Suspense>}
          <Group gap={4} wrap="nowrap"><LanguageMenu /><SchemeButton /><UserMenu /></Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar aria-label={text.navigation}>
        <ScrollArea p={4} type="auto"><Places places={places} onGo={close} /></ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main>
        <CrashGuard>
          <Suspense fallback={<Waiting />}>
            <Switch>
              {places.map((place) => <Route key={place.path} path={place.path} component={pageOf(place)} />)}
              {PLACES.filter((place) => !places.includes(place)).map((place) => <Route key={place.path} path={place.path}><Nowhere place={place} /></Route>)}
              <Route><Nowhere /></Route>
            </Switch>
          </Suspense>
        </CrashGuard>
      </AppShell.Main>
      <DemoDialog />
      <Modal opened={isExpired} onClose={() => undefined} withCloseButton={false} title={text.ended} closeOnEscape={false} closeOnClickOutside={false}>
        <Stack><Text size="sm" c="dimmed">{text.endedHint}</Text><PasswordForm account={session.account} /></Stack>
      </Modal>
    </AppShell>
  );
}
