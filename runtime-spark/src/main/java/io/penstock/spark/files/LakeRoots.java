package io.penstock.spark.files;

/**
 * Where runs read and where they write: the same lake, except for trial runs with a scratch lake.
 *
 * @param sources the root of every source
 * @param sinks the root of every table, export and record that is written
 */
public record LakeRoots(LakeRoot sources, LakeRoot sinks) {}
