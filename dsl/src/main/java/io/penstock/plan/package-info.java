/**
 * The logical plan: nodes, problems, structural checks and the one printable form.
 *
 * <p>A plan is a value. It knows the {@link io.penstock.spec values} it is made of, and neither the
 * fluent surface that builds it nor any engine that runs it.
 */
package io.penstock.plan;
