/** Parts of Spark's plans that are neither Spark's nor the engine's: a user's own, in tests. */
package io.penstock.foreign;
