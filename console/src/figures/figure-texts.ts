import { catalogue } from '../text/catalogue.ts';

export const figureTexts = catalogue({
  en: {
    title: 'Figures', about: 'What queues, agents, flows and the whole tenant did.', aboutOwn: 'What you did.', subject: 'Whose figures', subjects: { queue: 'Queues', agent: 'Agents', tenant: 'The tenant', flow: 'Flows' },
    things: 'Which ones', all: 'All', indicators: 'Indicators', period: 'Period', periods: { today: 'Today', yesterday: 'Yesterday', week: '7 days', month: 'This month', dates: 'From – to' }, dates: 'Days',
    parts: 'By', partNames: { '15MIN': '15 min', '30MIN': '30 min', '60MIN': 'Hour', day: 'Day' }, usual: 'Usual indicators',
    summary: 'All together', course: 'Over time', drawn: 'Indicator', exportCsv: 'Export CSV', name: 'Name', time: 'Time', id: 'Id',
    delta: { more: (by: string) => `${by} more than the time before`, less: (by: string) => `${by} less than the time before` }, points: (by: string) => `${by} pts`,
    compared: (from: string, to: string) => `Small print compares with ${from} – ${to}.`, zone: (zone: string) => `Days and times are those of ${zone}.`,
    others: (count: string) => `The largest are drawn; ${count} more are left out. Choose some above to see them.`, chart: (name: string) => `${name} over time; the table below has the same.`,
    notInParts: (names: string) => `Not counted by parts of a day: ${names}.`, tooLong: 'Over time is told of at most 100 days. Choose a shorter period.',
    meanings: 'What the indicators mean', empty: 'Nothing to count yet', emptyHint: 'Figures come of calls and of what agents do. Choose another period, or make a first call.', noThings: 'There are none yet',
    noThingsHint: 'Create queues, agents or flows first; their figures stand here from the first call on.', settled: 'What agents did is counted every five minutes.', unit: { seconds: (name: string) => `${name} (s)`, percent: (name: string) => `${name} (%)` },
  },
  zh: {
    title: '统计', about: '技能队列、座席、流程及整个租户的运营指标。', aboutOwn: '您的工作指标。', subject: '统计对象', subjects: { queue: '技能队列', agent: '座席', tenant: '租户', flow: '流程' },
    things: '选择对象', all: '全部', indicators: '指标', period: '时间', periods: { today: '今天', yesterday: '昨天', week: '近 7 天', month: '本月', dates: '自定义' }, dates: '日期',
    parts: '粒度', partNames: { '15MIN': '15 分钟', '30MIN': '30 分钟', '60MIN': '小时', day: '天' }, usual: '常用指标',
    summary: '汇总', course: '趋势', drawn: '指标', exportCsv: '导出 CSV', name: '名称', time: '时间', id: '编号',
    delta: { more: (by: string) => `比上期增加 ${by}`, less: (by: string) => `比上期减少 ${by}` }, points: (by: string) => `${by} 个百分点`,
    compared: (from: string, to: string) => `小字为与 ${from} – ${to} 的对比。`, zone: (zone: string) => `日期和时间按 ${zone} 时区。`,
    others: (count: string) => `图中为最大的几项，另有 ${count} 项未显示，可在上方选择。`, chart: (name: string) => `${name}趋势，数据见下表。`,
    notInParts: (names: string) => `以下指标不按时段统计：${names}。`, tooLong: '趋势最多显示 100 天，请缩短时间范围。',
    meanings: '指标说明', empty: '暂无数据', emptyHint: '指标来自通话和座席的操作，请更换时间范围或先拨打一通电话。', noThings: '暂无对象',
    noThingsHint: '请先创建技能队列、座席或流程，第一通电话后即可在此查看指标。', settled: '座席操作类指标每五分钟统计一次。', unit: { seconds: (name: string) => `${name}（秒）`, percent: (name: string) => `${name}（%）` },
  },
});
