import { Alert, Button, Stack } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { catalogue, languageNow } from '../text/catalogue.ts';

const texts = catalogue({
  en: { title: 'This page has stopped', hint: 'Something in it went wrong. Your calls go on; load the page anew.', anew: 'Load anew' },
  zh: { title: '页面出错', hint: '页面出现错误，您的通话不受影响，请重新加载。', anew: '重新加载' },
});

/** A fault in one page leaves the frame around it standing. React knows no other way to catch it than a class. */
export class CrashGuard extends Component<{ readonly children: ReactNode }, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { readonly hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    const text = texts[languageNow()];
    return (
      <Stack p="md">
        <Alert color="red" title={text.title} role="alert">{text.hint}</Alert>
        <Button onClick={() => { location.reload(); }}>{text.anew}</Button>
      </Stack>
    );
  }
}
