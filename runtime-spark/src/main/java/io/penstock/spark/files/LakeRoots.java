package io.penstock.spark.files;

/**
 * Where runs read and where they write: one lake, unless they are tried out on a scratch lake.
 *
 * @param sources below which every source is found
 * @param sinks below which every table, export and record is written
 */
public record LakeRoots(LakeRoot sources, LakeRoot sinks) {}
