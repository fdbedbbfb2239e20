import { catalogue } from '../../text/catalogue.ts';

export const queueTexts = catalogue({
  en: {
    title: 'Queues', about: 'Where customers wait for agents who have the skill.', create: 'New queue', empty: 'No queues yet',
    emptyHint: 'Customers wait in queues until an agent of the queue is free. Make one, then give it agents and a number.',
    id: 'Id', name: 'Name', nameForm: 'No special characters but - _ . : @ and "', fixed: 'It cannot be changed later.', description: 'Description', medium: 'Medium',
    media: { 5: 'Voice', 53: 'Chat', 19: 'Video', 2: 'Voice, click to dial', 18: 'Video, click to dial' },
    maxWaitTime: 'Longest wait', maxWaitNum: 'How many may wait', maxAgentWrapupTime: 'Wrap-up after a call',
    noAgents: 'When no agent is on duty', busy: 'When the queue is full', timeOut: 'When the longest wait is over', release: 'End the call',
    toQueue: (name: string) => `On to the queue ${name}`, toFlow: (name: string) => `On to the flow ${name}`,
    waitFlow: 'What customers hear meanwhile', music: 'Music', announcesAgent: 'Tell the customer the agent\'s number first',
    saved: (name: string) => `The queue ${name} is saved`, remove: 'Delete', removeQuestion: (name: string) => `Delete the queue ${name}?`,
    removeMeans: 'Its agents lose it. A queue to which a number or another queue leads cannot be deleted.',
  },
  zh: {
    title: '技能队列', about: '客户在此等待具备相应技能的座席。', create: '新建队列', empty: '还没有队列',
    emptyHint: '客户在队列中等待空闲座席。请先新建队列，再为其分配座席和号码。',
    id: '编号', name: '名称', nameForm: '除 - _ . : @ 和 " 外不能包含特殊字符', fixed: '创建后不可修改。', description: '描述', medium: '媒体类型',
    media: { 5: '语音', 53: '文字', 19: '视频', 2: '语音点击呼叫', 18: '视频点击呼叫' },
    maxWaitTime: '最长等待时间', maxWaitNum: '最大等待人数', maxAgentWrapupTime: '整理时长',
    noAgents: '无座席值守时', busy: '队列已满时', timeOut: '等待超时时', release: '结束呼叫',
    toQueue: (name: string) => `转到队列 ${name}`, toFlow: (name: string) => `转到流程 ${name}`,
    waitFlow: '等待时播放', music: '音乐', announcesAgent: '先向客户播报座席工号',
    saved: (name: string) => `队列 ${name} 已保存`, remove: '删除', removeQuestion: (name: string) => `删除队列 ${name}？`,
    removeMeans: '其座席将失去该技能。仍被号码或其他队列引用的队列不能删除。',
  },
});
