const PATHS = {
  list: "M3 4.5h10M3 8h10M3 11.5h6",
  plus: "M8 3v10M3 8h10",
  close: "M4 4l8 8M12 4l-8 8",
  onwards: "M2.5 8h10M8.8 4.2 12.6 8l-3.8 3.8",
  edit: "M3 13l.6-2.7 7.3-7.3a1.5 1.5 0 0 1 2.1 2.1L5.7 12.4zM9.7 4.2l2.1 2.1",
  more: "M3.1 8a.4.4 0 1 0 .8 0a.4.4 0 1 0-.8 0M7.6 8a.4.4 0 1 0 .8 0a.4.4 0 1 0-.8 0M12.1 8a.4.4 0 1 0 .8 0a.4.4 0 1 0-.8 0",
  send: "M8 13V3.5M3.8 7.5 8 3.3l4.2 4.2",
  stop: "M4.5 4.5h7v7h-7z",
  again: "M12.8 6.2A5 5 0 1 0 13 9.4M13 3v3.4H9.6",
  system: "M2.5 3.5h11v7.5h-11zM6 13.5h4",
  light:
    "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8 1.2v1.4M8 13.4v1.4M1.2 8h1.4M13.4 8h1.4M3.2 3.2l1 1M11.8 11.8l1 1M12.8 3.2l-1 1M4.2 11.8l-1 1",
  dark: "M13 9.4A5.4 5.4 0 0 1 6.6 3 5.4 5.4 0 1 0 13 9.4z",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.4 10.4l3.3 3.3",
  link: "M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.3-2.3a2.6 2.6 0 0 0-3.7-3.7L8 4.3M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.2 9.1a2.6 2.6 0 0 0 3.7 3.7L8 11.7",
  undo: "M4 6.5h6a3.1 3.1 0 0 1 0 6.2H7M6.8 3.6 3.8 6.5l3 2.9",
  redo: "M12 6.5H6a3.1 3.1 0 0 0 0 6.2h3M9.2 3.6l3 2.9-3 2.9",
  raise: "M8 13V3.5M4.3 7.2 8 3.5l3.7 3.7",
  lower: "M8 3v9.5M4.3 8.8 8 12.5l3.7-3.7",
  down: "M3.5 6 8 10.5 12.5 6",
  left: "M10 3.5 5.5 8l4.5 4.5",
  right: "M6 3.5 10.5 8 6 12.5",
  tune: "M2.5 5h6M12 5h1.5M2.5 11H4M7.5 11h6M10.2 3.4v3.2M5.8 9.4v3.2",
} as const;

/** A line drawing; what it stands for is said by the control it is in. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg
      viewBox="0 0 16 16"
      className="size-4 shrink-0"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
