package io.penstock.spark.cleaning;

import io.penstock.engine.Leftover;

/** A leftover, and how to be rid of it. */
record Removable(Leftover leftover, Runnable removal) {}
