import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Picture } from "../wire.ts";
import { CloseIcon, EnlargeIcon } from "./icons.tsx";
import { useSurroundings } from "./context.ts";

/** Height by width from which a picture is scrolled; whole in the window, its words are too small. */
const TALL = 1.2;

/** Returns the address of a picture, or null when it is not on the bot's own server. */
export function addressOf(picture: Picture, server: URL): string | null {
  if (!URL.canParse(picture.url, server.href)) return null;
  const url = new URL(picture.url, server);
  return url.origin === server.origin ? url.href : null;
}

/** A picture under an answer; a click enlarges it. Its text stands in for one that fails. */
export function Thumbnail({ picture }: { picture: Picture }) {
  const { server, texts, enlarge } = useSurroundings();
  const [broken, setBroken] = useState(false);
  const address = addressOf(picture, server);
  if (address === null || broken) return picture.alt ? <p class="missing">{picture.alt}</p> : null;
  return (
    <button
      type="button"
      class="thumbnail"
      aria-label={texts.enlarge(picture.alt)}
      onClick={() => {
        enlarge(picture);
      }}
    >
      <img
        src={address}
        alt={picture.alt}
        loading="lazy"
        decoding="async"
        onError={() => {
          setBroken(true);
        }}
      />
      <span class="badge-icon">
        <EnlargeIcon />
      </span>
    </button>
  );
}

/** The enlarged picture over the page; Esc, its button or a click on it closes it. */
export function Enlarged({ picture, onClose }: { picture: Picture; onClose: () => void }) {
  const { server, texts } = useSurroundings();
  const dialog = useRef<HTMLDialogElement>(null);
  const [tall, setTall] = useState(false);
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={tall ? "enlarged tall" : "enlarged"}
      aria-label={picture.alt}
      onClick={onClose}
      onClose={onClose}
      onKeyDown={(event) => {
        // Esc closes the picture, not the panel behind it.
        event.stopPropagation();
      }}
    >
      <button type="button" class="icon-button" aria-label={texts.close}>
        <CloseIcon />
      </button>
      <img
        src={addressOf(picture, server) ?? ""}
        alt={picture.alt}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
          setTall(naturalHeight > TALL * naturalWidth);
        }}
      />
    </dialog>
  );
}
