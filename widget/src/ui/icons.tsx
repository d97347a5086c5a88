import type { ComponentChildren } from "preact";

function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon">
      {children}
    </svg>
  );
}

export const ChatIcon = () => (
  <Icon>
    <path d="M20 4H4a1.5 1.5 0 0 0-1.5 1.5v10A1.5 1.5 0 0 0 4 17h3v3.5l4.5-3.5H20a1.5 1.5 0 0 0 1.5-1.5v-10A1.5 1.5 0 0 0 20 4Z" />
    <path d="M7.5 9h9M7.5 12.5h5.5" />
  </Icon>
);

export const DownIcon = () => (
  <Icon>
    <path d="m6 9.5 6 6 6-6" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon>
    <path d="m6.5 6.5 11 11m0-11-11 11" />
  </Icon>
);

export const RestartIcon = () => (
  <Icon>
    <path d="M19 12a7 7 0 1 1-2.2-5.1L19 9" />
    <path d="M19.2 4.2V9h-4.8" />
  </Icon>
);

export const AboutIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="8.2" />
    <path d="M12 11v5" />
    <path d="M12 7.8v.2" />
  </Icon>
);

export const SendIcon = () => (
  <Icon>
    <path d="M12 19V5.5m-6 6 6-6 6 6" />
  </Icon>
);

export const BackIcon = () => (
  <Icon>
    <path d="m14.5 6-6 6 6 6" />
  </Icon>
);

export const EnlargeIcon = () => (
  <Icon>
    <path d="M14.5 5H19v4.5M9.5 19H5v-4.5M19 5l-5.5 5.5M5 19l5.5-5.5" />
  </Icon>
);

export const AlertIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="8.2" />
    <path d="M12 7.8v5.2" />
    <path d="M12 16v.2" />
  </Icon>
);
