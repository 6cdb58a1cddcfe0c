import { Card, Flex, Tabs } from 'antd'
import { useLocation } from 'wouter'
import { useTexts } from '../shell/language.tsx'
import { useSession } from '../shell/session.tsx'
import { Keys } from './keys.tsx'
import { Quotas } from './quotas.tsx'
import { RamUser } from './ram-user.tsx'
import { texts } from './texts.ts'
import { Users } from './users.tsx'

/** Permissions and quotas: /users, /keys and /quotas; for a RAM user, their own permissions. */
export function Page() {
  const words = useTexts(texts)
  const { identity, may } = useSession()
  const [location, go] = useLocation()
  if (identity.IdentityType === 'RAMUser')
    return (
      <Flex vertical gap={16}>
        <RamUser />
        {may('ListQuotas') && (
          <Card size="small" title={words.quotas}>
            <Quotas />
          </Card>
        )}
      </Flex>
    )
  const rooms = [
    { key: 'users', label: words.users, children: <Users /> },
    { key: 'keys', label: words.keys, children: <Keys /> },
    { key: 'quotas', label: words.quotas, children: <Quotas /> },
  ]
  return (
    <Tabs
      aria-label={words.tabs}
      activeKey={rooms.find(({ key }) => location === `/${key}`)?.key ?? 'users'}
      onChange={(key) => go(`/${key}`)}
      destroyOnHidden
      items={rooms}
    />
  )
}
