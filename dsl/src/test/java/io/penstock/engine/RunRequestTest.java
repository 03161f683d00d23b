package io.penstock.engine;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.penstock.dsl.Pipeline;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.TypedValue;
import io.penstock.spec.UnitDate;
import io.penstock.spec.ValueType;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunRequestTest {
  private static final Partition DAY = Partition.daily("day");
  private static final Interval FIRST_OF_MARCH = DAY.unitOf(UnitDate.of("2026-03-01"));
  private static final Pipeline DAILY =
      Pipeline.named("daily").writes(read(delta("raw/x")).to(delta("mart/x").overwrite(DAY)));
  private static final Pipeline WHOLE =
      Pipeline.named("whole").writes(read(delta("raw/x")).to(delta("mart/x").overwrite()));

  @Test
  void aRunOfADatedPipelineIsForOneUnit() {
    assertThat(request(DAILY, Optional.of(FIRST_OF_MARCH)).unit()).contains(FIRST_OF_MARCH);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request(DAILY, Optional.empty()))
        .withMessageContaining(
            "Cannot run 'daily' without a unit: it replaces units of a partition, so give it one.");
  }

  @Test
  void anIntervalOffTheGridIsRefused() {
    Interval twoDays = new Interval(FIRST_OF_MARCH.from(), DAY.neighbour(FIRST_OF_MARCH, 1).to());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> request(DAILY, Optional.of(twoDays)))
        .withMessageContaining("it is not one unit of day(day). Run it unit by unit.");
  }

  @Test
  void aRunOfAPipelineWithoutPartitionHasNoUnit() {
    assertThat(request(WHOLE, Optional.empty()).unit()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request(WHOLE, Optional.of(FIRST_OF_MARCH)))
        .withMessageContaining("Cannot run 'whole' for [2026-03-01T00:00:00Z,")
        .withMessageContaining("it has no partition, so give it no unit.");
  }

  @Test
  void aRunHasAnId() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RunRequest(WHOLE, Optional.empty(), Map.of(), " ", Instant.EPOCH))
        .withMessage("Cannot use a blank text as a run's id.");
  }

  @Test
  void theArgumentsAreCopied() {
    Map<String, TypedValue> arguments = new HashMap<>();
    RunRequest request = new RunRequest(WHOLE, Optional.empty(), arguments, "run", Instant.EPOCH);
    arguments.put("n", new TypedValue(ValueType.INTEGER, 1));

    assertThat(request.arguments()).isEmpty();
  }

  private static RunRequest request(Pipeline pipeline, Optional<Interval> unit) {
    return new RunRequest(pipeline, unit, Map.of(), "run", Instant.EPOCH);
  }
}
