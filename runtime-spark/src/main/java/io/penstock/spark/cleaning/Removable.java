package io.penstock.spark.cleaning;

import io.penstock.engine.Leftover;

/** A leftover and its removal. */
record Removable(Leftover leftover, Runnable removal) {}
