/**
 * All jobs of a class path compiled together, before anything runs: what is wrong with each, which
 * jobs read what it writes, and which doubts are new.
 */
package io.penstock.jobs.check;
