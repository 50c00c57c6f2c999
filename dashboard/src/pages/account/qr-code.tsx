import { encode } from "uqr";

/** Dark on white also where the page is dark: cameras read nothing else reliably. */
export default function QrCode({ text, sizePx }: { text: string; sizePx: number }) {
  const { data, size } = encode(text, { border: 2 });
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return (
    <svg viewBox={`0 0 ${size} ${size}`} width={sizePx} height={sizePx} role="img" aria-label="QR">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
