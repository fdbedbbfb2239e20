import { ToldOnce } from '../../show/told-once.tsx';
import { useText } from '../../text/catalogue.ts';
import { keyTexts } from './key-texts.ts';

/** A secret as it has just been made. */
export interface Told {
  readonly name: string;
  readonly secret: string;
}

export interface SecretOnceProps {
  /** Undefined while there is none to tell. */
  readonly told: Told | undefined;
  readonly onClose: () => void;
}

/** Tells the secret of a key, with the key's name. */
export function SecretOnce({ told, onClose }: SecretOnceProps) {
  const text = useText(keyTexts);
  if (told === undefined) return null;
  return <ToldOnce title={text.once} values={[{ label: text.keyId, value: told.name }, { label: text.secretOf(told.name), value: told.secret }]} onClose={onClose} />;
}
