import { useEffect, useState } from "preact/hooks";
import type { Conversation } from "../conversation.ts";
import type { State } from "../state.ts";

/** Returns the state of a conversation, kept up to date. */
export function useConversation(conversation: Conversation): State {
  const [state, setState] = useState(conversation.state);
  useEffect(() => {
    const update = () => {
      setState(conversation.state);
    };
    update();
    return conversation.subscribe(update);
  }, [conversation]);
  return state;
}

/** Returns whether a media query holds, kept up to date. */
export function useMedia(query: string): boolean {
  const [holds, setHolds] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const update = () => {
      setHolds(media.matches);
    };
    update();
    media.addEventListener("change", update);
    return () => {
      media.removeEventListener("change", update);
    };
  }, [query]);
  return holds;
}

/** Returns the seconds that remain of a span that began when `key` last changed. */
export function useCountdown(seconds: number, key: unknown): number {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const end = Date.now() + seconds * 1000;
    setLeft(seconds);
    const timer = setInterval(() => {
      setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000)));
    }, 250);
    return () => {
      clearInterval(timer);
    };
  }, [seconds, key]);
  return left;
}
