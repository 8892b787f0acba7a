"""Compare chips, and check a chip against export thresholds, exactly and with sources."""
