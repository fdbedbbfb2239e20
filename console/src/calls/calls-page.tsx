import { useLocation, useParams, useSearchParams } from 'wouter';
import { useSession } from '../session/session.ts';
import { Page } from '../show/page.tsx';
import { useText } from '../text/catalogue.ts';
import { CallList } from './call-list.tsx';
import { CallPage } from './call-page.tsx';
import { callTexts } from './call-texts.ts';
import { SearchForm } from './search-form.tsx';
import { readSearch, writeSearch } from './search.ts';

const addressOf = (path: string, query: URLSearchParams): string => (query.size === 0 ? path : `${path}?${query.toString()}`);

/** Searching calls, and each by itself. What was searched for stays in the address of a call, so that one comes back to it. */
export function CallsPage() {
  const text = useText(callTexts);
  const seesAll = useSession().permissions.includes('tenant.read');
  const { callId } = useParams<{ callId?: string }>();
  const [, navigate] = useLocation();
  const [query, setQuery] = useSearchParams();
  const search = readSearch(query);
  const asText = writeSearch(search).toString();
  if (callId !== undefined) return <CallPage key={callId} callId={callId} back={addressOf('/calls', query)} />;
  return (
    <Page title={text.title} about={seesAll ? text.about : text.aboutOwn}>
      <SearchForm key={asText} search={search} onSearch={(next) => { setQuery(writeSearch(next)); }} />
      <CallList search={search} onOpen={(id) => { navigate(addressOf(`/calls/${encodeURIComponent(id)}`, query)); }} />
    </Page>
  );
}
