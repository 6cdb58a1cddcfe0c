import { Input, Select, type SelectProps, Typography } from 'antd'
import { useApiQuery } from './api-query.ts'
import { type Texts, useTexts } from './language.tsx'
import { Problem } from './problem.tsx'
import { useSession } from './session.tsx'

/** What an instance is called. */
export const instanceTexts: Texts<{
  readonly instance: string
  readonly publicInstance: string
  readonly idHint: string
}> = {
  en: {
    instance: 'Instance',
    publicInstance: 'Public instance',
    idHint: 'Instance ID; empty for the public one',
  },
  zh: { instance: '实例', publicInstance: '公共实例', idHint: '实例 ID；公共实例留空' },
}

/** An instance as ListInstances tells it. */
export interface Instance {
  /** Empty for the public instance. */
  readonly IotInstanceId: string
  readonly InstanceName: string
  readonly InstanceType: string
  /** Milliseconds. */
  readonly GmtCreate: number
  readonly ProductCount: number
  readonly DeviceCount: number
}

/**
 * The instances of the account, as far as the key may ask for them.
 * @param wanted false asks nothing
 */
export function useInstances(wanted = true) {
  const { may } = useSession()
  const query = useApiQuery('ListInstances', {}, { enabled: wanted && may('ListInstances') })
  return { ...query, instances: query.data?.Data.Instance as readonly Instance[] | undefined }
}

/** An instance as people tell it from others. */
export function InstanceName({ id, name = '' }: { readonly id: string; readonly name?: string }) {
  const words = useTexts(instanceTexts)
  if (id === '') return words.publicInstance
  return (
    <>
      {name !== '' && name !== id && `${name} `}
      <Typography.Text className="mono" type="secondary">
        {id}
      </Typography.Text>
    </>
  )
}

/** Chooses an instance; a key that may not list them is asked for the ID. What goes wrong is told where they would be. */
export function InstanceSelect({
  value,
  onChoose,
  ...look
}: {
  /** Its ID; empty for the public one, undefined where it is not known yet. */
  readonly value: string | undefined
  readonly onChoose: (instance: string) => void
} & Pick<SelectProps, 'id' | 'size' | 'style'>) {
  const words = useTexts(instanceTexts)
  const { may } = useSession()
  const { instances, error, isLoading, refetch } = useInstances()
  if (!may('ListInstances'))
    return (
      <Input.Search
        id={look.id}
        key={value}
        defaultValue={value}
        onSearch={(text) => onChoose(text.trim())}
        placeholder={words.idHint}
        aria-label={words.idHint}
        className="mono"
        style={{ maxWidth: 320 }}
      />
    )
  const current = value === undefined ? [] : [{ IotInstanceId: value, InstanceName: '' }]
  const listed: readonly Pick<Instance, 'IotInstanceId' | 'InstanceName'>[] = instances ?? current
  return (
    <Select
      aria-label={words.instance}
      value={value ?? null}
      loading={isLoading}
      onChange={onChoose}
      style={{ minWidth: 220, maxWidth: '100%' }}
      popupMatchSelectWidth={false}
      popupRender={(list) =>
        instances === undefined && error !== null ? <Problem error={error} retry={refetch} /> : list
      }
      options={listed.map(({ IotInstanceId: value, InstanceName: name }) => ({
        value,
        label: <InstanceName id={value} name={name} />,
      }))}
      {...look}
    />
  )
}
