"""Words every room shares: ids, records, interventions, errors and settings. No torch, no I/O."""
