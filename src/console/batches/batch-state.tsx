import { Tag } from 'antd'
import { useTexts } from '../shell/language.tsx'
import { texts } from './texts.ts'

/** Whether the devices of a batch were registered. */
export function BatchState({ registered }: { readonly registered: boolean }) {
  const words = useTexts(texts)
  return (
    <Tag color={registered ? 'green' : 'gold'}>{registered ? words.registered : words.notRegistered}</Tag>
  )
}
