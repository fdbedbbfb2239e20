import { catalogue } from '../text/catalogue.ts';

export const demoTexts = catalogue({
  en: {
    title: 'Try the demo', choose: 'Choose whom to be. No password is needed.', isYou: 'That is you',
    roles: { agent: 'Agent', supervisor: 'Supervisor', administrator: 'Administrator' },
    sees: {
      agent: 'Takes calls at the desk',
      supervisor: 'Watches the live board, listens in, looks calls up',
      administrator: 'Queues, agents, numbers, call flows and keys',
    },
    atDesk: 'and takes calls at the desk',
    customer: 'Be a customer', customerHint: 'A shop\'s page with a call button, in a new tab',
    several: 'A browser is one person at a time. For a second agent open the link in a private window.',
    stale: 'This link has expired', staleHint: 'Parley prints a new one each time it starts. Open the newest from its output.',
    other: 'Be somebody else',
  },
  zh: {
    title: '体验演示', choose: '选择要体验的角色，无需密码。', isYou: '当前身份',
    roles: { agent: '座席', supervisor: '主管', administrator: '管理员' },
    sees: {
      agent: '在座席工作台接听来电',
      supervisor: '查看实时看板、监听、查询通话',
      administrator: '管理队列、座席、号码、流程和密钥',
    },
    atDesk: '也可接听来电',
    customer: '扮演客户', customerHint: '在新标签页打开带呼叫按钮的商店网页',
    several: '同一浏览器同时只能是一个人。要扮演第二位座席，请在无痕窗口中打开该链接。',
    stale: '链接已失效', staleHint: 'Parley 每次启动都会打印新的链接，请打开最新的链接。',
    other: '切换身份',
  },
});
