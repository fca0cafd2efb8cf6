/** A feature's id taken apart: `mlp.12.3047.pos`. */
export interface FeatureId {
  id: string;
  source: string;
  layer: number;
  index: number;
  sign: "pos" | "neg";
}

const PATTERN = /^([a-z0-9_-]+)\.(0|[1-9]\d*)\.(0|[1-9]\d*)\.(pos|neg)$/;

/** Strict, as the server is: null for anything that is no id. */
export function parseFeature(id: string): FeatureId | null {
  const match = PATTERN.exec(id);
  if (!match) return null;
  const [, source = "", layer, index, sign] = match;
  return { id, source, layer: Number(layer), index: Number(index), sign: sign === "neg" ? "neg" : "pos" };
}

/** A feature where it stands in a list: `mlp.12.3047.pos@14`, or alone. */
export function parseSite(site: string): { id: string; pos: number | null } {
  const [id = "", at] = site.split("@");
  return { id, pos: at !== undefined && /^\d{1,9}$/.test(at) ? Number(at) : null };
}

/** In words: `Neuron 3047 of layer 12, above 0`. */
export function featureInWords({ source, layer, index, sign }: FeatureId): string {
  if (source !== "mlp") return `Latent ${index} of ${source}, layer ${layer}`;
  return `Neuron ${index} of layer ${layer}, ${sign === "pos" ? "above" : "below"} 0`;
}
