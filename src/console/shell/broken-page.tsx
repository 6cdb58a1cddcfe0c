import { Button, Flex, Result } from 'antd'
import { useEffect } from 'react'
import { unreachableEveryMs } from './connection.ts'
import { texts } from './frame-texts.ts'
import { useTexts } from './language.tsx'

/** The content of a page after a rendering error; `again` renders the page again. */
export function BrokenPage({ error, again }: { readonly error: unknown; readonly again: () => void }) {
  const words = useTexts(texts)
  const message = error instanceof Error ? error.message : String(error)
  // The server is unreachable, or an update has replaced the files of the open page.
  const isNotLoaded = /dynamically imported|importing a module|preload/i.test(message)
  useEffect(() => {
    if (!isNotLoaded) return
    const retry = setTimeout(again, unreachableEveryMs)
    return () => clearTimeout(retry)
  }, [isNotLoaded, again])
  return (
    <Result
      status="error"
      title={isNotLoaded ? words.notLoaded : words.broken}
      subTitle={isNotLoaded ? words.notLoadedWhy : message}
      extra={
        <Flex gap={8} justify="center">
          <Button type="primary" onClick={again}>
            {words.again}
          </Button>
          <Button onClick={() => location.reload()}>{words.reload}</Button>
        </Flex>
      }
    />
  )
}
