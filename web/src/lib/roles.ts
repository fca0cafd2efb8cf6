/** Who speaks, by the role of a token or a turn. */
export const ROLES = { system: "System", user: "You", assistant: "Model", text: "Text" } as const;
