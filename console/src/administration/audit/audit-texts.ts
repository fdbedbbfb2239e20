import { catalogue } from '../../text/catalogue.ts';
import { auditKinds } from './audit-kinds.ts';

export const kindTexts = catalogue(auditKinds);

export const auditTexts = catalogue({
  en: {
    title: 'Audit log', about: 'Who changed what in this tenant, newest first. Nobody can change what stands here.',
    installationTitle: 'Audit of the installation', installationAbout: 'Who changed what in the installation itself. What was changed inside a tenant stands in that tenant\'s own log.',
    empty: 'Nothing has been changed yet', emptyHint: 'Every change, whether by a person, a program or Parley itself, will stand here.',
    none: 'Nothing fits these filters', noneHint: 'Take some of them away, or look at a longer time.', clear: 'Clear the filters', filters: 'Filters',
    at: 'When', actor: 'Who', anybody: 'Anybody', what: 'What', anything: 'Anything', whatId: 'Id', source: 'Address', from: 'From', to: 'Until', change: 'Change',
    kinds: { created: 'Created', deleted: 'Removed', changed: 'Changed' }, more: (count: number) => `and ${count} more`, unchanged: 'Nothing that is shown differs',
    place: 'Field', before: 'Before', after: 'After', nothing: '–', emptyText: '(empty)',
    entry: (kind: string, name: string, id: string) => (name === '' ? `${kind} ${id}` : `${kind} ${name} (${id})`), operationIs: (operation: string) => `operation ${operation}`,
    person: (name: string, account: string) => (name === account ? account : `${name} (${account})`),
    actors: {
      user: (name: string) => name, operator: (name: string) => `Operator ${name}`, key: (name: string) => `Key ${name}`, agent: (name: string) => `Agent ${name}`, 'oma-token': (name: string) => `Token ${name}`,
      demo: (_name: string) => 'The demo', 'setup-link': (_name: string) => 'Whoever had the set-up link', parley: (_name: string) => 'Parley itself', engine: (_name: string) => 'Parley itself', trial: (_name: string) => 'Parley, for a trial',
    },
  },
  zh: {
    title: '操作日志', about: '本租户的变更记录，最新的在前，任何人都无法修改。',
    installationTitle: '系统操作日志', installationAbout: '系统自身的变更记录。租户内部的变更见该租户的操作日志。',
    empty: '还没有变更', emptyHint: '无论由人员、程序还是 Parley 自身作出的变更，都会记录在此。',
    none: '没有符合条件的记录', noneHint: '请减少筛选条件或放宽时间范围。', clear: '清除筛选', filters: '筛选',
    at: '时间', actor: '操作者', anybody: '不限', what: '对象', anything: '不限', whatId: '编号', source: '来源地址', from: '开始时间', to: '结束时间', change: '变更',
    kinds: { created: '新建', deleted: '删除', changed: '修改' }, more: (count: number) => `等 ${count} 项`, unchanged: '可见内容无变化',
    place: '字段', before: '变更前', after: '变更后', nothing: '–', emptyText: '（空）',
    entry: (kind: string, name: string, id: string) => (name === '' ? `${kind} ${id}` : `${kind} ${name}（${id}）`), operationIs: (operation: string) => `操作 ${operation}`,
    person: (name: string, account: string) => (name === account ? account : `${name}（${account}）`),
    actors: {
      user: (name: string) => name, operator: (name: string) => `系统管理员 ${name}`, key: (name: string) => `密钥 ${name}`, agent: (name: string) => `座席 ${name}`, 'oma-token': (name: string) => `令牌 ${name}`,
      demo: (_name: string) => '演示', 'setup-link': (_name: string) => '设置链接的使用者', parley: (_name: string) => 'Parley 自身', engine: (_name: string) => 'Parley 自身', trial: (_name: string) => 'Parley（试用）',
    },
  },
});
