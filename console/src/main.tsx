import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { App } from './app.tsx';
import { cssVariables, theme } from './frame/theme.ts';
import { kept } from './session/kept.ts';
import { find } from './session/session.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
void find();
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={kept}>
        <Notifications position="bottom-right" />
        <Router base="/console"><App /></Router>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
