import { html, type TemplateResult } from 'lit';
import '../create/create-view.ts';
import type { IconName } from '../components/icon.ts';

/** A view of the studio: where it is, and its code, which is fetched when it is first needed. */
export interface View {
  path: string;
  label: string;
  title: string;
  icon: IconName;
  /** Only administrators see it. */
  admin?: boolean;
  load: () => Promise<unknown>;
  render: () => TemplateResult;
}

export const VIEWS: View[] = [
  {
    path: '/',
    label: 'Create',
    title: 'Create · OurVidz',
    icon: 'spark',
    load: () => Promise.resolve(),
    render: () => html`<ov-create></ov-create>`,
  },
  {
    path: '/library',
    label: 'Library',
    title: 'Library · OurVidz',
    icon: 'library',
    load: () => import('../library/library-view.ts'),
    render: () => html`<ov-library></ov-library>`,
  },
  {
    path: '/account',
    label: 'Account',
    title: 'Account · OurVidz',
    icon: 'account',
    load: () => import('../account/account-view.ts'),
    render: () => html`<ov-account></ov-account>`,
  },
  {
    path: '/admin',
    label: 'Admin',
    title: 'Admin · OurVidz',
    icon: 'admin',
    admin: true,
    load: () => import('../admin/admin-view.ts'),
    render: () => html`<ov-admin></ov-admin>`,
  },
];

/** The view of an address; addresses below a view's are the view's own. */
export function viewOf(path: string): View {
  const found = VIEWS.find((view) => view.path !== '/' && (path === view.path || path.startsWith(view.path + '/')));
  return found ?? (VIEWS[0] as View);
}
