import { Flex, Input, Select, Space, Typography } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { useMissingPermission } from '../shell/action-button.tsx'
import { useApiQuery } from '../shell/api-query.ts'
import { useClearButton } from '../shell/clear.tsx'
import { useTexts } from '../shell/language.tsx'
import { Problem } from '../shell/problem.tsx'
import { texts } from './devices-texts.ts'
import { actionOf, blank, type DeviceState, isOfInstance, type Search, stateNumbers, ways } from './search.ts'

interface Searching<S> {
  readonly search: S
  readonly onSearch: (search: S) => void
}
type Of<W> = Extract<Search, { readonly way: W }>

/** The pause in typing after which the search starts, in milliseconds. */
const pauseMs = 250

/** Selects a search mode and its value. */
export function SearchBar({
  instance,
  search,
  onSearch,
  onOpen,
}: Searching<Search> & {
  readonly instance: string
  /** Opens the device whose name the user typed as a whole. */
  readonly onOpen: (name: string) => void
}) {
  const words = useTexts(texts)
  const missingPermissionFor = useMissingPermission()
  return (
    <Flex vertical gap={4} flex="1 1 420px" style={{ maxWidth: 720 }}>
      <Space.Compact block>
        <Select
          aria-label={words.searchBy}
          value={search.way}
          onChange={(way) => onSearch(blank(way))}
          popupMatchSelectWidth={false}
          style={{ flex: 'none', minWidth: 140 }}
          options={ways.map((way) => {
            const missingPermission = missingPermissionFor(actionOf[way])
            return {
              value: way,
              label: words.ways[way],
              disabled: missingPermission !== undefined,
              ...(missingPermission !== undefined && { title: missingPermission }),
            }
          })}
        />
        <Sought instance={instance} search={search} onSearch={onSearch} onOpen={onOpen} />
      </Space.Compact>
      {isOfInstance(search.way) && (
        <Typography.Text type="secondary" style={{ fontSize: 13 }}>
          {words.ofInstance}
        </Typography.Text>
      )}
    </Flex>
  )
}

function Sought({
  instance,
  search,
  onSearch,
  onOpen,
}: Searching<Search> & {
  readonly instance: string
  readonly onOpen: (name: string) => void
}): ReactNode {
  switch (search.way) {
    case 'prefix':
      return <Prefix search={search} onSearch={onSearch} onOpen={onOpen} />
    case 'newest':
      return null
    case 'name':
    case 'iotId':
      return <Whole key={search.way} search={search} onSearch={onSearch} />
    case 'status':
      return <State search={search} onSearch={onSearch} />
    case 'tag':
      return <ByTag search={search} onSearch={onSearch} />
    case 'group':
      return <Group instance={instance} search={search} onSearch={onSearch} />
  }
}

/** Searches while the user types; Enter opens the device with exactly this name. */
function Prefix({
  search,
  onSearch,
  onOpen,
}: Searching<Of<'prefix'>> & { readonly onOpen: (name: string) => void }) {
  const words = useTexts(texts)
  const clear = useClearButton()
  const [typed, setTyped] = useState(search.prefix)
  const [sent, setSent] = useState(search.prefix)
  if (search.prefix !== sent) {
    // The address changed by itself.
    setSent(search.prefix)
    setTyped(search.prefix)
  }
  useEffect(() => {
    if (typed === sent) return
    const pause = setTimeout(() => {
      setSent(typed)
      onSearch({ way: 'prefix', prefix: typed })
    }, pauseMs)
    return () => clearTimeout(pause)
  }, [typed, sent, onSearch])
  return (
    <Input
      allowClear={clear}
      className="mono"
      autoCapitalize="off"
      spellCheck={false}
      value={typed}
      onChange={({ target }) => setTyped(target.value.trim())}
      onPressEnter={() => onOpen(typed)}
      placeholder={words.hints.prefix}
      aria-label={words.hints.prefix}
    />
  )
}

/** Searches for a complete value on submit. */
function Whole({ search, onSearch }: Searching<Of<'name'> | Of<'iotId'>>) {
  const words = useTexts(texts)
  const clear = useClearButton()
  return (
    <Input.Search
      allowClear={clear}
      className="mono"
      autoCapitalize="off"
      spellCheck={false}
      defaultValue={search.way === 'name' ? search.name : search.iotId}
      onSearch={(text) =>
        onSearch(
          search.way === 'name' ? { way: 'name', name: text.trim() } : { way: 'iotId', iotId: text.trim() },
        )
      }
      placeholder={words.hints[search.way]}
      aria-label={words.hints[search.way]}
    />
  )
}

function State({ search, onSearch }: Searching<Of<'status'>>) {
  const words = useTexts(texts)
  return (
    <Select
      aria-label={words.ways.status}
      value={search.status}
      onChange={(status) => onSearch({ way: 'status', status })}
      style={{ minWidth: 140 }}
      options={(Object.keys(stateNumbers) as DeviceState[]).map((value) => ({
        value,
        label: words.states[value],
      }))}
    />
  )
}

function ByTag({ search, onSearch }: Searching<Of<'tag'>>) {
  const words = useTexts(texts)
  const [key, setKey] = useState(search.key)
  const [value, setValue] = useState(search.value)
  const look = () => onSearch({ way: 'tag', key: key.trim(), value: value.trim() })
  return (
    <>
      <Input
        className="mono"
        autoCapitalize="off"
        value={key}
        onChange={({ target }) => setKey(target.value)}
        onPressEnter={look}
        placeholder={words.tagKey}
        aria-label={words.tagKey}
      />
      <Input.Search
        className="mono"
        autoCapitalize="off"
        value={value}
        onChange={({ target }) => setValue(target.value)}
        onSearch={look}
        placeholder={words.tagValue}
        aria-label={words.tagValue}
      />
    </>
  )
}

function Group({ instance, search, onSearch }: Searching<Of<'group'>> & { readonly instance: string }) {
  const words = useTexts(texts)
  const missingPermission = useMissingPermission()('QueryDeviceGroupList')
  const [typed, setTyped] = useState('')
  // Only the first page; beyond it, the user enters the whole name.
  const first = { IotInstanceId: instance, CurrentPage: 1, PageSize: 200 }
  const groups = useApiQuery('QueryDeviceGroupList', first, { enabled: missingPermission === undefined })
  const isMore = groups.data !== undefined && groups.data.Total > first.PageSize
  const named = useApiQuery(
    'QueryDeviceGroupList',
    { ...first, GroupName: typed },
    { enabled: isMore && typed !== '' },
  )
  if (missingPermission !== undefined)
    return (
      <Input.Search
        className="mono"
        defaultValue={search.groupId}
        onSearch={(groupId) => onSearch({ way: 'group', groupId: groupId.trim() })}
        placeholder="GroupId"
        aria-label="GroupId"
      />
    )
  if (groups.error !== null) return <Problem error={groups.error} retry={groups.refetch} />
  const listed = [...(groups.data?.Data.GroupInfo ?? []), ...(named.data?.Data.GroupInfo ?? [])]
  const unique = new Map(listed.map((group) => [group.GroupId, group]))
  return (
    <Select
      showSearch={{ optionFilterProp: 'label', onSearch: setTyped }}
      aria-label={words.group}
      placeholder={words.group}
      loading={groups.isPending}
      value={search.groupId || undefined}
      onChange={(groupId) => onSearch({ way: 'group', groupId: groupId ?? '' })}
      style={{ minWidth: 200, flex: 1 }}
      options={[...unique.values()].map(({ GroupId, GroupName }) => ({ value: GroupId, label: GroupName }))}
    />
  )
}
