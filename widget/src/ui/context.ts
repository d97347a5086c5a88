import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Conversation } from "../conversation.ts";
import type { Picture } from "../wire.ts";
import type { Texts } from "../texts.ts";

/** What every part of the interface may need. */
export interface Surroundings {
  readonly conversation: Conversation;
  readonly server: URL;
  readonly texts: Texts;
  readonly title: string;
  readonly enlarge: (picture: Picture) => void;
}

export const Context = createContext<Surroundings | null>(null);

/** Returns the surroundings of a component inside the widget. */
export function useSurroundings(): Surroundings {
  const found = useContext(Context);
  if (found === null) throw new Error("used outside of the widget");
  return found;
}
