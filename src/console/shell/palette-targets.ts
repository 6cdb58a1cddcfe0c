import { useApiQuery } from './api-query.ts'
import { operations } from './connection.ts'
import { texts } from './frame-texts.ts'
import { useInstances } from './instances.tsx'
import { useLanguage, useTexts } from './language.tsx'
import { pageNames } from './pages.tsx'
import { linkTo } from './paths.ts'
import { useSession } from './session.tsx'

/** A place that the palette goes to. */
export interface Target {
  readonly kind: 'page' | 'product' | 'device' | 'batch' | 'call' | 'operation'
  readonly label: string
  readonly detail?: string | undefined
  /** A path of the console that begins with ~. */
  readonly to: string
}

/** The most targets of each kind. */
const eachMax = 6

/** The newest products of an instance that the palette searches: the maximum PageSize of QueryProductList. */
const productsMax = 200

const requestId = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i
const applyId = /^[1-9]\d{0,15}$/
/** A name or an IotId: shorter texts would find too many devices. */
const deviceTyped = /^\S{2,64}$/

const has = (text: string, sought: string) => text.toLowerCase().includes(sought.toLowerCase())

/** The targets that fit what a user typed: pages at once, devices of the last product and by IotId once they answer. */
export function useTargets(sought: string): {
  readonly targets: readonly Target[]
  readonly isLoading: boolean
} {
  const { pages } = useTexts(texts)
  const { language } = useLanguage()
  const { may } = useSession()
  const { instances = [] } = useInstances()
  const isTyped = sought !== ''
  const instance = instanceShown() ?? instances[0]?.IotInstanceId ?? ''
  const products = useApiQuery(
    'QueryProductList',
    { IotInstanceId: instance, CurrentPage: 1, PageSize: productsMax },
    { enabled: may('QueryProductList') },
  )
  const listed = products.data?.Data?.List?.ProductInfo ?? []
  const productKey = productShown() ?? (listed.length === 1 ? listed[0]!.ProductKey : undefined)
  const isDevice = isTyped && deviceTyped.test(sought)
  const named = useApiQuery(
    'ListDevices',
    { IotInstanceId: instance, ProductKey: productKey, NamePrefix: sought, MaxResults: eachMax },
    { enabled: isDevice && productKey !== undefined && may('ListDevices') },
  )
  const byId = useApiQuery(
    'QueryDeviceDetail',
    { IotInstanceId: instance, IotId: sought },
    { enabled: isDevice && sought.length >= 20 && may('QueryDeviceDetail') },
  )
  const device = (
    found: { readonly DeviceName: string; readonly Nickname: string; readonly IotId: string },
    key: string,
  ): Target => ({
    kind: 'device',
    label: found.DeviceName,
    detail: found.Nickname || found.IotId,
    to: `${linkTo.product(instance, key)}/${encodeURIComponent(found.DeviceName)}`,
  })
  const targets = [
    ...(requestId.test(sought)
      ? [{ kind: 'call' as const, label: sought, to: `~/overview?call=${encodeURIComponent(sought)}` }]
      : []),
    ...(applyId.test(sought)
      ? [{ kind: 'batch' as const, label: `ApplyId ${sought}`, to: linkTo.batch(instance, sought) }]
      : []),
    ...pageNames
      .filter((name) => has(pages[name], sought))
      .map((name) => ({ kind: 'page' as const, label: pages[name], to: `~/${name}` })),
    ...listed
      .filter(
        ({ ProductName, ProductKey }) => isTyped && (has(ProductName, sought) || has(ProductKey, sought)),
      )
      .slice(0, eachMax)
      .map((product) => ({
        kind: 'product' as const,
        label: product.ProductName,
        detail: product.ProductKey,
        to: linkTo.product(instance, product.ProductKey),
      })),
    ...(isDevice ? (named.data?.Data.Device ?? []).map((found) => device(found, productKey!)) : []),
    ...(isDevice && byId.data !== undefined ? [device(byId.data.Data, byId.data.Data.ProductKey)] : []),
    ...operations
      .filter(({ name }) => isTyped && has(name, sought))
      .slice(0, eachMax)
      .map(({ name, summary, summaryZh }) => ({
        kind: 'operation' as const,
        label: name,
        detail: language === 'zh' ? summaryZh : summary,
        to: `~/explorer/${name}`,
      })),
  ]
  return { targets, isLoading: isTyped && (named.isFetching || byId.isFetching || products.isLoading) }
}

const shown = () => /^#\/(?:products|import)\/([^/?]+)(?:\/([^/?]+))?/.exec(location.hash)

/** The instance that the page under the palette shows. */
const instanceShown = () => {
  const piece = shown()?.[1]
  return piece === undefined ? undefined : piece === '-' ? '' : decodeURIComponent(piece)
}

/** The product that the page under the palette shows. */
const productShown = () => {
  const piece = shown()?.[2]
  return piece === undefined ? undefined : decodeURIComponent(piece)
}
