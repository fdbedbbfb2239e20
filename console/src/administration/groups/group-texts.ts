import { catalogue } from '../../text/catalogue.ts';

export const groupTexts = catalogue({
  en: {
    title: 'Groups', create: 'New group', empty: 'No groups yet',
    about: 'Teams, and who may listen to, watch and play back whom. Colleagues of a group also pick up each other\'s calls.',
    emptyHint: 'As long as there are no groups, inspectors may inspect all agents. From the first group on, they inspect within their own group, and groups that theirs may inspect.',
    gate: 'Inspecting takes the right of the role and reach: the same group, or a group that one\'s own inspects. Who is in no group inspects nobody and is inspected by nobody.',
    name: 'Name', nameForm: 'No quotes, brackets, =, ; , < or >', kind: 'Whom it is for', kinds: { agents: 'Agents', inspectors: 'Inspectors' }, remark: 'Note', members: 'Members',
    membersHint: 'An agent is in one group at most: whoever is in another one leaves it.', inspects: 'Inspects', inspectsHint: 'Groups of agents whose members this group may listen to, watch and play back',
    agent: (workNo: number, name: string) => `${workNo} · ${name}`, saved: (name: string) => `The group ${name} is saved`, noChoice: 'Nothing fits',
    remove: 'Delete', removeQuestion: (name: string) => `Delete the group ${name}?`, removeMeans: 'Its members are in no group then. Inspections that it allowed end at once. With the last group, all inspectors may inspect all agents again.',
  },
  zh: {
    title: '班组', create: '新建班组', empty: '还没有班组',
    about: '座席班组，以及谁可以监听、监视和回放谁。同组座席还可互相代答来电。',
    emptyHint: '没有班组时，质检员可质检所有座席。一旦建立班组，质检员只能质检本组成员及其班组可质检的班组。',
    gate: '质检须同时具备角色权限和范围：同一班组，或本班组可质检的班组。不在任何班组的人既不能质检他人，也不会被质检。',
    name: '名称', nameForm: '不能包含引号、方括号、=、;、< 或 >', kind: '类型', kinds: { agents: '座席', inspectors: '质检员' }, remark: '备注', members: '成员',
    membersHint: '每个座席最多属于一个班组，加入后将离开原班组。', inspects: '可质检', inspectsHint: '本班组可监听、监视和回放的座席班组',
    agent: (workNo: number, name: string) => `${workNo} · ${name}`, saved: (name: string) => `班组 ${name} 已保存`, noChoice: '没有匹配项',
    remove: '删除', removeQuestion: (name: string) => `删除班组 ${name}？`, removeMeans: '其成员将不再属于任何班组，由其授权的质检立即结束。删除最后一个班组后，所有质检员又可质检所有座席。',
  },
});
