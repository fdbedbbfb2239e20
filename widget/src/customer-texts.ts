import type { Language } from './texts.ts';

/** What is for sale. */
export type Drawing = 'pot' | 'bowl' | 'leaf';

interface CustomerTexts {
  readonly shop: string;
  readonly slogan: string;
  readonly about: string;
  readonly goods: readonly (readonly [drawing: Drawing, name: string, price: string])[];
  readonly questions: string;
  readonly whom: string;
  readonly other: string;
  readonly number: string;
  readonly own: string;
  /** How one calls. */
  readonly how: string;
  readonly refused: (number: string) => string;
  readonly missing: string;
  readonly missingHint: string;
  readonly tag: string;
  readonly tagHint: string;
}

export const customerTexts: Readonly<Record<Language, CustomerTexts>> = {
  en: {
    shop: 'Your shop', slogan: 'Tea, and what belongs to it', about: 'This is a page of a shop as your customers see it. Call the contact centre with the button, and answer as the agent in the console.',
    goods: [['pot', 'Teapot', '24.00'], ['bowl', 'Two bowls', '18.00'], ['leaf', 'Green tea', '9.50']],
    questions: 'Any questions? Call us', whom: 'Whom would you like to talk to?', other: 'Another number', number: 'Number', own: 'Your number, as the agent sees it',
    how: 'Press “Call us” at the lower right of the page.', refused: (number) => `The key of this button may not call ${number} from this page. Let it: in the console, under Call buttons, add the number to the button.`,
    missing: 'This page needs a key', missingHint: 'Open it from the console: “Be a customer”.',
    tag: 'The same button on a page of your own', tagHint: 'Make a key for your page\'s address under Call buttons in the console, and put this tag into the page:',
  },
  zh: {
    shop: '您的商店', slogan: '好茶与茶具', about: '这是您的客户所看到的商店网页。点击按钮呼叫客服中心，然后在控制台以座席身份接听。',
    goods: [['pot', '茶壶', '¥168'], ['bowl', '茶碗两只', '¥128'], ['leaf', '绿茶', '¥66']],
    questions: '有疑问？请联系我们', whom: '您想联系哪个部门？', other: '其他号码', number: '号码', own: '您的号码（座席可见）',
    how: '点击页面右下角的“联系客服”即可呼叫。', refused: (number) => `此按钮的密钥不能从本网页呼叫 ${number}。请在控制台的“网页呼叫按钮”中为该按钮添加此号码。`,
    missing: '此网页缺少密钥', missingHint: '请从控制台点击“扮演客户”打开。',
    tag: '在您自己的网页上使用此按钮', tagHint: '在控制台的“网页呼叫按钮”中为您的网址创建密钥，并将以下标签放入网页：',
  },
};
