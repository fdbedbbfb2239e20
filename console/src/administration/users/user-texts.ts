import { catalogue } from '../../text/catalogue.ts';

export const userTexts = catalogue({
  en: {
    title: 'Accounts', about: 'Who may sign in to the console of this tenant, and as what.', create: 'New account', empty: 'No accounts yet', emptyHint: 'Make one for everybody who supervises or administers.',
    removeQuestion: (name: string) => `Delete the account of ${name}?`, removeMeans: 'Its sessions end at once. The account of an agent goes with the agent, on the page Agents.',
  },
  zh: {
    title: '账号', about: '可登录本租户控制台的人员及其角色。', create: '新建账号', empty: '还没有账号', emptyHint: '请为主管和管理员新建账号。',
    removeQuestion: (name: string) => `删除 ${name} 的账号？`, removeMeans: '其会话立即结束。座席账号请在“座席”页面随座席一起删除。',
  },
});
