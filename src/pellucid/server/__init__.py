"""The workspace over HTTP: routes, schemas, and what guards them. No numerics."""
