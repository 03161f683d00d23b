/** What the samples' tests share: lakes, the program within the test, and comparisons. */
package io.penstock.samples.testing;
