package io.penstock.jobs;

import io.penstock.dsl.Pipeline;

/**
 * A pipeline that can be run as a task; found by {@link java.util.ServiceLoader}.
 *
 * <p>A class has a public constructor without parameters and is named in {@code
 * META-INF/services/io.penstock.jobs.Job}. Its pipeline's name is the job's name.
 */
public interface Job {
  /** What the job does: the same value at every call, made without any I/O. */
  Pipeline pipeline();
}
