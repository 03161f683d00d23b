package io.penstock.plan;

/**
 * A step written against an engine's own API; the way out of the language. An engine brings its own
 * kind, and refuses those of another.
 */
public interface NativeTransform {}
