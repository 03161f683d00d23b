/** Jobs as a user would write them, on the sample lake in {@code data/}. */
package io.penstock.samples;
