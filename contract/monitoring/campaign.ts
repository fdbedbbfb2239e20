import { operation } from '../operation.ts';
import { integer, list, object, optional, text, word } from '../schema.ts';
import { monitoring } from './family.ts';
import { inVdn, OPENAPI, scopeErrors, single } from './parts.ts';

/* 12.3.5: campaigns, as those see them who monitor. */

const MAX_PAGE = 100;

const common = { family: monitoring, tag: 'Campaigns', envelope: single, method: 'POST', auth: 'C2', unserved: true, errors: [scopeErrors.foreignVdn, scopeErrors.wrongParameter] } as const;
const notYet = 'Not served yet, as there are no campaigns: they are built with the system outbound calls (chapter 11).';

const taskId = word('Id of the task.', { max: 30 });
const share = (of: string) => text(`Share of them ${of}, in per cent, such as 50.5%.`);

export const cmsIsalesQueryTasks = operation({
  ...common, id: 'cmsIsalesQueryTasks', section: '12.3.5.1', path: `${OPENAPI}/fromisales/querytasks`,
  summary: 'List the outbound tasks of a tenant',
  description: notYet,
  request: {
    body: object({
      ...inVdn,
      limit: optional(integer('How many at most; 10 unless told.', { min: 1, max: MAX_PAGE })),
      offset: optional(integer('How many to pass over; none unless told.', { min: 0 })),
    }),
  },
  result: object({
    count: integer('How many there are.', { min: 0 }),
    tasks: list(object({
      taskId: text('Id of the task.'),
      taskName: text('Its name.'),
      taskType: text('How it calls: 1 by flows, 2 predictive, 3 automatic, 4 by agents, 5 after a preview.'),
      beginDate: text('First day, as yyyy-MM-dd.'),
      endDate: text('Last day.'),
      status: text('2 under way, 3 paused, 4 done.'),
    }), 'The tasks.', { max: MAX_PAGE }),
  }),
  examples: [{
    request: { ccld: '89', vdn: 92, limit: 10, offset: 0 },
    response: {
      resultCode: '0100000',
      resultDesc: { count: 1, tasks: [{ beginDate: '2021-02-03', taskType: '4', endDate: '2021-02-04', taskName: 'Spring offer', taskId: '1088825198', status: '2' }] },
    },
  }],
});

export const cmsIsalesDailyStatistic = operation({
  ...common, id: 'cmsIsalesDailyStatistic', section: '12.3.5.2', path: `${OPENAPI}/fromisales/dailystatistic`,
  summary: 'Count what an outbound task did on each day',
  description: notYet,
  request: {
    body: object({
      ...inVdn, taskId,
      beginDayTime: text('First day, as yyyy-MM-dd, in the zone of the tenant.', { max: 10 }),
      endDayTime: text('Last day.', { max: 10 }),
    }),
  },
  result: list(object({
    statDate: text('The day.'),
    totalCount: integer('Calls.', { min: 0 }),
    succCount: integer('Those among them that were answered.', { min: 0 }),
    succRate: share('that were answered'),
  }), 'The days, in their order.'),
  examples: [{
    request: { vdn: 222, ccld: 89, taskId: '1176499974', beginDayTime: '2021-01-17', endDayTime: '2021-01-18' },
    response: {
      resultCode: '0100000',
      resultDesc: [{ statDate: '2021-01-17', totalCount: 200, succCount: 101, succRate: '50.5%' }, { statDate: '2021-01-18', totalCount: 320, succCount: 248, succRate: '77.5%' }],
    },
  }],
});

export const cmsIsalesRealStatistic = operation({
  ...common, id: 'cmsIsalesRealStatistic', section: '12.3.5.3', path: `${OPENAPI}/fromisales/realstatistic`,
  summary: 'Count what an outbound task did today',
  description: notYet,
  request: { body: object({ ...inVdn, taskId }) },
  result: object({
    totalCount: integer('Calls today.', { min: 0 }),
    succCount: integer('Those among them that were answered.', { min: 0 }),
    failCount: integer('Those that were not.', { min: 0 }),
    succRate: share('that were answered'),
    compCount: integer('Customers who are done with.', { min: 0 }),
    waitCount: integer('Customers who are still to be called.', { min: 0 }),
    execCount: integer('Customers who are being called.', { min: 0 }),
    compRate: text('Share of the customers who are done with, in per cent.'),
  }),
  examples: [{
    request: { ccld: '89', vdn: 92, taskId: '1122104910' },
    response: { resultCode: '0100000', resultDesc: { compCount: 4, failCount: 2, compRate: '100%', execCount: 0, succCount: 2, succRate: '50%', totalCount: 4, waitCount: 0 } },
  }],
});
