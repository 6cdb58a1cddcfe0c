import {
  ApiOutlined,
  AppstoreOutlined,
  DashboardOutlined,
  HistoryOutlined,
  SafetyOutlined,
  UploadOutlined,
} from '@ant-design/icons'
import { type ComponentType, type LazyExoticComponent, lazy, type ReactNode } from 'react'

/** The console's pages, in the order of its menu. */
export const pageNames = ['overview', 'products', 'import', 'explorer', 'batches', 'access'] as const
export type PageName = (typeof pageNames)[number]

export interface ConsolePage {
  readonly icon: ReactNode
  /** Loaded when it is first seen. A page has the paths below its own to itself (wouter's nested routes). */
  readonly Page: LazyExoticComponent<ComponentType>
  /** Loads it anew when it is next seen, after it could not be loaded. */
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
  import: page(<UploadOutlined />, () => import('../import/index.tsx')),
  explorer: page(<ApiOutlined />, () => import('../explorer/index.tsx')),
  batches: page(<HistoryOutlined />, () => import('../batches/index.tsx')),
  access: page(<SafetyOutlined />, () => import('../access/index.tsx')),
}
