package io.sluice.bus;

/// A place in a numbered topic.
///
/// @param epoch names one unbroken numbering; another epoch means that numbers cannot be compared
/// @param offset number of a message, from 1; 0 is before the first
public record Position(String epoch, long offset) {}
