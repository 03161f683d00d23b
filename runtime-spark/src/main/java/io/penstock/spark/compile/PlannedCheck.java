package io.penstock.spark.compile;

import io.penstock.plan.Node;
import io.penstock.plan.Write;
import io.penstock.spec.Expectation;
import java.util.Optional;

/**
 * An expectation and where it is checked.
 *
 * @param place the user's line, {@code expect (ChannelReport.java:35)}
 * @param rows the step whose rows are checked
 * @param written the sink of whose written files the rows are read again; empty when the rows of
 *     the step are checked before anything is written
 */
public record PlannedCheck(
    Expectation expectation, String place, Node rows, Optional<Write> written) {}
