//! The behaviour of the program, one module a feature.
