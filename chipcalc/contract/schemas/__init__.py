"""The JSON Schema of each contract, one module beside the contract of the same name."""
