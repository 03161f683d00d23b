/**
 * Says to databases how to load an export: scripts to print, which are run elsewhere.
 *
 * <p>Knows what is published of an export and which job writes it, and in its errors the options of
 * the command line; knows neither the lake nor the engine. What a database's options mean is taken
 * from its manual, which each class names.
 */
package io.penstock.jobs.load;
