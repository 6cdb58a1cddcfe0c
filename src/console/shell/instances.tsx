import { Input, Select, type SelectProps, Typography } from 'antd'
import type { AnswerOf } from '../../client/outcome.ts'
import { en } from '../texts/en/shell-instances.ts'
import { zh } from '../texts/zh/shell-instances.ts'
import { useApiQuery } from './api-query.ts'
import { type Texts, useTexts } from './language.tsx'
import { Problem } from './problem.tsx'
import { useSession } from './session.tsx'

/** Texts for instances. */
export const instanceTexts: Texts<typeof en> = { en, zh }

/** An instance in the answer of ListInstances. */
export type Instance = AnswerOf<'ListInstances'>['Data']['Instance'][number]

/**
 * Lists the account's instances, if the key may.
 * @param wanted false to skip the query
 */
export function useInstances(wanted = true) {
  const { may } = useSession()
  const query = useApiQuery('ListInstances', {}, { enabled: wanted && may('ListInstances') })
  return { ...query, instances: query.data?.Data.Instance }
}

/** An instance by name and ID. */
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

/** Selects an instance; a key that may not list instances enters the ID. Errors appear in place of the list. */
export function InstanceSelect({
  value,
  onChoose,
  ...look
}: {
  /** The ID; empty for the public instance, undefined while unknown. */
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
