/**
 * Writes the scripts by which databases load an export; they are printed, and run elsewhere.
 *
 * <p>Knows what is published of an export and which job writes it, and in its errors the options of
 * the command line; knows neither the lake nor the engine. What a database's options mean is taken
 * from its manual, which each class names.
 */
package io.penstock.jobs.load;
