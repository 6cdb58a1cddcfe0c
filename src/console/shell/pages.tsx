import {
  ApiOutlined,
  AppstoreOutlined,
  ClusterOutlined,
  DashboardOutlined,
  HistoryOutlined,
  SafetyOutlined,
  UploadOutlined,
} from '@ant-design/icons'
import { type ComponentType, type LazyExoticComponent, lazy, type ReactNode } from 'react'

/** The pages in menu order. */
export const pageNames = [
  'overview',
  'products',
  'groups',
  'import',
  'explorer',
  'batches',
  'access',
] as const
export type PageName = (typeof pageNames)[number]

export interface ConsolePage {
  readonly icon: ReactNode
  /** Loaded on first use. A page controls the paths below its own (wouter's nested routes). */
  readonly Page: LazyExoticComponent<ComponentType>
  /** Loads the page again on next use, after loading failed. */
  renew(): void
}

function page(icon: ReactNode, load: () => Promise<{ readonly Page: ComponentType }>): ConsolePage {
  const loaded = () => lazy(async () => ({ default: (await load()).Page }))
  let Page = loaded()
  return {
    icon,
    get Page() {
      return Page
    },
    renew() {
      Page = loaded()
    },
  }
}

export const pages: { readonly [P in PageName]: ConsolePage } = {
  overview: page(<DashboardOutlined />, () => import('../overview/index.tsx')),
  products: page(<AppstoreOutlined />, () => import('../products/index.tsx')),
  groups: page(<ClusterOutlined />, () => import('../groups/index.tsx')),
  import: page(<UploadOutlined />, () => import('../import/index.tsx')),
  explorer: page(<ApiOutlined />, () => import('../explorer/index.tsx')),
  batches: page(<HistoryOutlined />, () => import('../batches/index.tsx')),
  access: page(<SafetyOutlined />, () => import('../access/index.tsx')),
}
