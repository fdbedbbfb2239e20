import { catalogue } from '../../text/catalogue.ts';

export const auditTexts = catalogue({
  en: {
    title: 'Audit log', about: 'Who changed what in this tenant, newest first. Nobody can change what stands here.',
    installationTitle: 'Audit of the installation', installationAbout: 'Who changed what in the installation itself. What was changed inside a tenant stands in that tenant\'s own log.',
    empty: 'Nothing has been changed yet', emptyHint: 'Every change, whether by a person, a program or Parley itself, will stand here.',
    none: 'Nothing fits these filters', noneHint: 'Take some of them away, or look at a longer time.', clear: 'Clear the filters', filters: 'Filters',
    at: 'When', actor: 'Who', actorHint: 'user:ann.admin, key:…', what: 'What', whatHint: 'queue, key, agent-role…', whatId: 'Id', operation: 'Operation', source: 'From', from: 'From', to: 'Until', change: 'Change',
    kinds: { created: 'Made', deleted: 'Deleted', changed: 'Changed' }, more: (count: number) => `and ${count} more`, unchanged: 'Nothing that is shown differs',
    place: 'Field', before: 'Before', after: 'After', nothing: '–', emptyText: '(empty)',
    entry: (what: string, id: string) => `${what} ${id}`,
  },
  zh: {
    title: '操作日志', about: '本租户的变更记录，最新的在前，任何人都无法修改。',
    installationTitle: '系统操作日志', installationAbout: '系统自身的变更记录。租户内部的变更见该租户的操作日志。',
    empty: '还没有变更', emptyHint: '无论由人员、程序还是 Parley 自身作出的变更，都会记录在此。',
    none: '没有符合条件的记录', noneHint: '请减少筛选条件或放宽时间范围。', clear: '清除筛选', filters: '筛选',
    at: '时间', actor: '操作者', actorHint: 'user:ann.admin、key:…', what: '对象', whatHint: 'queue、key、agent-role…', whatId: '编号', operation: '操作', source: '来源', from: '开始时间', to: '结束时间', change: '变更',
    kinds: { created: '新建', deleted: '删除', changed: '修改' }, more: (count: number) => `等 ${count} 项`, unchanged: '可见内容无变化',
    place: '字段', before: '变更前', after: '变更后', nothing: '–', emptyText: '（空）',
    entry: (what: string, id: string) => `${what} ${id}`,
  },
});
