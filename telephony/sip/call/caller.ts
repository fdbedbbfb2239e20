import { readAddress } from '../message/address.ts';
import { readUri } from '../message/uri.ts';
import type { Caller } from './call.ts';

/** Who stands in a From or To. */
export function readCaller(value: string | undefined): Caller {
  const address = readAddress(value ?? '');
  if (address === undefined) return { uri: '', user: '' };
  return { uri: address.uri, user: readUri(address.uri)?.user ?? '', ...(address.display === undefined ? {} : { display: address.display }) };
}
