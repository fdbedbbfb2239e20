import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { customerPageOf, isNumber, originOf, snippetOf } from './widgets.ts';

describe('a call button', () => {
  test('takes the address of a page for its origin', () => {
    assert.equal(originOf(' https://shop.example.com/cart?id=1 '), 'https://shop.example.com');
    assert.equal(originOf('http://127.0.0.1:8080'), 'http://127.0.0.1:8080');
    assert.equal(originOf('Shop.example.com'), 'https://shop.example.com');
    for (const wrong of ['', 'ftp://shop.example.com', 'a b', 'https://']) assert.equal(originOf(wrong), undefined, wrong);
  });

  test('leads to numbers as they are dialled', () => {
    for (const number of ['1000', '+861000', '*9#']) assert.ok(isNumber(number), number);
    for (const wrong of ['', '10 00', 'sales', '1'.repeat(65)]) assert.ok(!isNumber(wrong), wrong);
  });

  test('is pasted as one line, whatever stands in it', () => {
    assert.equal(snippetOf('https://cc.example.com', 'wk-1', '1000'), '<script src="https://cc.example.com/widget/widget.js" data-key="wk-1" data-number="1000" async></script>');
    assert.match(snippetOf('https://cc.example.com', 'a"b', '1000'), /data-key="a&quot;b"/);
    assert.equal(customerPageOf('https://cc.example.com', 'wk-1', '+1#'), 'https://cc.example.com/widget/customer.html?key=wk-1&number=%2B1%23');
  });
});
