import { Button, Result } from 'antd'
import { Component, type ReactNode } from 'react'
import { texts } from './frame-texts.ts'
import { useTexts } from './language.tsx'

/** Keeps a page's breakdown to the page: the frame around it goes on. */
export class Fence extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: undefined }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    return this.state.error === undefined ? this.props.children : <Broken error={this.state.error} />
  }
}

function Broken({ error }: { readonly error: unknown }) {
  const words = useTexts(texts)
  const message = error instanceof Error ? error.message : String(error)
  // After an update of the server the files of the page that is open are gone.
  const isOutdated = /dynamically imported|importing a module|preload/i.test(message)
  return (
    <Result
      status="error"
      title={words.broken}
      subTitle={isOutdated ? words.brokenNewer : message}
      extra={
        <Button type="primary" onClick={() => location.reload()}>
          {words.reload}
        </Button>
      }
    />
  )
}
