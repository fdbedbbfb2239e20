import {
  Activity, AudioLines, BookOpen, Building2, ChartColumn, Code, Ear, FileClock, Hash, Headset, House, KeyRound, Layers, ListChecks, type LucideIcon, MousePointerClick, Network, PhoneCall,
  ShieldCheck, Tags, UserCog, UserRoundCheck, Users, Waypoints, Workflow,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { isInTenant, type Session } from '../session/session.ts';
import { catalogue } from '../text/catalogue.ts';

/* Every place of the console: where it is, who sees it, and what is loaded for it, when it is first entered. */

export const placeTexts = catalogue({
  en: {
    sections: { work: 'Work', configure: 'Configure', installation: 'Installation', developer: 'Developers' },
    guide: 'Start here', desk: 'My desk', board: 'Live board', calls: 'Calls', recordings: 'Recordings', figures: 'Figures',
    queues: 'Queues', agents: 'Agents', users: 'Accounts', numbers: 'Numbers and routes', flows: 'Call flows', voice: 'Voice files', workplace: 'Reasons and rights', outcomes: 'Call outcomes', groups: 'Groups',
    keys: 'Keys', trust: 'Trusted addresses', widgets: 'Call buttons', audit: 'Audit log',
    tenants: 'Tenants', operators: 'Operators', trunks: 'Trunks', installationKeys: 'Keys of the installation', installationAudit: 'Audit of the installation',
    api: 'API reference', events: 'Event log', requests: 'Try a request',
  },
  zh: {
    sections: { work: '工作', configure: '配置', installation: '系统', developer: '开发者' },
    guide: '快速开始', desk: '我的座席', board: '实时看板', calls: '通话', recordings: '录音', figures: '统计',
    queues: '技能队列', agents: '座席', users: '账号', numbers: '号码与路由', flows: '呼叫流程', voice: '语音文件', workplace: '原因与权限', outcomes: '业务结果', groups: '班组',
    keys: '密钥', trust: '信任地址', widgets: '网页呼叫按钮', audit: '操作日志',
    tenants: '租户', operators: '系统管理员', trunks: '中继', installationKeys: '系统密钥', installationAudit: '系统操作日志',
    api: 'API 参考', events: '事件日志', requests: '请求示例',
  },
});

type Texts = (typeof placeTexts)['en'];
export type Section = keyof Texts['sections'];
type PlaceName = Exclude<keyof Texts, 'sections'>;

export interface Place {
  readonly path: string;
  readonly section: Section;
  readonly name: PlaceName;
  readonly icon: LucideIcon;
  /** Who sees it. */
  readonly isFor: (session: Session) => boolean;
  readonly load: () => Promise<ComponentType>;
}

const everybody = (): boolean => true;
const agents = ({ workNo }: Session): boolean => workNo !== null;
const may = (permission: string) => (session: Session): boolean => isInTenant(session) && session.permissions.includes(permission);
const readers = may('tenant.read');
const operators = ({ permissions }: Session): boolean => permissions.includes('installation');

export const PLACES: readonly Place[] = [
  { path: '/', section: 'work', name: 'guide', icon: House, isFor: everybody, load: async () => (await import('../guide/guide-page.tsx')).GuidePage },
  { path: '/desk', section: 'work', name: 'desk', icon: Headset, isFor: agents, load: async () => (await import('../desk/desk-page.tsx')).DeskPage },
  { path: '/board', section: 'work', name: 'board', icon: Activity, isFor: readers, load: async () => (await import('../board/board-page.tsx')).BoardPage },
  { path: '/calls/:callId?', section: 'work', name: 'calls', icon: PhoneCall, isFor: isInTenant, load: async () => (await import('../calls/calls-page.tsx')).CallsPage },
  { path: '/recordings', section: 'work', name: 'recordings', icon: AudioLines, isFor: isInTenant, load: async () => (await import('../recordings/recordings-page.tsx')).RecordingsPage },
  { path: '/figures', section: 'work', name: 'figures', icon: ChartColumn, isFor: isInTenant, load: async () => (await import('../figures/figures-page.tsx')).FiguresPage },

  { path: '/queues', section: 'configure', name: 'queues', icon: Layers, isFor: readers, load: async () => (await import('../administration/queues/queues-page.tsx')).QueuesPage },
  { path: '/agents', section: 'configure', name: 'agents', icon: Users, isFor: readers, load: async () => (await import('../administration/agents/agents-page.tsx')).AgentsPage },
  { path: '/users', section: 'configure', name: 'users', icon: UserCog, isFor: readers, load: async () => (await import('../administration/users/users-page.tsx')).UsersPage },
  { path: '/numbers', section: 'configure', name: 'numbers', icon: Hash, isFor: readers, load: async () => (await import('../administration/numbers/numbers-page.tsx')).NumbersPage },
  { path: '/flows/:id?', section: 'configure', name: 'flows', icon: Workflow, isFor: readers, load: async () => (await import('../flows/flows-page.tsx')).FlowsPage },
  { path: '/voice', section: 'configure', name: 'voice', icon: Ear, isFor: readers, load: async () => (await import('../administration/voice/voice-page.tsx')).VoicePage },
  { path: '/workplace', section: 'configure', name: 'workplace', icon: ListChecks, isFor: readers, load: async () => (await import('../administration/workplace/workplace-page.tsx')).WorkplacePage },
  { path: '/outcomes', section: 'configure', name: 'outcomes', icon: Tags, isFor: readers, load: async () => (await import('../administration/outcomes/outcomes-page.tsx')).OutcomesPage },
  { path: '/groups', section: 'configure', name: 'groups', icon: UserRoundCheck, isFor: readers, load: async () => (await import('../administration/groups/groups-page.tsx')).GroupsPage },
  { path: '/keys', section: 'configure', name: 'keys', icon: KeyRound, isFor: readers, load: async () => (await import('../administration/keys/keys-page.tsx')).KeysPage },
  { path: '/trust', section: 'configure', name: 'trust', icon: ShieldCheck, isFor: readers, load: async () => (await import('../administration/trust/trust-page.tsx')).TrustPage },
  { path: '/widgets', section: 'configure', name: 'widgets', icon: MousePointerClick, isFor: readers, load: async () => (await import('../administration/widgets/widgets-page.tsx')).WidgetsPage },
  { path: '/audit', section: 'configure', name: 'audit', icon: FileClock, isFor: readers, load: async () => (await import('../administration/audit/audit-page.tsx')).AuditPage },

  { path: '/tenants', section: 'installation', name: 'tenants', icon: Building2, isFor: operators, load: async () => (await import('../administration/tenants/tenants-page.tsx')).TenantsPage },
  { path: '/operators', section: 'installation', name: 'operators', icon: UserCog, isFor: operators, load: async () => (await import('../administration/operators/operators-page.tsx')).OperatorsPage },
  { path: '/trunks', section: 'installation', name: 'trunks', icon: Network, isFor: operators, load: async () => (await import('../administration/trunks/trunks-page.tsx')).TrunksPage },
  { path: '/installation-keys', section: 'installation', name: 'installationKeys', icon: KeyRound, isFor: operators, load: async () => (await import('../administration/keys/keys-page.tsx')).InstallationKeysPage },
  { path: '/installation-audit', section: 'installation', name: 'installationAudit', icon: FileClock, isFor: operators, load: async () => (await import('../administration/audit/audit-page.tsx')).InstallationAuditPage },

  { path: '/developer/events', section: 'developer', name: 'events', icon: Waypoints, isFor: agents, load: async () => (await import('../developer/events-page.tsx')).EventsPage },
  { path: '/developer/requests', section: 'developer', name: 'requests', icon: Code, isFor: may('tenant.write'), load: async () => (await import('../developer/requests-page.tsx')).RequestsPage },
  { path: '/developer/api', section: 'developer', name: 'api', icon: BookOpen, isFor: everybody, load: async () => (await import('../developer/api-page.tsx')).ApiPage },
];

export const SECTIONS: readonly Section[] = ['work', 'configure', 'installation', 'developer'];

/** The address of a place, without what stands for a thing in it. */
export const addressOf = ({ path }: Pick<Place, 'path'>): string => path.replace(/\/:.*$/, '') || '/';

