/**
 * Decides whether a step gives the same rows each time, and determines the order where SQL leaves
 * it open.
 */
package io.penstock.spark.repeatability;
