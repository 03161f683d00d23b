/**
 * Which jobs run for which units, in which order.
 *
 * <p>Knows pipelines and what lies in the lake; knows neither the command line nor how a run goes.
 */
package io.penstock.jobs.plan;
