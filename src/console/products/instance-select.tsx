import { Input, Select, Typography } from 'antd'
import { useAsk } from '../shell/asking.ts'
import { useTexts } from '../shell/language.tsx'
import { Problem } from '../shell/problem.tsx'
import { useSession } from '../shell/session.tsx'
import { texts } from './texts.ts'

interface Instance {
  /** Empty for the public instance. */
  readonly IotInstanceId: string
  readonly InstanceName: string
}

/** The instances of the account, as far as the key may ask for them. */
export function useInstances() {
  const { may } = useSession()
  const asked = useAsk('ListInstances', {}, { enabled: may('ListInstances') })
  return { ...asked, instances: asked.data?.Data.Instance as readonly Instance[] | undefined }
}

/** Chooses an instance; a key that may not list them is asked for the ID. */
export function InstanceSelect({
  value,
  onChoose,
}: {
  readonly value: string
  readonly onChoose: (instance: string) => void
}) {
  const words = useTexts(texts)
  const { may } = useSession()
  const { instances, error, refetch } = useInstances()
  if (!may('ListInstances'))
    return (
      <Input.Search
        key={value}
        defaultValue={value}
        onSearch={(text) => onChoose(text.trim())}
        placeholder={words.instanceIdHint}
        aria-label={words.instanceIdHint}
        className="mono"
        style={{ maxWidth: 320 }}
      />
    )
  if (error !== null) return <Problem error={error} retry={refetch} />
  return (
    <Select
      aria-label={words.instance}
      value={instances === undefined ? null : value}
      loading={instances === undefined}
      onChange={onChoose}
      style={{ minWidth: 220, maxWidth: '100%' }}
      popupMatchSelectWidth={false}
      options={(instances ?? []).map(({ IotInstanceId, InstanceName }) => ({
        value: IotInstanceId,
        label:
          IotInstanceId === '' ? (
            words.publicInstance
          ) : (
            <>
              {InstanceName !== '' && InstanceName !== IotInstanceId && `${InstanceName} `}
              <Typography.Text className="mono" type="secondary">
                {IotInstanceId}
              </Typography.Text>
            </>
          ),
      }))}
    />
  )
}
