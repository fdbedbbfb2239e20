import { ToldOnce } from '../../show/told-once.tsx';
import { useText } from '../../text/catalogue.ts';
import { accountTexts } from './account-texts.ts';

/** A password that nobody can look up again. */
export interface Told {
  readonly who: string;
  readonly password: string;
  /** What else is to be handed over with it. */
  readonly besides?: string;
}

/** Tells a password that has just been made. */
export function ToldPassword({ told: { who, password, besides }, onClose }: { readonly told: Told; readonly onClose: () => void }) {
  const title = useText(accountTexts).toldTitle(who);
  return <ToldOnce title={title} values={[{ label: title, value: password }]} besides={besides} onClose={onClose} />;
}
