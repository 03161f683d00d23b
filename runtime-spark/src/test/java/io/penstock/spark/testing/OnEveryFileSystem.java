package io.penstock.spark.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The tests of the class are the contract that publication has with a file system: they run
 * unchanged on each {@link LakeFileSystem}, which the constructor is given.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass
@EnumSource(LakeFileSystem.class)
public @interface OnEveryFileSystem {}
