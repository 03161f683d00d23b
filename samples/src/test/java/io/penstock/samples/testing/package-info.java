/** Shared by the samples' tests: lakes, the program within the test, and comparisons. */
package io.penstock.samples.testing;
