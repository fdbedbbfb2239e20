import type { listWidgetKeys } from '@parley/contract/admin/widget-key.ts';
import type { Result } from '@parley/contract/operation.ts';

export type WidgetKey = Result<typeof listWidgetKeys>['widgetKeys'][number];

export interface WidgetDraft {
  readonly name: string;
  readonly origins: readonly string[];
  readonly accessCodes: readonly string[];
  readonly callsPerMinute: number;
}

export const newDraft = (origin: string): WidgetDraft => ({ name: '', origins: [origin], accessCodes: [], callsPerMinute: 60 });

export const draftOf = ({ name, origins, accessCodes, callsPerMinute }: WidgetKey): WidgetDraft => ({ name, origins, accessCodes, callsPerMinute });

/** What people paste of a page's address, as browsers send it; undefined where it is no address of a page. */
export function originOf(typed: string): string | undefined {
  const text = typed.trim();
  const url = URL.parse(text.includes('://') ? text : `https://${text}`);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.host !== '' ? url.origin : undefined;
}

export const isNumber = (text: string): boolean => text.length <= 64 && /^[0-9*#+]+$/.test(text);

const asAttribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** The line that puts the button into a page. */
export const snippetOf = (host: string, key: string, number: string): string =>
  `<script src="${host}/widget/widget.js" data-key="${asAttribute(key)}" data-number="${asAttribute(number)}" async></script>`;

/** The page of Parley's own on which a customer can call. */
export const customerPageOf = (host: string, key: string, number: string): string => `${host}/widget/customer.html?${new URLSearchParams({ key, number }).toString()}`;
