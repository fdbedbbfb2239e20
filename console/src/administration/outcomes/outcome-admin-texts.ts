import { catalogue } from '../../text/catalogue.ts';

export const outcomeAdminTexts = catalogue({
  en: {
    title: 'Call outcomes', about: 'What agents can say that came of a call. They choose one at their desks, while they talk or afterwards, and calls are found by it.', create: 'New outcome',
    empty: 'No outcomes yet', emptyHint: 'Add what matters to you, such as “Order placed” or “Call back later”: agents choose one for each call, and you find calls by it.',
    code: 'Code', codeHint: 'Letters, digits and hyphens, such as order-placed. It cannot be changed later.', codeForm: 'Letters, digits and hyphens only', name: 'Name', nameHint: 'What agents choose by',
    description: 'When to choose it', descriptionHint: 'Agents read it under the name', enabled: 'In use', on: 'Yes', off: 'No',
    use: (name: string) => `Offer ${name} to agents`, switchedOn: (name: string) => `Agents can choose ${name}`, switchedOff: (name: string) => `Agents can choose ${name} no more`,
    saved: (name: string) => `The outcome ${name} is saved`, up: (name: string) => `Move ${name} up`, down: (name: string) => `Move ${name} down`,
    remove: 'Remove', removeQuestion: (name: string) => `Remove the outcome ${name}?`, removeMeans: 'One that calls have cannot be removed: switch it off, and these calls keep it.',
  },
  zh: {
    title: '业务结果', about: '座席可为通话选择的结果。座席在通话中或结束后选择，可据此查找通话。', create: '新建业务结果',
    empty: '还没有业务结果', emptyHint: '添加您关心的结果，如“已下单”或“稍后回拨”：座席为每次通话选择一项，您可据此查找通话。',
    code: '编码', codeHint: '字母、数字和连字符，如 order-placed，保存后不可修改。', codeForm: '只能包含字母、数字和连字符', name: '名称', nameHint: '座席按名称选择',
    description: '适用情形', descriptionHint: '显示在名称下方，供座席参考', enabled: '启用', on: '是', off: '否',
    use: (name: string) => `启用 ${name}`, switchedOn: (name: string) => `座席可以选择 ${name}`, switchedOff: (name: string) => `座席不再可选择 ${name}`,
    saved: (name: string) => `业务结果 ${name} 已保存`, up: (name: string) => `上移 ${name}`, down: (name: string) => `下移 ${name}`,
    remove: '删除', removeQuestion: (name: string) => `删除业务结果 ${name}？`, removeMeans: '已被通话使用的业务结果无法删除；停用后，原有通话仍保留该结果。',
  },
});
