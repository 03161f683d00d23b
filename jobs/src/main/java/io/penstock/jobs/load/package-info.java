/**
 * Says to databases how to load an export: scripts to print, which are run elsewhere.
 *
 * <p>Knows what is published of an export; knows neither the command line nor how an export came
 * about. What a database's options mean is taken from its manual, which each class names.
 */
package io.penstock.jobs.load;
