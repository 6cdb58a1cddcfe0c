import { Button, Flex, Result } from 'antd'
import { Component, type ReactNode, useEffect } from 'react'
import { unreachableEveryMs } from './connection.ts'
import { texts } from './frame-texts.ts'
import { useTexts } from './language.tsx'

/** Keeps a page's breakdown to the page: the frame around it goes on. */
export class Fence extends Component<
  { readonly children: ReactNode; readonly onBroken: () => void; readonly again: () => void },
  { readonly error: unknown }
> {
  override state: { readonly error: unknown } = { error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override componentDidCatch() {
    this.props.onBroken()
  }

  override render() {
    const { children, again } = this.props
    return this.state.error === undefined ? children : <Broken error={this.state.error} again={again} />
  }
}

function Broken({ error, again }: { readonly error: unknown; readonly again: () => void }) {
  const words = useTexts(texts)
  const message = error instanceof Error ? error.message : String(error)
  // The server is away, or, after an update, the files of the page that is open are gone.
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
