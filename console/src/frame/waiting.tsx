import { Alert, Center, Loader } from '@mantine/core';
import { CloudOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { catalogue, useText } from '../text/catalogue.ts';

const texts = catalogue({
  en: { title: 'Parley does not answer', hint: 'The server is away or the line is. This page opens by itself as soon as it is back.' },
  zh: { title: 'Parley 没有响应', hint: '服务器或网络暂时中断，恢复后页面会自动打开。' },
});

const LONG_MS = 3000;

/** In place of a page that is being fetched; of one that takes long, why. */
export function Waiting() {
  const text = useText(texts);
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => { setLong(true); }, LONG_MS);
    return () => { clearTimeout(timer); };
  }, []);
  return (
    <Center h={240} p="md">
      {isLong ? <Alert color="yellow" icon={<CloudOff />} title={text.title} role="alert">{text.hint}</Alert> : <Loader role="status" aria-label="Parley" />}
    </Center>
  );
}
