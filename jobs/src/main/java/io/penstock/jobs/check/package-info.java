/**
 * All jobs of a class path compiled together, before anything runs: what is wrong with each, who
 * reads what it writes, and what is new about which nobody has decided.
 */
package io.penstock.jobs.check;
