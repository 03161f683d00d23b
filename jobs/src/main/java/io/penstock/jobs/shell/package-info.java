/**
 * A session in jshell: the verbs with which a person looks at rows and tries pipelines out. It does
 * what the commands do, on the objects that jobs are made of.
 */
package io.penstock.jobs.shell;
