package io.penstock.dsl;

import java.util.OptionalLong;

/** How many rows are expected; made by {@code atLeast}, {@code atMost} and {@code between}. */
public record RowBounds(OptionalLong atLeast, OptionalLong atMost) {}
