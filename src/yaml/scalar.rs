//! How a string is written so that every YAML reader reads the same string.
