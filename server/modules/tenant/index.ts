export { createTenants, type NewTenant, type Tenant, type Tenants } from './store.ts';
