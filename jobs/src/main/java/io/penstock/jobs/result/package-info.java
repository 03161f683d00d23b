/**
 * How tasks ended, as the lines and files that schedulers read, without secrets.
 *
 * <p>The forms here are a contract: names and order of the fields are documented and tested.
 */
package io.penstock.jobs.result;
