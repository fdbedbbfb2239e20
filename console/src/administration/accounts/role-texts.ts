import { catalogue } from '../../text/catalogue.ts';

/** What an account is at the console. */
export const roleTexts = catalogue({
  en: {
    role: 'Role', roles: { agent: 'Agent', supervisor: 'Supervisor', administrator: 'Administrator', operator: 'Operator' }, all: 'All roles',
    hints: { agent: 'Sees their own calls and figures. Agents who take calls are made on the page Agents.', supervisor: 'Reads everything of the tenant, changes nothing.', administrator: 'Changes everything of the tenant.' },
  },
  zh: {
    role: '角色', roles: { agent: '座席', supervisor: '主管', administrator: '管理员', operator: '系统管理员' }, all: '全部角色',
    hints: { agent: '只能查看自己的通话和统计。接听电话的座席请在“座席”页面新建。', supervisor: '可查看租户的全部内容，不能修改。', administrator: '可修改租户的全部配置。' },
  },
});
