"""From a shipment to its licence."""
