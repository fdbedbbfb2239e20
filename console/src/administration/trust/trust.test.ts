import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWebUrl } from './trust.ts';

test('a URL that can be called has a scheme of the web and a host', () => {
  for (const url of ['https://crm.example.com', ' http://10.0.0.7:8080/hooks ']) assert.ok(isWebUrl(url), url);
  for (const url of ['', 'crm.example.com/hooks', 'ftp://crm.example.com', 'https://', 'javascript:alert(1)']) assert.ok(!isWebUrl(url), url);
});
