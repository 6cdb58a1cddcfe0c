const wide = /\p{Script=Han}|\p{Script_Extensions=Hiragana}|\p{Script_Extensions=Katakana}|\p{Script=Hangul}/u

/** The length that the documents count: Chinese, Japanese and Korean characters count as two. */
export const widthOf = (text: string) => [...text].reduce((sum, c) => sum + (wide.test(c) ? 2 : 1), 0)
