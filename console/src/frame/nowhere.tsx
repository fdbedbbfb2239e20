import { Button } from '@mantine/core';
import { Building2, MapPinOff, ShieldX } from 'lucide-react';
import { Link } from 'wouter';
import { useSession } from '../session/session.ts';
import { Empty } from '../show/empty.tsx';
import { Page } from '../show/page.tsx';
import { catalogue, useText } from '../text/catalogue.ts';
import { absenceOf } from './absence.ts';
import type { Place } from './places.ts';

const texts = catalogue({
  en: {
    title: 'Nothing to see here', toStart: 'Start here', toTenants: 'Tenants',
    reasons: { unknown: 'There is no such page', forbidden: 'Not for your role', noTenant: 'Choose a tenant first' },
    hints: {
      unknown: 'The address is not one of the console. Everything that there is for you is in the menu.', forbidden: 'This page is for others. Ask an administrator if you need what is on it.',
      noTenant: 'This page is about one tenant. Choose it at the top; the page opens by itself.',
    },
  },
  zh: {
    title: '无法显示', toStart: '快速开始', toTenants: '租户',
    reasons: { unknown: '页面不存在', forbidden: '您的角色不能查看此页面', noTenant: '请先选择租户' },
    hints: { unknown: '此地址不是控制台的页面，可用的功能都在菜单中。', forbidden: '此页面供其他角色使用，如有需要请联系管理员。', noTenant: '此页面属于某个租户。请在顶部选择租户，页面会自动打开。' },
  },
});

const ICONS = { unknown: MapPinOff, forbidden: ShieldX, noTenant: Building2 } as const;

/** In place of a page that is not there for whoever looks; `place` is the one that others would see. */
export function Nowhere({ place }: { readonly place?: Place }) {
  const text = useText(texts);
  const absence = absenceOf(place, useSession());
  const [href, name] = absence === 'noTenant' ? ['/tenants', text.toTenants] as const : ['/', text.toStart] as const;
  return (
    <Page title={text.title}>
      <Empty icon={ICONS[absence]} title={text.reasons[absence]} hint={text.hints[absence]} action={<Button component={Link} href={href} variant="default">{name}</Button>} />
    </Page>
  );
}
