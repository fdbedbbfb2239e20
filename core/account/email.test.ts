import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkEmail } from './email.ts';

const label = 'a'.repeat(63);
const domain255 = `${label}.${label}.${label}.${'b'.repeat(63)}`;

const addresses: readonly [address: string, refusal: RegExp | undefined][] = [
  ['ann@example.com', undefined],
  ['ann.b+c_d-e@mail.example.co', undefined],
  ['ann@localhost', undefined],
  ['"ann b"@example.com', undefined],
  ['"ann\\"@b"@example.com', undefined],
  [`${'a'.repeat(64)}@example.com`, undefined],
  [`a@${label}.com`, undefined],
  [`a@${domain255}`, undefined],
  ['', /form name@domain/],
  ['ann', /form name@domain/],
  ['@example.com', /form name@domain/],
  ['ann@', /not a domain/],
  ['ann@example..com', /not a domain/],
  ['ann@-example.com', /not a domain/],
  ['ann@exa mple.com', /not a domain/],
  ['ann@example.com\r\nBcc: eve@example.com', /name of a mailbox/],
  ['an n@example.com', /name of a mailbox/],
  ['.ann@example.com', /name of a mailbox/],
  ['ann.@example.com', /name of a mailbox/],
  ['a@b@example.com', /name of a mailbox/],
  ['"a"b"@example.com', /name of a mailbox/],
  ['"a\nb"@example.com', /name of a mailbox/],
  [`${'a'.repeat(65)}@example.com`, /64 characters/],
  [`a@${'a'.repeat(64)}.com`, /63 characters/],
  [`a@${domain255}.c`, /255 characters/],
];

for (const [address, refusal] of addresses) {
  test(`a mail address is checked: ${JSON.stringify(address.slice(0, 60))}`, () => {
    const outcome = checkEmail(address);
    if (refusal === undefined) assert.equal(outcome, undefined);
    else assert.match(outcome ?? '', refusal);
  });
}
