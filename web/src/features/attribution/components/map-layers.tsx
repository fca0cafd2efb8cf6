/** Numbers of some layers, as many as there is room for. */
export function MapLayers({ layers, height }: { layers: readonly number[]; height: number }) {
  const each = height / layers.length;
  const step = [1, 2, 5, 10, 20, 50].find((one) => one * each >= 15) ?? 100;
  return (
    <div aria-hidden="true" className="relative select-none text-mono text-muted" style={{ height }}>
      {layers.map(
        (layer, row) =>
          layer % step === 0 && (
            <span
              key={layer}
              className="absolute right-1.5 -translate-y-1/2 leading-none"
              style={{ top: (row + 0.5) * each }}
            >
              {layer}
            </span>
          ),
      )}
    </div>
  );
}
