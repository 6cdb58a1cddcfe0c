import { Flex, Input, Select } from 'antd'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useApiQuery } from '../shell/api-query.ts'
import { InstanceSelect } from '../shell/instances.tsx'
import { useTexts } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { inInstance, type Kind, kinds } from './batch.ts'
import { applyIdIn, batchPath, listPath } from './paths.ts'
import { texts } from './texts.ts'

/** Filters of the batch list. */
export interface Filter {
  readonly kind: Kind | undefined
  readonly productKey: string | undefined
}

interface Option {
  readonly value: string
  readonly label: string
}

/** Filters the batch list, or opens a batch by ApplyId. */
export function Filters(props: {
  readonly instance: string
  readonly filter: Filter
  readonly choose: (filter: Filter) => void
}) {
  const { instance, filter, choose } = props
  const words = useTexts(texts)
  const [, go] = useLocation()
  return (
    <Flex wrap gap={12}>
      <InstanceSelect value={instance} onChoose={(chosen) => go(listPath(chosen))} />
      <ProductChoice
        instance={instance}
        value={filter.productKey}
        choose={(productKey) => choose({ ...filter, productKey })}
      />
      <Select<Kind | ''>
        aria-label={words.kind}
        value={filter.kind ?? ''}
        onChange={(kind) => choose({ ...filter, kind: kind || undefined })}
        style={{ minWidth: 140 }}
        options={[
          { value: '', label: words.anyKind },
          ...kinds.map((value) => ({ value, label: words.kinds[value] })),
        ]}
      />
      <OpenByApplyId instance={instance} />
    </Flex>
  )
}

/** Selects one of the instance's products, or any other by ProductKey. */
function ProductChoice(props: {
  readonly instance: string
  readonly value: string | undefined
  readonly choose: (productKey: string | undefined) => void
}) {
  const { instance, value, choose } = props
  const words = useTexts(texts)
  const { may } = useSession()
  const [typed, setTyped] = useState('')
  const { data } = useApiQuery(
    'QueryProductList',
    { ...inInstance(instance), CurrentPage: 1, PageSize: 200 },
    { enabled: may('QueryProductList') },
  )
  const listed: readonly { ProductKey: string; ProductName: string }[] = data?.Data.List.ProductInfo ?? []
  const options: Option[] = listed.map(({ ProductKey, ProductName }) => ({
    value: ProductKey,
    label: `${ProductName} ${ProductKey}`,
  }))
  // There may be more products than listed, or the key may not list any.
  const isListed = (text: string) =>
    options.some(({ label }) => label.toLowerCase().includes(text.toLowerCase()))
  for (const key of [value ?? '', typed.trim()])
    if (key !== '' && !isListed(key)) options.push({ value: key, label: key })
  return (
    <Select
      aria-label={words.product}
      value={value ?? ''}
      onChange={(key) => choose(key || undefined)}
      showSearch={{ optionFilterProp: 'label', onSearch: setTyped }}
      style={{ minWidth: 200, maxWidth: '100%' }}
      popupMatchSelectWidth={false}
      options={[{ value: '', label: words.anyProduct }, ...options]}
    />
  )
}

function OpenByApplyId({ instance }: { readonly instance: string }) {
  const words = useTexts(texts)
  const [, go] = useLocation()
  const [isWrong, setWrong] = useState(false)
  return (
    <div style={{ width: 220 }}>
      <Input.Search
        aria-label={words.openHint}
        placeholder={words.openHint}
        inputMode="numeric"
        status={isWrong ? 'error' : ''}
        onChange={() => setWrong(false)}
        onSearch={(text) => {
          const applyId = applyIdIn(text)
          if (applyId !== undefined) go(batchPath(instance, applyId))
          else setWrong(text.trim() !== '')
        }}
      />
      {isWrong && <div role="alert">{words.notAnApplyId}</div>}
    </div>
  )
}
