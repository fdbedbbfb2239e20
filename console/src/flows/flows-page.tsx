import { Center, Loader } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Redirect, useParams } from 'wouter';
import { FlowList } from './flow-list.tsx';

/** The diagram and its layout weigh more than the rest of the console. */
const DesignerPage = lazy(async () => ({ default: (await import('./designer/designer-page.tsx')).DesignerPage }));

/** All flows, or one of them in the designer. */
export function FlowsPage() {
  const { id } = useParams();
  if (id === undefined) return <FlowList />;
  if (!/^[1-9]\d{0,8}$/.test(id)) return <Redirect to="/flows" replace />;
  return <Suspense fallback={<Center h={240}><Loader /></Center>}><DesignerPage key={id} id={Number(id)} /></Suspense>;
}
