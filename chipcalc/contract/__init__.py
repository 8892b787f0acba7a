"""Results as versioned JSON and flat records."""
