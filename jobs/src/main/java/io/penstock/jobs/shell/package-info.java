/**
 * A session in jshell: the commands with which a person looks at rows and tries pipelines out. They
 * do what those of the command line do, on the objects that jobs are made of.
 */
package io.penstock.jobs.shell;
