"""What the messaging channels share: settings, limits, order, delivery, self-checks."""
