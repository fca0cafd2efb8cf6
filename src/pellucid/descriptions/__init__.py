"""What features respond to, in sentences that are tested: explainers, simulators, scores."""
