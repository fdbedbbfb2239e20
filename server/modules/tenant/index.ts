export { createTenantWithDefaults, type TenantCreation, type TenantDraft } from './create.ts';
export { tenantHandlers, type TenantDependencies } from './operations.ts';
export { createScope, type Scope, type Where } from './scope.ts';
export { createTenants, type GuidMode, type NewTenant, type Tenant, type Tenants } from './store.ts';
