package io.penstock.jobs.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.penstock.engine.RunPlan;
import java.util.Optional;

/**
 * In JSON, why a run may give other rows when it is computed again.
 *
 * @param reason why the author accepts it, where one is given
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DoubtDocument(String place, String what, Optional<String> reason) {
  public static DoubtDocument of(RunPlan.Doubt doubt) {
    return new DoubtDocument(doubt.place(), doubt.what(), doubt.reason());
  }
}
