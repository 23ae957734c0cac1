/**
 * Paths on a 16 × 16 grid for a 1.5 px stroke with round joins. One path per icon, as short as it can be: they are in every
 * page. Kinds of files differ by shape, not by colour.
 */
export const iconPaths = {
  activity: "M1.5 8h3l2-5.5 3 11 2-5.5h3",
  alert: "M8 2.5l6.5 11h-13zM8 6.5v3M8 11.6v.1",
  "arrow-down": "M8 3v10M4 9l4 4 4-4",
  "arrow-left": "M13 8H3M7 4L3 8l4 4",
  "arrow-up": "M8 13V3M4 7l4-4 4 4",
  bookmark: "M4 2h8v12L8 10.5 4 14z",
  camera: "M1.5 5H5l1.2-2h3.6L11 5h3.5v8h-13zM10.3 8.7a2.3 2.3 0 1 1-4.6 0 2.3 2.3 0 0 1 4.6 0",
  check: "M3 8.5L6.5 12l7-8",
  "chevron-down": "M4 6l4 4 4-4",
  "chevron-right": "M6 4l4 4-4 4",
  copy: "M6 6h7.5v7.5H6zM10 6V2.5H2.5V10H6",
  doctor: "M6 2.5h4V6h3.5v4H10v3.5H6V10H2.5V6H6z",
  download: "M8 2v8M5 7l3 3 3-3M2.5 11v3h11v-3",
  external: "M9.5 2.5h4v4M13.5 2.5l-6 6M11.5 9.5v4h-9v-9h4",
  file: "M9 2H3.5v12h9V5.5zM9 2v3.5h3.5",
  "file-archive": "M2 2.5h12v3H2zM3 5.5v8h10v-8M6.5 8.5h3",
  "file-audio":
    "M6 12V3.5L13.5 2v8.5M6 12a1.8 1.8 0 1 1-3.6 0A1.8 1.8 0 0 1 6 12M13.5 10.5a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0",
  "file-code": "M5 4.5L1.5 8 5 11.5M11 4.5L14.5 8 11 11.5M9.5 3l-3 10",
  "file-image": "M2 2.5h12v11H2zM2 11l4-3 5 5.5M10 11l1.5-1 2.5 2M10.5 6v.1",
  "file-text": "M9 2H3.5v12h9V5.5zM9 2v3.5h3.5M6 8.5h4M6 11h4",
  "file-video": "M2 3h12v10H2zM6.5 5.5v5L10.5 8z",
  folder: "M1.5 13V3H6l1.5 2h7v8z",
  globe: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0M2.5 8h11M8 2Q4 8 8 14 12 8 8 2",
  grid: "M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5h4v4h-4z",
  item: "M6 2.5H5Q3.5 2.5 3.5 4v2Q3.5 8 2 8q1.5 0 1.5 2v2q0 1.5 1.5 1.5h1M10 2.5h1q1.5 0 1.5 1.5v2q0 2 1.5 2-1.5 0-1.5 2v2q0 1.5-1.5 1.5h-1",
  key: "M8.5 10.5a3 3 0 1 1-6 0 3 3 0 0 1 6 0M7.6 8.4L13.5 2.5M11 5l2 2",
  link: "M6.5 9.5l3-3M7.5 4.5l1-1a2.8 2.8 0 0 1 4 4l-1 1M8.5 11.5l-1 1a2.8 2.8 0 0 1-4-4l1-1",
  list: "M6 4h8M6 8h8M6 12h8M2.5 4v.1M2.5 8v.1M2.5 12v.1",
  lock: "M3 7.5h10V14H3zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  more: "M3.5 8a.5.5 0 1 1-1 0 .5.5 0 0 1 1 0M8.5 8a.5.5 0 1 1-1 0 .5.5 0 0 1 1 0M13.5 8a.5.5 0 1 1-1 0 .5.5 0 0 1 1 0",
  offline:
    "M2 2l12 12M5 6.2Q3.5 6.7 2.5 7.5M6.7 10.5q1.3-.8 2.6 0M1 5q1-.8 2.3-1.5M7.2 3Q11.5 2.7 15 5M10 6.2q2 .3 3.5 1.3M8 13v.1",
  pause: "M5.5 3v10M10.5 3v10",
  play: "M4.5 3l8 5-8 5z",
  plus: "M8 3v10M3 8h10",
  question: "M14 8a6 6 0 1 1-12 0 6 6 0 0 1 12 0M6.2 6.4a1.8 1.8 0 1 1 2.7 1.6c-.6.3-.9.7-.9 1.3M8 11.3v.1",
  refresh: "M13 8a5 5 0 1 1-1.5-3.6M13 2v3.5H9.5",
  settings:
    "M2 5h6.5M12 5h2M2 11h2M7.5 11H14M12 5a1.8 1.8 0 1 1-3.6 0A1.8 1.8 0 0 1 12 5M7.6 11A1.8 1.8 0 1 1 4 11a1.8 1.8 0 0 1 3.6 0",
  "sign-out": "M6 2.5H2.5v11H6M6.5 8h7M10.5 5l3 3-3 3",
  "to-top": "M3 2.5h10M8 14V6M4.5 9.5L8 6l3.5 3.5",
  transfers: "M5 13V3M2 6l3-3 3 3M11 3v10M8 10l3 3 3-3",
  trash: "M2.5 4.5h11M6 4.5V2h4v2.5M4 4.5L4.5 14h7l.5-9.5M6.5 7.5v3.5M9.5 7.5v3.5",
  upload: "M8 10V2M5 5l3-3 3 3M2.5 11v3h11v-3",
  user: "M10.7 5a2.7 2.7 0 1 1-5.4 0 2.7 2.7 0 0 1 5.4 0M3 14q.5-4 5-4t5 4",
  x: "M4 4l8 8M12 4l-8 8",
} as const;

export type IconName = keyof typeof iconPaths;
